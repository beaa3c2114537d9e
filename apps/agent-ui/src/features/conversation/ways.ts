import type { ReplyWay } from '#contract';

/** Names a way to reply, for drafts and selects. */
export function wayKey({ channelId, identityId, threadId }: ReplyWay): string {
  return [channelId, identityId, threadId ?? ''].join(' ');
}

/** The way the agent chose, while it exists; else the best one that works. The hub gives them best first. */
export function chooseWay(ways: readonly ReplyWay[], chosen: string | undefined): ReplyWay | undefined {
  return ways.find((way) => wayKey(way) === chosen) ?? ways.find(({ unavailable }) => unavailable === null);
}
