import type { AssignmentFrame, ConversationChanges, ListRow, TicketView } from '#contract';

/** A ticket that nobody has taken, as it is rung for. */
export interface WaitingTicket {
  id: string;
  number: number;
  prefix: string;
  /** The person, by their root's conversation. */
  person: string;
  customerName: string;
  queueId: string;
}

/**
 * What waits in a reader's queues until somebody takes it. `moved`: the rev at which a ticket was last seen to wait or not, of those that moved
 * last, so that what comes late brings nothing back. `heard`: what frames spoke of since the hub was asked, which its answer may not know yet.
 * `hushed`: what its reader wants to hear no more of in this window.
 */
export interface WaitingWork {
  tickets: ReadonlyMap<string, WaitingTicket>;
  moved: ReadonlyMap<string, number>;
  heard: ReadonlySet<string>;
  hushed: ReadonlySet<string>;
  /** The hub has said what there is: what comes later is news. */
  isKnown: boolean;
}

export const nothingWaits: WaitingWork = {
  tickets: new Map(),
  moved: new Map(),
  heard: new Set(),
  hushed: new Set(),
  isKnown: false,
};

/** Frames come late by seconds: a day's tickets are not held for that. */
const mostMoved = 200;

/** The hub is asked now. */
export function beginAsking(work: WaitingWork): WaitingWork {
  return { ...work, heard: new Set() };
}

/** Takes a frame. Whoever takes a ticket, by whichever console, ends its ringing in all of them. */
export function takeChanges(work: WaitingWork, changes: ConversationChanges, queueIds: readonly string[]): WaitingWork {
  const { tickets, rev } = changes;
  return tickets.reduce(
    (now, ticket) => put(now, ticket, rev, waits(ticket, queueIds) ? waitingOf(ticket, changes) : null),
    hear(
      work,
      tickets.map(({ id }) => id),
    ),
  );
}

/** A ticket changed hands; the frame with the ticket itself may come later, or to others only. */
export function takeAssignment(work: WaitingWork, { ticketId, agentId }: AssignmentFrame): WaitingWork {
  return agentId === null ? work : without(hear(work, [ticketId]), ticketId);
}

/** What the hub says that waits. */
export interface WaitingAnswer {
  rows: readonly ListRow[];
  /** It ends here. Of a longer one, whoever is not named may still wait. */
  isWhole: boolean;
}

/** Takes the hub's answer: what a whole one does not name is not waiting any more. Of what frames spoke of meanwhile they know more. */
export function takeAnswer(
  work: WaitingWork,
  { rows, isWhole }: WaitingAnswer,
  queueIds: readonly string[],
): WaitingWork {
  const named = rows.filter(({ ticket }) => waits(ticket, queueIds) && !isNewerHere(work, ticket));
  const ids = new Set(named.map(({ ticket }) => ticket.id));
  const gone = [...work.tickets.keys()].filter((id) => isWhole && !ids.has(id) && !work.heard.has(id));
  const kept = gone.reduce(without, { ...work, isKnown: true });
  return named.reduce(
    (now, { ticket, conversation, customer }) =>
      put(now, ticket, ticket.rev, waitingOf(ticket, { person: conversation, customer })),
    kept,
  );
}

/** Its reader knows: what waits now is not rung for again in this window. */
export function hush(work: WaitingWork): WaitingWork {
  return { ...work, hushed: new Set(work.tickets.keys()) };
}

/** What is rung for. */
export function loudOf({ tickets, hushed }: Pick<WaitingWork, 'tickets' | 'hushed'>): WaitingTicket[] {
  return [...tickets.values()].filter(({ id }) => !hushed.has(id));
}

function waits(ticket: TicketView, queueIds: readonly string[]): boolean {
  const { ownerId, state, queueId, snoozedUntil, isSpam } = ticket;
  const isFree = ownerId === null && (state === 'new' || state === 'open');
  return isFree && snoozedUntil === null && !isSpam && queueIds.includes(queueId);
}

function waitingOf(
  { id, number, prefix, queueId }: TicketView,
  { person, customer }: Pick<ConversationChanges, 'person' | 'customer'>,
): WaitingTicket {
  return { id, number, prefix, queueId, person, customerName: customer.name };
}

function hear(work: WaitingWork, ids: readonly string[]): WaitingWork {
  return ids.every((id) => work.heard.has(id)) ? work : { ...work, heard: new Set([...work.heard, ...ids]) };
}

function isNewerHere({ heard, moved }: WaitingWork, { id, rev }: TicketView): boolean {
  return heard.has(id) && rev <= (moved.get(id) ?? Number.POSITIVE_INFINITY);
}

function put(work: WaitingWork, { id }: TicketView, rev: number, waiting: WaitingTicket | null): WaitingWork {
  if (rev < (work.moved.get(id) ?? 0)) {
    return work;
  }
  const moved = new Map(work.moved);
  moved.delete(id);
  moved.set(id, rev);
  const [oldest] = moved.keys();
  if (moved.size > mostMoved && oldest !== undefined) {
    moved.delete(oldest);
  }
  const rest = waiting === null ? without(work, id) : { ...work, tickets: new Map(work.tickets).set(id, waiting) };
  return { ...rest, moved };
}

function without(work: WaitingWork, id: string): WaitingWork {
  if (!work.tickets.has(id)) {
    return work;
  }
  const tickets = new Map(work.tickets);
  const hushed = new Set(work.hushed);
  tickets.delete(id);
  hushed.delete(id);
  return { ...work, tickets, hushed };
}
