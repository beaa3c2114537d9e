import type { BulkAct, TicketState } from '#contract';
import { mayMove } from '#tickets';

/** A ticket as it stands, as far as acts on many change it. Kept as JSON in `bulk_item`. */
export interface Standing {
  state: TicketState;
  stateNameId: string | null;
  queueId: string;
  ownerId: string | null;
  priority: 1 | 2 | 3 | 4;
  tags: string[];
  /** An ISO instant, 'reply' while only words of the customer wake it, null while it is awake. */
  snoozed: string | null;
  isSpam: boolean;
  /** Agents who declined it, whom the router passes over. */
  excluded: string[];
  /** How far the one who acts has read, by conversation row of the person. */
  read: Record<string, number>;
}

/** What keeps an act from being taken back: somebody else's later word stands. */
export type Changed = 'owner' | 'queue' | 'state' | 'snooze' | 'priority' | 'tags' | 'read' | 'spam';

/** Whether a ticket is already as the act wants it. Spellings of tags are one by then. */
export function isSo(act: BulkAct, now: Standing): boolean {
  switch (act.do) {
    case 'assign':
      return now.ownerId === act.agentId;
    case 'route':
      return now.queueId === act.queueId;
    case 'state':
      return now.state === act.state;
    case 'snooze':
      return now.snoozed === snoozeName(act.until);
    case 'priority':
      return now.priority === act.priority;
    case 'spam':
      return now.isSpam;
    case 'tags':
    case 'read':
      return false;
  }
}

/** What it would be called if it slept so already; undefined where that depends on the clock. */
function snoozeName(until: Extract<BulkAct, { do: 'snooze' }>['until']): string | null | undefined {
  if (until === null) {
    return null;
  }
  return 'reply' in until ? 'reply' : undefined;
}

/** The first thing that is not any more as the act had left it; null: the act can be taken back. */
export function changedSince(act: BulkAct, became: Standing, now: Standing): Changed | null {
  const watched = watchedBy[act.do];
  return watched.find((what) => !same(what, became, now)) ?? null;
}

const watchedBy: Record<BulkAct['do'], readonly Changed[]> = {
  assign: ['owner', 'state'],
  route: ['queue', 'owner'],
  state: ['state', 'owner'],
  snooze: ['snooze', 'state'],
  priority: ['priority'],
  tags: ['tags'],
  read: ['read'],
  spam: ['spam', 'state', 'owner'],
};

function same(what: Changed, a: Standing, b: Standing): boolean {
  switch (what) {
    case 'owner':
      return a.ownerId === b.ownerId;
    case 'queue':
      return a.queueId === b.queueId;
    case 'snooze':
      return a.snoozed === b.snoozed;
    case 'spam':
      return a.isSpam === b.isSpam;
    case 'state':
      return [a.state, a.stateNameId].join(' ') === [b.state, b.stateNameId].join(' ');
    case 'priority':
      return a.priority === b.priority;
    case 'tags':
      return a.tags.toSorted().join('\n') === b.tags.toSorted().join('\n');
    case 'read':
      return Object.entries(a.read).every(([part, seq]) => b.read[part] === seq);
  }
}

/**
 * The states through which a ticket goes back to where it was, the last one being that. What was new is open: nobody makes a ticket new
 * again. Empty: it is there.
 */
export function wayBack(from: TicketState, to: TicketState): TicketState[] {
  const goal = to === 'new' ? 'open' : to;
  if (from === goal) {
    return [];
  }
  return mayMove(from, goal) ? [goal] : ['open', goal];
}
