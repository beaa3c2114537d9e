import type { ChannelKind, IdentityView, ReplyWay } from '#contract';

interface ProfileChannel {
  id: string;
  kind: ChannelKind;
  name: string;
  usedAt: string | null;
}

/** When something last came from any of their addresses; null while nothing ever did. */
export function lastSeenOf(identities: readonly Pick<IdentityView, 'lastSeenAt'>[]): string | null {
  return latest(identities.map(({ lastSeenAt }) => lastSeenAt));
}

/** The channels that lead to them, each once however many addresses it reaches, the one used last first. */
export function channelsOf(
  ways: readonly Pick<ReplyWay, 'channelId' | 'channelKind' | 'channelName' | 'lastUsedAt'>[],
): ProfileChannel[] {
  const channels = [...Map.groupBy(ways, ({ channelId }) => channelId)].flatMap(([id, group]) =>
    group.slice(0, 1).map(({ channelKind, channelName }) => ({
      id,
      kind: channelKind,
      name: channelName,
      usedAt: latest(group.map(({ lastUsedAt }) => lastUsedAt)),
    })),
  );
  return channels.toSorted((one, other) => (other.usedAt ?? '').localeCompare(one.usedAt ?? ''));
}

/** Instants as the hub writes them sort as they are spelled. */
function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}
