/** How fast a queue is served at present. Durations in milliseconds; null where nothing lately says so. */
export interface QueuePace {
  /** How many pieces of its work the agents who are there can do at once. */
  slots: number;
  /** How long one piece keeps its place with an agent, on average. */
  servedMs: number | null;
  /** How long the one who was served last had waited. */
  lastWaitMs: number | null;
  /** How long the one at the head has waited so far; says nothing to the one who is at the head. */
  headWaitMs: number | null;
}

/** What a waiting customer is told. `isMore`: longer than that, and nobody can say how much. */
export interface WaitEstimate {
  minutes: WaitMinutes;
  isMore: boolean;
}

export const waitSteps = [1, 2, 3, 5, 10, 15] as const;
export type WaitMinutes = (typeof waitSteps)[number];

const minuteMs = 60_000;
const mostMinutes = 15;

/**
 * How long somebody still waits who has `ahead` others before them and has waited for `waitedMs`: the larger of what the length of the
 * queue says, (ahead + 1) ÷ (slots ÷ time of service), and of what others waited lately. The first is wrong where the staff is about to
 * change, the second lags behind a rush; who is told too much is glad, who is told too little is not. Never less than they have waited
 * already. Null when nothing is known, or nobody is there to serve them.
 */
export function estimateWait(pace: QueuePace, ahead: number, waitedMs: number): WaitEstimate | null {
  const { slots, lastWaitMs, headWaitMs } = pace;
  const said = [byLength(pace, ahead), lastWaitMs, ahead > 0 ? headWaitMs : null].filter((ms) => ms !== null);
  return said.length === 0 || slots <= 0 ? null : roundWait(Math.max(waitedMs, ...said));
}

function byLength({ slots, servedMs }: QueuePace, ahead: number): number | null {
  return servedMs === null ? null : ((ahead + 1) * servedMs) / slots;
}

/** Rounds up to a step that people think in; beyond the last one it is more than that. */
export function roundWait(ms: number): WaitEstimate {
  const minutes = waitSteps.find((step) => ms <= step * minuteMs);
  return minutes === undefined ? { minutes: mostMinutes, isMore: true } : { minutes, isMore: false };
}

/** Whether a wait is longer than so many minutes. */
export function isLongerThan({ minutes, isMore }: WaitEstimate, limit: number): boolean {
  return minutes > limit || (isMore && limit >= mostMinutes);
}

/**
 * The place that somebody is shown. Others may get ahead of them, because they matter more or waited longer elsewhere; a place that was
 * told only ever gets better. Places count from 1.
 */
export function shownPlace(told: number | null, now: number): number {
  return told === null ? now : Math.min(told, now);
}
