import { NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { hub, type ChannelDraft } from '../../api/hub.js';
import { isProblem } from '../../api/problem.js';
import { useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { FormEnd } from '../../ui/form-end.js';
import { useProblemText } from '../../ui/problem-text.js';
import { fromField, keyOf, type ChannelFormSpec, type Field, type Values } from './channel-fields.js';
import { FieldsInParts } from './mailbox/fields-in-parts.js';
import { ProviderChoice } from './mailbox/provider-choice.js';
import { fieldAtFault, initialValues, readValues } from './form-values.js';

interface Props {
  spec: ChannelFormSpec;
  /** Null for a channel that is being added. */
  channel: ChannelView | null;
  onSaved: (saved: ChannelView) => void;
  onCancel: () => void;
}

/** The settings of one channel, drawn from its table of fields. */
export function ChannelForm({ spec, channel, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const queues = useQueues();
  const [name, setName] = useState(channel?.name ?? t(`form.${spec.form}`));
  const [queueId, setQueueId] = useState(channel?.queueId ?? '');
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const [values, setValues] = useState<Values>(() => initialValues(spec, channel));
  const [atFault, setAtFault] = useState<string | null>(null);
  const save = useMutation({
    // What a channel is stays as it was made.
    mutationFn: (draft: Omit<ChannelDraft, 'kind'>) =>
      channel ? hub.changeChannel(channel.id, draft) : hub.addChannel({ kind: spec.kind, ...draft }),
    onSuccess: onSaved,
    onError: (error) => setAtFault(isProblem(error) ? fieldAtFault(spec, error.problem.field ?? '') : null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const broken = spec.fields.find((field) => !isReadable(field, values[keyOf(field)]));
    setAtFault(broken ? keyOf(broken) : null);
    if (!broken) {
      const settings = readValues(spec, values, channel?.config ?? {});
      save.mutate({ name: name.trim(), queueId: queueId || null, enabled, ...settings });
    }
  };
  const errorOf = (field: Field) => {
    if (atFault !== keyOf(field)) {
      return undefined;
    }
    return save.isError ? problemText(save.error) : t('settings.badJson');
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={560}>
        <TextInput
          label={t('settings.channelName')}
          description={t('settings.channelNameHint')}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {spec.form === 'email' && <ProviderChoice values={values} onChange={setValues} />}
        <FieldsInParts
          fields={spec.fields}
          values={values}
          secretsSet={channel?.secretsSet ?? []}
          errorOf={errorOf}
          onChange={setValues}
        />
        <NativeSelect
          label={t('settings.queue')}
          value={queueId}
          onChange={(event) => setQueueId(event.currentTarget.value)}
          data={[
            { value: '', label: t('settings.noQueue') },
            ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
          ]}
        />
        <Switch
          label={t('settings.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <FormEnd error={atFault ? null : save.error} isSaving={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function isReadable(field: Field, value: Values[string] | undefined): boolean {
  try {
    fromField(field, value ?? '');
    return true;
  } catch {
    return false;
  }
}
