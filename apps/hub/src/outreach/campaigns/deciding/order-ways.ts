import type { ChannelKind } from '#channels';

/** What decides where somebody is written first. */
export interface UsedWay {
  channelId: string;
  kind: ChannelKind;
  /** How many of their latest messages came by it. */
  used: number;
  /** When the last of them came, in milliseconds of the Unix epoch; null: they never wrote by it. */
  lastAt: number | null;
}

/**
 * Ways in the order in which they are tried: what the person asked for, then what they use most and, of equals, used last, then the order
 * of the channels that was set. Without `ownFirst` that order alone counts. Several addresses on one channel: the one used last.
 */
export function orderWays<Way extends UsedWay>(
  ways: readonly Way[],
  channelIds: readonly string[],
  { wished, ownFirst }: { wished: ChannelKind | null; ownFirst: boolean },
): Way[] {
  const rank = ({ channelId }: Way) => channelIds.indexOf(channelId);
  const latestFirst = (one: Way, other: Way) => (other.lastAt ?? 0) - (one.lastAt ?? 0);
  const ownOrder = (one: Way, other: Way) =>
    Number(other.kind === wished) - Number(one.kind === wished) || other.used - one.used;
  return ways
    .filter((way) => rank(way) >= 0)
    .toSorted((one, other) =>
      ownFirst
        ? ownOrder(one, other) || latestFirst(one, other) || rank(one) - rank(other)
        : rank(one) - rank(other) || latestFirst(one, other),
    );
}
