import { Anchor, Button, Group } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { EnrolmentView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { CodeField } from './code-field.js';
import { late } from '../late.js';
import './accounts.css';

/** It is drawn where it is wanted, and nobody else loads what draws it. */
const QrPicture = late(
  async () => ({ default: (await import('./qr-picture.js')).QrPicture }),
  () => <div className="account-qr" />,
);

interface Props {
  enrolment: EnrolmentView;
  isBusy: boolean;
  /** Why the code was not taken. */
  problem: string | undefined;
  onCode: (code: string) => void;
  /** Absent where there is no way round it. */
  onCancel?: () => void;
}

/** Puts a new secret into an authenticator and asks for the first code of it. */
export function Enrolment({ enrolment: { secret, uri }, isBusy, problem, onCode, onCancel }: Props) {
  const { t } = useI18n();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form className="account-enrol" onSubmit={submit}>
      <p>{t('accounts.enrol.open')}</p>
      <QrPicture text={uri} />
      <dl>
        <dt>{t('accounts.enrol.secret')}</dt>
        <dd>
          <code dir="ltr">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </dd>
      </dl>
      <Anchor href={uri}>{t('accounts.enrol.link')}</Anchor>
      <CodeField label={t('accounts.enrol.then')} value={code} error={problem} onChange={setCode} />
      <Group gap="xs">
        <Button type="submit" loading={isBusy}>
          {t('accounts.enrol.confirm')}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}
