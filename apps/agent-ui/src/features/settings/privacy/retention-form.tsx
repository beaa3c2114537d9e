import { Button, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { RetentionKind, RetentionPreviewView } from '#contract';
import { privacy, type RetentionDraft } from '../../../api/privacy.js';
import { channelsQuery, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

const kinds: readonly RetentionKind[] = ['words', 'files', 'recordings', 'raw', 'bots', 'webhooks', 'people'];
const byChannel: readonly RetentionKind[] = ['words', 'files', 'recordings', 'raw'];
const byQueue: readonly RetentionKind[] = ['words', 'files', 'recordings'];

interface Props {
  onDone: () => void;
  onCancel: () => void;
}

/** A new rule. What it would let go is shown before it stands. */
export function RetentionForm({ onDone, onCancel }: Props) {
  const { t, format } = useI18n();
  const channels = useQuery(channelsQuery).data ?? [];
  const queues = useQueues();
  const [draft, setDraft] = useState<RetentionDraft>({ what: 'words', channelId: null, queueId: null, days: 365 });
  const [would, setWould] = useState<RetentionPreviewView | null>(null);
  const look = useAction(() => privacy.previewRule(draft), setWould);
  const add = useAction(
    () => privacy.addRule(draft),
    () => {
      notify(t('privacy.saved'));
      onDone();
    },
  );
  const change = (next: Partial<RetentionDraft>) => {
    setDraft({ ...draft, ...next });
    setWould(null);
  };
  const places = [
    { value: '', label: t('privacy.everywhere') },
    ...(byChannel.includes(draft.what)
      ? channels.map(({ id, name }) => ({ value: `channel:${id}`, label: name }))
      : []),
    ...(byQueue.includes(draft.what) ? queues.map(({ id, name }) => ({ value: `queue:${id}`, label: name })) : []),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="privacy-rule-form">
      <Stack>
        <NativeSelect
          label={t('privacy.what')}
          data-autofocus
          data={kinds.map((kind) => ({ value: kind, label: t(`privacy.whats.${kind}`) }))}
          value={draft.what}
          onChange={(event) =>
            change({ what: event.currentTarget.value as RetentionKind, channelId: null, queueId: null })
          }
        />
        <NativeSelect
          label={t('privacy.scope')}
          data={places}
          value={draft.channelId ? `channel:${draft.channelId}` : draft.queueId ? `queue:${draft.queueId}` : ''}
          onChange={(event) => {
            const [kind, id = null] = event.currentTarget.value.split(':');
            change({ channelId: kind === 'channel' ? id : null, queueId: kind === 'queue' ? id : null });
          }}
        />
        <NumberInput
          label={t('privacy.days')}
          min={1}
          max={36_500}
          allowDecimal={false}
          value={draft.days}
          onChange={(value) => change({ days: Number(value) || 1 })}
        />
        <output className="settings-hint">
          {would && t(would.isMore ? 'privacy.wouldMore' : 'privacy.would', { number: format.number(would.count) })}
        </output>
        <Group justify="end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          {would === null ? (
            <Button loading={look.isPending} onClick={() => look.mutate(undefined)}>
              {t('privacy.look')}
            </Button>
          ) : (
            <Button type="submit" color="red" loading={add.isPending}>
              {t('privacy.save')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
