import { Button, Group } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../notify.js';
import './accounts.css';

interface Props {
  codes: string[];
  onKept: () => void;
}

/** The codes for the day on which the authenticator is lost: shown once. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { t } = useI18n();
  const text = codes.join('\n');
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(t('common.copied'));
  };
  return (
    <section className="account-codes" aria-label={t('accounts.codes.title')}>
      <p>{t('accounts.codes.intro')}</p>
      <ul dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        {'clipboard' in navigator && (
          <Button variant="default" onClick={() => void copy()}>
            {t('accounts.codes.copy')}
          </Button>
        )}
        <Button
          variant="default"
          component="a"
          download="peyk-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {t('accounts.codes.save')}
        </Button>
        <Button onClick={onKept}>{t('accounts.codes.kept')}</Button>
      </Group>
    </section>
  );
}
