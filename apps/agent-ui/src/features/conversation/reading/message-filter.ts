import type { ChannelKind, MessageView } from '#contract';

/** Which messages are read; both together where both are given. */
export interface MessageFilter {
  only: keyof typeof kinds | null;
  channel: ChannelKind | null;
}

/** Everything. */
export const noFilter: MessageFilter = { only: null, channel: null };

const kinds = {
  customer: ({ direction }: MessageView) => direction === 'in',
  notes: ({ kind }: MessageView) => kind === 'note',
  calls: ({ kind }: MessageView) => kind === 'call',
  files: ({ attachments }: MessageView) => attachments.length > 0,
};

/** What can be read by itself, in the order in which it is offered. */
export const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

export function isFiltered({ only, channel }: MessageFilter): boolean {
  return only !== null || channel !== null;
}

export function passes(message: MessageView, { only, channel }: MessageFilter): boolean {
  return (only === null || kinds[only](message)) && (channel === null || message.channel?.kind === channel);
}

/** The channels over which something was said, each once, the latest first. */
export function channelsOf(messages: readonly MessageView[]): ChannelKind[] {
  return [...new Set(messages.toReversed().flatMap(({ channel }) => (channel ? [channel.kind] : [])))];
}

/** What a filter keeps from its reader. `news`: what came from outside since `lastSeen` was the newest. */
export function countHidden(
  messages: readonly MessageView[],
  filter: MessageFilter,
  lastSeen: string | undefined,
): { all: number; news: number } {
  const isHidden = (message: MessageView) => !passes(message, filter);
  const since = messages.findIndex(({ id }) => id === lastSeen);
  const news = messages.slice(since + 1).filter((message) => message.direction === 'in' && isHidden(message));
  return { all: messages.filter(isHidden).length, news: news.length };
}
