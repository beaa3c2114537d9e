import type { BulkAct, TicketView } from '#contract';

/** Small lists from which one act is chosen. */
export type QuickKind = 'assign' | 'snooze' | 'tags' | 'priority' | 'queue';

/** One line of a list. Nothing happens by one that `isOn`: it is so already. */
export interface Choice {
  key: string;
  label: string;
  /** Stands at the end of the line. */
  hint?: string;
  isOn?: boolean;
  act: BulkAct | 'own';
}

/** The tickets that an act is about. `tickets`: those that are at hand; everything in a view may be more. */
export interface QuickTarget {
  count: number | null;
  tickets: readonly TicketView[];
}

/** What all of them have; undefined where they differ, or are not all at hand. */
export function sharedBy<Value>({ count, tickets }: QuickTarget, of: (ticket: TicketView) => Value): Value | undefined {
  const [first] = tickets;
  if (!first || count !== tickets.length) {
    return undefined;
  }
  return tickets.every((ticket) => of(ticket) === of(first)) ? of(first) : undefined;
}

/** What takes an act on one ticket back, and what the ticket looks like at once; null: there is no such thing for it. */
export function takeBackOf(ticket: TicketView, act: BulkAct): { back: BulkAct; now: TicketView } | null {
  switch (act.do) {
    case 'assign':
      return { back: { do: 'assign', agentId: ticket.ownerId }, now: givenTo(ticket, act.agentId) };
    case 'priority':
      return { back: { do: 'priority', priority: ticket.priority }, now: { ...ticket, priority: act.priority } };
    case 'route':
      return { back: { do: 'route', queueId: ticket.queueId }, now: { ...ticket, queueId: act.queueId } };
    case 'tags':
      return retagged(ticket, act);
    case 'snooze':
      return { back: { do: 'snooze', until: untilOf(ticket) }, now: { ...ticket, snoozedUntil: sleepOf(act.until) } };
    case 'state':
    case 'read':
    case 'spam':
      return null;
  }
}

/** Whoever has a new ticket works on it. */
function givenTo(ticket: TicketView, ownerId: string | null): TicketView {
  const state = ticket.state === 'new' && ownerId !== null ? 'open' : ticket.state;
  return { ...ticket, ownerId, state };
}

function retagged(ticket: TicketView, act: Extract<BulkAct, { do: 'tags' }>): { back: BulkAct; now: TicketView } {
  const added = act.add.filter((tag) => !ticket.tags.includes(tag));
  const removed = act.remove.filter((tag) => ticket.tags.includes(tag));
  const tags = [...ticket.tags.filter((tag) => !act.remove.includes(tag)), ...added];
  return { back: { do: 'tags', add: removed, remove: added }, now: { ...ticket, tags } };
}

function untilOf({ snoozedUntil }: TicketView): Extract<BulkAct, { do: 'snooze' }>['until'] {
  if (snoozedUntil === null) {
    return null;
  }
  return snoozedUntil === 'reply' ? { reply: true } : { at: snoozedUntil };
}

function sleepOf(until: Extract<BulkAct, { do: 'snooze' }>['until']): string | null {
  if (until === null) {
    return null;
  }
  return 'at' in until ? until.at : 'reply';
}
