import { Button, Switch, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ErasurePreviewView, PersonalKind } from '#contract';
import { privacy } from '../../../api/privacy.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  customer: string;
  onDone: () => void;
}

/** Shows what would go before it asks for the name, and erases only with both. */
export function EraseForm({ customer, onDone }: Props) {
  const { t } = useI18n();
  const [preview, setPreview] = useState<ErasurePreviewView | null>(null);
  const look = useAction(() => privacy.preview(customer), setPreview);
  return (
    <section className="privacy-part" aria-labelledby="privacy-erase">
      <h3 id="privacy-erase">{t('privacy.eraseTitle')}</h3>
      <p>{t('privacy.eraseWhat')}</p>
      {preview ? (
        <Confirm customer={customer} preview={preview} onDone={onDone} />
      ) : (
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate(undefined)}>
          {t('privacy.eraseLook')}
        </Button>
      )}
    </section>
  );
}

function Confirm({ customer, preview, onDone }: Props & { preview: ErasurePreviewView }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const [remember, setRemember] = useState(false);
  const erase = useAction(
    () => privacy.erase(customer, { confirm: typed.trim(), remember }),
    () => {
      notify(t('privacy.eraseBegun'));
      onDone();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Counts counts={preview.counts} />
      {preview.openTickets > 0 && <p>{t('privacy.eraseOpen', { count: preview.openTickets })}</p>}
      {preview.hindrance ? (
        <p className="privacy-hindrance" role="alert">
          {t(`privacy.hindrance.${preview.hindrance}`)}
        </p>
      ) : (
        <Stack>
          <Switch
            label={t('privacy.eraseRemember')}
            description={t('privacy.eraseRememberHint')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <TextInput
            label={t('privacy.eraseType', { name: preview.confirm })}
            value={typed}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" color="red" disabled={typed.trim() !== preview.confirm} loading={erase.isPending}>
            {t('privacy.eraseDo')}
          </Button>
        </Stack>
      )}
    </form>
  );
}

function Counts({ counts }: Pick<ErasurePreviewView, 'counts'>) {
  const { t, format } = useI18n();
  const there = (Object.entries(counts) as [PersonalKind, number][]).filter(([, count]) => count > 0);
  return (
    <dl className="privacy-counts">
      {there.map(([kind, count]) => (
        <div key={kind}>
          <dt>{t(`privacy.kind.${kind}`)}</dt>
          <dd>{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
