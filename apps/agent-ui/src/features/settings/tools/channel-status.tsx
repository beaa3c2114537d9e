import { useQuery } from '@tanstack/react-query';
import type { ChannelStatusView } from '#contract';
import { channelTools } from '../../../api/channel-tools.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useNow } from '../../../ui/use-now.js';

const lookAgainMs = 15_000;

/** How every channel is doing, looked at again every quarter of a minute. Only administrators may know. */
export function useChannelStatus(mayRead: boolean): Map<string, ChannelStatusView> {
  const status = useQuery({
    queryKey: keys.channelStatus,
    queryFn: ({ signal }) => channelTools.status(signal),
    refetchInterval: lookAgainMs,
    enabled: mayRead,
  });
  return new Map((status.data ?? []).map((one) => [one.channelId, one]));
}

type ToldAlarm = Exclude<ChannelStatusView['alarms'][number]['kind'], 'broken'>;

/** Alarms that the line of the channel's problem does not tell already. */
export const toldAlarms = ({ alarms }: ChannelStatusView) =>
  alarms.flatMap(({ kind, since }) => (kind === 'broken' ? [] : [{ kind: kind satisfies ToldAlarm, since }]));

/** When a channel last brought and sent something, what waits, and what is wrong with it. */
export function StatusLines({ status }: { status: ChannelStatusView }) {
  const { t, format } = useI18n();
  const now = useNow();
  const { lastInAt, lastOutAt, waiting, lagSeconds } = status;
  const lines = [
    lastInAt ? t('tools.lastIn', { when: format.ago(lastInAt, now) }) : t('tools.neverIn'),
    ...(lastOutAt ? [t('tools.lastOut', { when: format.ago(lastOutAt, now) })] : []),
    ...(waiting > 0 ? [t('tools.waiting', { count: waiting })] : []),
    ...(lagSeconds >= 60 ? [t('tools.lag', { time: format.duration(lagSeconds) })] : []),
  ];
  return (
    <>
      {toldAlarms(status).map(({ kind, since }) => (
        <small key={kind} className="tools-alarm">
          {t(`tools.alarm_${kind}`, {
            when: format.ago(kind === 'silent' && lastInAt ? lastInAt : since, now),
            day: dayOf(status, format.day),
          })}
        </small>
      ))}
      <small>{lines.join(' · ')}</small>
    </>
  );
}

function dayOf({ watch }: ChannelStatusView, write: (at: string) => string): string {
  // Noon, so that the day is the same one wherever the reader is.
  return watch.credentialsExpire === null ? '' : write(`${watch.credentialsExpire}T12:00:00`);
}
