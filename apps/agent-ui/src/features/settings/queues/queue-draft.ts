import type { QueueBoostsView, QueueSettingsView, QueueStepView } from '#contract';
import type { QueueDraft } from '../../../api/team.js';

export const strategies = ['longest_idle', 'least_loaded', 'round_robin', 'broadcast'] as const;

export const stepActs = [
  'widen_level',
  'add_queue',
  'lower_skill',
  'boost',
  'alert',
  'callback',
  'move_queue',
] as const satisfies readonly QueueStepView['do'][];

export const priorities = ['1', '2', '3', '4'] as const;
export const tiers = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** A queue as somebody begins to write one down: work is given out at once, to whoever has had nothing to do for the longest. */
export function newQueue(): QueueDraft {
  return {
    name: '',
    restricted: false,
    calendarId: null,
    outOfHours: 'wait',
    strategy: 'longest_idle',
    acceptSecs: null,
    stickySecs: null,
    maxWaitSecs: null,
    skillIds: [],
    skillLevel: 1,
    reopenHours: 72,
    childrenFirst: true,
    boosts: { priority: { 1: 0, 2: 5, 3: 15, 4: 60 }, tier: {}, cap: 120 },
    steps: [],
    members: [],
  };
}

/** What the form changes of a queue that is there. */
export function draftOf(queue: QueueSettingsView): QueueDraft {
  const parts = Object.keys(newQueue()) as (keyof QueueDraft)[];
  return Object.fromEntries(parts.map((part) => [part, queue[part]])) as unknown as QueueDraft;
}

/** Work that everybody is asked about needs a time to accept it in. */
export function withStrategy(draft: QueueDraft, strategy: QueueDraft['strategy']): QueueDraft {
  return { ...draft, strategy, acceptSecs: strategy === 'broadcast' ? (draft.acceptSecs ?? 30) : draft.acceptSecs };
}

/** A step that does something else, with the first guess at what it needs. `queueId`: a queue that it may lead to. */
export function stepOf(afterSecs: number, act: QueueStepView['do'], queueId: string): QueueStepView {
  switch (act) {
    case 'widen_level':
      return { afterSecs, do: act, level: 2 };
    case 'lower_skill':
      return { afterSecs, do: act, level: 1 };
    case 'add_queue':
    case 'move_queue':
      return { afterSecs, do: act, queueId };
    case 'boost':
      return { afterSecs, do: act, minutes: 15 };
    case 'alert':
    case 'callback':
      return { afterSecs, do: act };
  }
}

/** When the next step comes: twice as late as the last one. */
export function nextStepAt(steps: readonly QueueStepView[]): number {
  return Math.max(60, ...steps.map(({ afterSecs }) => afterSecs * 2));
}

/** Minutes by which an urgent ticket of the best-served tier goes ahead; `tier` is null where no tier has a head start. */
export function boostExample({ priority, tier, cap }: QueueBoostsView): { minutes: number; tier: string | null } {
  const [best] = Object.entries(tier).toSorted(([, one], [, other]) => other - one);
  const sum = (priority['4'] ?? 0) + (best?.[1] ?? 0);
  return { minutes: Math.min(sum, cap), tier: best && best[1] > 0 ? best[0] : null };
}
