import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChannelRecordingView, QueueRecordingView } from '#contract';
import { keys } from '../../../../api/keys.js';
import { channelsQuery, useQueues } from '../../../../api/queries.js';
import { recordings } from '../../../../api/recordings.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { useAction } from '../../../../ui/use-action.js';

type Terms = QueueRecordingView | ChannelRecordingView;

/** Which calls are recorded: by queue, and by line where a line has a word of its own. */
export function RecordingPolicies() {
  const { t } = useI18n();
  const queues = useQueues();
  const channels = useQuery(channelsQuery);
  const lines = (channels.data ?? []).filter(({ kind }) => kind === 'phone');
  return (
    <section aria-labelledby="recording-policies">
      <h2 id="recording-policies" className="prompt-policies">
        {t('recording.policies')}
      </h2>
      <p className="settings-hint">{t('recording.policiesHint')}</p>
      <ul className="prompt-list">
        {queues.map(({ id, name }) => (
          <Policy
            key={id}
            name={name}
            of={`queue ${id}`}
            modes={['off', 'announced']}
            read={() => recordings.ofQueue(id)}
            change={(terms) => recordings.changeQueue(id, terms as QueueRecordingView)}
          />
        ))}
        {lines.map(({ id, name }) => (
          <Policy
            key={id}
            name={t('recording.line', { name })}
            of={`line ${id}`}
            modes={['queue', 'off', 'announced', 'elsewhere']}
            read={() => recordings.ofChannel(id)}
            change={(terms) => recordings.changeChannel(id, terms)}
          />
        ))}
      </ul>
    </section>
  );
}

interface PolicyProps {
  name: string;
  of: string;
  modes: Terms['mode'][];
  read: () => Promise<Terms>;
  change: (terms: Terms) => Promise<Terms>;
}

function Policy({ name, of, modes, read, change }: PolicyProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const key = keys.recordingPolicy(of);
  const terms = useQuery({ queryKey: key, queryFn: read });
  const save = useAction(change, (saved) => queries.setQueryData(key, saved));
  if (!terms.data) {
    return null;
  }
  const { mode, keepDays } = terms.data;
  return (
    <li className="prompt-policy">
      <span>
        <bdi>{name}</bdi>
      </span>
      <NativeSelect
        aria-label={t('recording.modeOf', { name })}
        value={mode}
        data={modes.map((value) => ({ value, label: t(`recording.mode_${value}`) }))}
        onChange={(event) => save.mutate({ mode: event.currentTarget.value as Terms['mode'], keepDays })}
      />
      {(mode === 'announced' || mode === 'elsewhere') && (
        <NativeSelect
          aria-label={t('recording.keepDaysOf', { name })}
          value={String(keepDays ?? '')}
          data={choicesWith(keepDays).map((days) => ({
            value: String(days ?? ''),
            label: days === null ? t('recording.forever') : t('recording.days', { count: days }),
          }))}
          onChange={(event) => save.mutate({ mode, keepDays: Number(event.currentTarget.value) || null })}
        />
      )}
    </li>
  );
}

const usualDays = [7, 30, 90, 180, 365, 730];

/** The usual ones, with what is set where that is another. */
function choicesWith(days: number | null): (number | null)[] {
  const all = days === null || usualDays.includes(days) ? usualDays : [...usualDays, days].toSorted((a, b) => a - b);
  return [...all, null];
}
