import type { ReplyWay } from '#contract';
import { wayKey } from '../../api/drafts.js';

/** The way the agent chose, while it exists; else the best one that works. The hub gives them best first. */
export function chooseWay(ways: readonly ReplyWay[], chosen: string | undefined): ReplyWay | undefined {
  return ways.find((way) => wayKey(way) === chosen) ?? ways.find(({ unavailable }) => unavailable === null);
}
