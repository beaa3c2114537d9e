import { Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { WebhookSecretView, WebhookType, WebhookView } from '#contract';
import { isProblem } from '../../../api/problem.js';
import { webhooks, type WebhookDraft } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { groupNames, typeGroups, typeKey, usualTypes, type TypeGroup } from './webhook-types.js';

interface Props {
  webhook: WebhookView | null;
  /** With the secret when it was made. */
  onSaved: (made: WebhookSecretView | null) => void;
  onCancel: () => void;
}

export function WebhookForm({ webhook, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [draft, setDraft] = useState<WebhookDraft>(() => draftOf(webhook));
  const change = (part: Partial<WebhookDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: async (wish: WebhookDraft) => {
      if (!webhook) {
        return webhooks.add(wish);
      }
      await webhooks.change(webhook.id, wish);
      return null;
    },
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim(), url: draft.url.trim() });
  };
  const isUrlAtFault = isProblem(save.error) && save.error.problem.field === 'url';
  return (
    <form onSubmit={submit}>
      <Stack maw={560}>
        <TextInput
          label={t('settings.channelName')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('webhooks.url')}
          description={t('webhooks.urlHint')}
          dir="ltr"
          type="url"
          required
          placeholder="https://example.com/peyk"
          error={isUrlAtFault && problemText(save.error)}
          value={draft.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <fieldset className="form-part">
          <legend>{t('webhooks.types')}</legend>
          {groupNames.map((group) => (
            <Types key={group} group={group} chosen={draft.types} onChange={(types) => change({ types })} />
          ))}
        </fieldset>
        <Switch
          label={t('webhooks.ordered')}
          description={t('webhooks.orderedHint')}
          checked={draft.ordered}
          onChange={(event) => change({ ordered: event.currentTarget.checked })}
        />
        <Switch
          label={t('webhooks.enabled')}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <FormEnd
          error={isUrlAtFault ? null : save.error}
          isSaving={save.isPending}
          isDisabled={draft.types.length === 0}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}

interface TypesProps {
  group: TypeGroup;
  chosen: readonly WebhookType[];
  onChange: (types: WebhookType[]) => void;
}

function Types({ group, chosen, onChange }: TypesProps) {
  const { t } = useI18n();
  const toggle = (type: WebhookType, isWanted: boolean) =>
    onChange(isWanted ? [...chosen, type] : chosen.filter((one) => one !== type));
  return (
    <fieldset className="webhooks-types">
      <legend>{t(`webhooks.group_${group}`)}</legend>
      {typeGroups[group].map((type) => (
        <label key={type}>
          <input
            type="checkbox"
            checked={chosen.includes(type)}
            onChange={(event) => toggle(type, event.currentTarget.checked)}
          />
          <span>{t(typeKey(type))}</span>
          <code dir="ltr">{type}</code>
        </label>
      ))}
    </fieldset>
  );
}

function draftOf(webhook: WebhookView | null): WebhookDraft {
  if (!webhook) {
    return { name: '', url: '', types: usualTypes, ordered: false, enabled: true };
  }
  const { name, url, types, ordered, enabled } = webhook;
  return { name, url, types, ordered, enabled };
}
