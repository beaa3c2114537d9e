import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { hub, type ChannelDraft } from '../../api/hub.js';
import { isProblem } from '../../api/problem.js';
import { useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { ChannelField } from './channel-field.js';
import {
  fromField,
  putSetting,
  settingAt,
  toField,
  type ChannelFormSpec,
  type Field,
  type FieldValue,
  type Settings,
} from './channel-fields.js';

interface Props {
  spec: ChannelFormSpec;
  /** Null for a channel that is being added. */
  channel: ChannelView | null;
  onSaved: () => void;
  onCancel: () => void;
}

type Values = Record<string, FieldValue>;

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
    mutationFn: (draft: ChannelDraft) => (channel ? hub.changeChannel(channel.id, draft) : hub.addChannel(draft)),
    onSuccess: onSaved,
    onError: (error) => setAtFault(isProblem(error) ? (error.problem.field?.split('.').at(-1) ?? null) : null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const broken = spec.fields.find((field) => !isReadable(field, values[field.name]));
    setAtFault(broken?.name ?? null);
    if (!broken) {
      const settings = readValues(spec, values, channel?.config ?? {});
      save.mutate({ kind: spec.kind, name: name.trim(), queueId: queueId || null, enabled, ...settings });
    }
  };
  const errorOf = (field: Field) => {
    if (atFault !== field.name) {
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
        {spec.fields.map((field) => (
          <ChannelField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            isStored={channel?.secretsSet.includes(field.name) ?? false}
            error={errorOf(field)}
            onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
          />
        ))}
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
        {save.isError && !atFault && (
          <p className="settings-problem" role="alert">
            {problemText(save.error)}
          </p>
        )}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function initialValues({ fields }: ChannelFormSpec, channel: ChannelView | null): Values {
  const stored = (field: Field) => (field.secret || !channel ? undefined : settingAt(channel.config, field));
  return Object.fromEntries(fields.map((field) => [field.name, toField(field, stored(field))]));
}

function isReadable(field: Field, value: FieldValue | undefined): boolean {
  try {
    fromField(field, value ?? '');
    return true;
  } catch {
    return false;
  }
}

/** Settings that no field shows stay as they are stored. */
function readValues(
  { fields, fixed }: ChannelFormSpec,
  values: Values,
  stored: Settings,
): Pick<ChannelDraft, 'config' | 'secrets'> {
  const read = fields.map((field) => ({ field, value: fromField(field, values[field.name] ?? '') }));
  const shown = read.filter(({ field }) => !field.secret);
  const secrets = read.filter(({ field, value }) => field.secret && value !== undefined);
  return {
    config: shown.reduce((config, { field, value }) => putSetting(config, field, value), { ...stored, ...fixed }),
    secrets: Object.fromEntries(secrets.map(({ field, value }) => [field.name, String(value)])),
  };
}
