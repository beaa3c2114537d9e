import type { ChannelAlarmView } from '#contract';

/** What is known of a channel when its alarms are decided. */
export interface WatchedChannel {
  enabled: boolean;
  /** Why it does not work, as far as is known. */
  problem: string | null;
  lastInAt: Date | null;
  /** How long the oldest message that waits to leave is overdue, in seconds. */
  lagSeconds: number;
  silenceHours: number | null;
  /** ISO date. */
  credentialsExpire: string | null;
}

const hourMs = 3_600_000;
/** Time enough to get a new secret from whoever gives them out. */
const warnDays = 14;
const lateSeconds = 300;

/** What is wrong with a channel at `now`. One that is switched off alarms of nothing: somebody wanted it so. */
export function alarmsOf(channel: WatchedChannel, now: Date): ChannelAlarmView['kind'][] {
  if (!channel.enabled) {
    return [];
  }
  const found: [ChannelAlarmView['kind'], boolean][] = [
    ['broken', channel.problem !== null],
    ['silent', isSilent(channel, now)],
    ['lagging', channel.lagSeconds > lateSeconds],
    ...expiryOf(channel.credentialsExpire, now),
  ];
  return found.filter(([, isSo]) => isSo).map(([kind]) => kind);
}

/** A channel that never brought anything may not be in use yet. */
function isSilent({ lastInAt, silenceHours }: WatchedChannel, now: Date): boolean {
  return silenceHours !== null && lastInAt !== null && now.getTime() - lastInAt.getTime() > silenceHours * hourMs;
}

/** The day itself still counts, wherever in the world it is that day. */
function expiryOf(day: string | null, now: Date): [ChannelAlarmView['kind'], boolean][] {
  if (day === null) {
    return [];
  }
  const leftMs = Date.parse(day) + 36 * hourMs - now.getTime();
  return [
    ['expired', leftMs <= 0],
    ['expiring', leftMs > 0 && leftMs <= (warnDays + 1) * 24 * hourMs],
  ];
}
