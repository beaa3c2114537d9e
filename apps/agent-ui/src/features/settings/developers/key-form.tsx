import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { administration, type KeyDraft } from '../../../api/administration.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { CheckLine } from '../check-line.js';

interface Props {
  onMade: () => void;
  onDone: () => void;
}

const scopes = ['read', 'write', 'admin'] as const;
/** In days; 0: until it is revoked. */
const lives = [30, 90, 365, 0] as const;
const dayMs = 86_400_000;

export function KeyForm({ onMade, onDone }: Props) {
  const { t, format } = useI18n();
  const [draft, setDraft] = useState<KeyDraft>({ name: '', scopes: ['read'] });
  const [days, setDays] = useState(90);
  const [made, setMade] = useState<string | null>(null);
  const make = useAction(administration.addKey, ({ key }) => {
    setMade(key);
    onMade();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = days === 0 ? {} : { expiresAt: new Date(Date.now() + days * dayMs).toISOString() };
    make.mutate({ ...draft, name: draft.name.trim(), ...expiresAt });
  };
  if (made !== null) {
    return <Shown apiKey={made} onDone={onDone} />;
  }
  const choose = (scope: (typeof scopes)[number], isOn: boolean) =>
    setDraft({ ...draft, scopes: scopes.filter((one) => (one === scope ? isOn : draft.scopes.includes(one))) });
  return (
    <form className="keys-form" onSubmit={submit}>
      <Stack maw={560}>
        <TextInput
          label={t('apiKeys.name')}
          description={t('apiKeys.nameHint')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <fieldset className="keys-scopes">
          <legend>{t('apiKeys.scopes')}</legend>
          {scopes.map((scope) => (
            <CheckLine
              key={scope}
              label={t(`apiKeys.scope_${scope}`)}
              hint={t(`apiKeys.scopeWhy_${scope}`)}
              checked={draft.scopes.includes(scope)}
              onChange={(isOn) => choose(scope, isOn)}
            />
          ))}
        </fieldset>
        <NativeSelect
          label={t('apiKeys.life')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={lives.map((value) => ({
            value: String(value),
            label:
              value === 0 ? t('apiKeys.forever') : t('apiKeys.days', { count: value, number: format.digits(value) }),
          }))}
        />
        <Group>
          <Button type="submit" loading={make.isPending} disabled={draft.scopes.length === 0}>
            {t('apiKeys.make')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The only time that anybody sees it. */
function Shown({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  const { t } = useI18n();
  const copy = async () => {
    await navigator.clipboard.writeText(apiKey);
    notify(t('common.copied'));
  };
  return (
    <section className="snippet keys-form" aria-label={t('apiKeys.shown')}>
      <output>{t('apiKeys.once')}</output>
      <pre dir="ltr">{apiKey}</pre>
      <Group gap={8}>
        {'clipboard' in navigator && (
          <Button variant="default" size="xs" onClick={() => void copy()}>
            {t('common.copy')}
          </Button>
        )}
        <Button size="xs" onClick={onDone}>
          {t('apiKeys.kept')}
        </Button>
      </Group>
    </section>
  );
}
