import { Button, NativeSelect, PasswordInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ScriptConnectorView } from '#contract';
import { scripts, type ConnectorWish } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ScrollRegion } from '../../../ui/scroll-region.js';
import { notify } from '../../../ui/notify.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useAction } from '../../../ui/use-action.js';
import { argumentsOf, readPairs, writePairs } from '../document/connector-lines.js';

interface Props {
  connector: ScriptConnectorView | null;
  onDone: () => void;
}

interface ConnectorDraft {
  key: string;
  title: string;
  method: 'GET' | 'POST';
  url: string;
  headers: string;
  secretName: string;
  secret: string;
  timeoutMs: string;
  mapping: string;
}

/** Where a lookup goes, what it brings along, and what of the answer scripts get. */
export function ConnectorForm({ connector, onDone }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<ConnectorDraft>(() => draftOf(connector));
  const saving = useMutation({
    mutationFn: () => {
      const wish = wishOf(draft);
      return connector ? scripts.changeConnector(connector.id, wish) : scripts.addConnector(wish);
    },
    onSuccess: () => {
      notify(t('common.saved'));
      onDone();
    },
  });
  const remove = useAction(() => scripts.removeConnector(connector?.id ?? ''), onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Fields draft={draft} change={(part) => setDraft((known) => ({ ...known, ...part }))} connector={connector} />
        <FormEnd error={saving.error} isSaving={saving.isPending} onCancel={onDone}>
          {connector && (
            <Button
              variant="light"
              color="red"
              disabled={connector.usedBy.length > 0}
              onClick={() => remove.mutate(undefined)}
            >
              {t('connector.remove')}
            </Button>
          )}
        </FormEnd>
        {connector && <TryConnector connector={connector} />}
      </Stack>
    </form>
  );
}

interface FieldsProps {
  draft: ConnectorDraft;
  change: (part: Partial<ConnectorDraft>) => void;
  connector: ScriptConnectorView | null;
}

function Fields({ draft, change, connector }: FieldsProps) {
  const { t } = useI18n();
  const field = (name: keyof ConnectorDraft) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput label={t('connector.title')} required maxLength={100} {...field('title')} />
      <TextInput
        label={t('connector.key')}
        description={t('connector.keyHint')}
        dir="ltr"
        required
        pattern="[a-z][a-z0-9_]*"
        maxLength={48}
        {...field('key')}
      />
      <div className="script-pairs">
        <NativeSelect label={t('connector.method')} data={['GET', 'POST']} {...field('method')} />
        <TextInput label={t('connector.timeout')} dir="ltr" inputMode="numeric" pattern="\d+" {...field('timeoutMs')} />
      </div>
      <TextInput
        label={t('connector.url')}
        description={t('connector.urlHint')}
        dir="ltr"
        required
        maxLength={2_000}
        {...field('url')}
      />
      <Textarea
        label={t('connector.headers')}
        description={t('connector.pairs')}
        dir="ltr"
        autosize
        minRows={2}
        {...field('headers')}
      />
      <div className="script-pairs">
        <TextInput
          label={t('connector.secretName')}
          description={
            connector &&
            connector.secretHeaders.length > 0 &&
            t('connector.kept', { names: connector.secretHeaders.join(', ') })
          }
          dir="ltr"
          placeholder="Authorization"
          {...field('secretName')}
        />
        <PasswordInput label={t('connector.secret')} dir="ltr" autoComplete="off" {...field('secret')} />
      </div>
      <Textarea
        label={t('connector.mapping')}
        description={t('connector.mappingHint')}
        dir="ltr"
        autosize
        minRows={2}
        {...field('mapping')}
      />
    </>
  );
}

function TryConnector({ connector }: { connector: ScriptConnectorView }) {
  const { t, format } = useI18n();
  const [args, setArgs] = useState<Record<string, string>>({});
  const trying = useAction((wish: Record<string, string>) => scripts.tryConnector(connector.id, wish));
  const answer = trying.data;
  return (
    <fieldset className="form-part">
      <legend>{t('connector.try')}</legend>
      <p className="settings-hint">{t('connector.tryHint')}</p>
      {argumentsOf(connector.url).map((name) => (
        <TextInput
          key={name}
          label={<bdi dir="ltr">{name}</bdi>}
          value={args[name] ?? ''}
          onChange={(event) => setArgs({ ...args, [name]: event.currentTarget.value })}
        />
      ))}
      <Button mt={8} size="xs" variant="default" loading={trying.isPending} onClick={() => trying.mutate(args)}>
        {t('connector.tryNow')}
      </Button>
      {answer && (
        <>
          <output className="script-gate" data-tone={answer.ok ? 'good' : 'bad'}>
            {t('connector.answered', { code: answer.code, ms: format.number(answer.ms) })}
          </output>
          <ScrollRegion className="script-lines" dir="ltr" label={t('connector.answer')}>
            <pre>{answer.value === null ? answer.answer : JSON.stringify(answer.value, null, 2)}</pre>
          </ScrollRegion>
        </>
      )}
    </fieldset>
  );
}

function draftOf(connector: ScriptConnectorView | null): ConnectorDraft {
  return {
    key: connector?.key ?? '',
    title: connector?.title ?? '',
    method: connector?.method ?? 'GET',
    url: connector?.url ?? 'https://',
    headers: writePairs(Object.entries(connector?.headers ?? {})),
    secretName: '',
    secret: '',
    timeoutMs: String(connector?.timeoutMs ?? 3_000),
    mapping: writePairs((connector?.mapping ?? []).map(({ name, path }) => [name, path] as const)),
  };
}

function wishOf({
  key,
  title,
  method,
  url,
  headers,
  secretName,
  secret,
  timeoutMs,
  mapping,
}: ConnectorDraft): ConnectorWish {
  return {
    key,
    title: title.trim(),
    method,
    url: url.trim(),
    headers: Object.fromEntries(readPairs(headers)),
    secrets: secretName.trim() && secret ? { [secretName.trim()]: secret } : {},
    timeoutMs: Number(timeoutMs),
    mapping: readPairs(mapping).map(([name, path]) => ({ name, path })),
  };
}
