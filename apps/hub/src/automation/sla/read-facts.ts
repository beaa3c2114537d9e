import type { SlaEvent } from '#tickets';
import type { Fact } from '../../events/fact-log.query.js';

/** Types of facts that a promise may depend on. */
export const slaFacts = new Set([
  'ticket.opened',
  'ticket.changed',
  'ticket.merged',
  'ticket.unmerged',
  'ticket.unsplit',
  'message.received',
  'message.sent',
  'message.moved',
]);

/** What a message of a fact is, as far as promises are concerned. `at` in milliseconds of the Unix epoch. */
export interface SpokenMessage {
  id: string;
  ticketId: string | null;
  at: number;
  author: 'customer' | 'agent' | 'bot' | 'system';
  /** Nobody wrote it, or nobody needs to answer it. */
  isQuiet: boolean;
}

/** Something that happened to a ticket. `state`: the ticket moved by it, as far as the fact says so. */
export interface TicketEvent {
  ticketId: string;
  events: SlaEvent[];
}

/** What a fact means for promises, of each ticket that it is about. `messages` are those of the batch, by id. */
export function readFact(fact: Fact, messages: ReadonlyMap<string, SpokenMessage>): TicketEvent[] {
  const at = Date.parse(fact.at);
  const one = (event: SlaEvent): TicketEvent => ({ ticketId: fact.subject_id, events: [event] });
  switch (fact.type) {
    case 'ticket.opened':
      return [one({ kind: 'opened', at })];
    case 'ticket.changed':
      return [{ ticketId: fact.subject_id, events: readChange(fact, at) }];
    case 'ticket.merged':
      return [one({ kind: 'merged', at }), ...readMerge(fact, at)];
    case 'ticket.unsplit':
      return [one({ kind: 'merged', at })];
    case 'ticket.unmerged':
      return readUnmerge(fact, at);
    case 'message.moved':
      return readMove(fact, at);
    default:
      return readMessage(messages.get(fact.subject_id));
  }
}

/** Whoever waited in the ticket that was merged waits in the other one from now on. */
function readMerge({ payload }: Fact, at: number): TicketEvent[] {
  const { into, isOwed } = payload as { into: string; isOwed: boolean };
  return isOwed ? [{ ticketId: into, events: [{ kind: 'customer_wrote', at }] }] : [];
}

/** What the merge ended goes on, and the other ticket owes no more than its own answers. */
function readUnmerge({ subject_id: ticketId, payload }: Fact, at: number): TicketEvent[] {
  const { into, mergedAt, isOwed } = payload as { into: string; mergedAt: number; isOwed: boolean };
  const freed: TicketEvent[] = isOwed ? [] : [{ ticketId: into, events: [{ kind: 'nothing_owed', at }] }];
  return [{ ticketId, events: [{ kind: 'unmerged', at, mergedAt }] }, ...freed];
}

/** A ticket that a customer's last words were taken from owes nothing any more; the one that they came to may owe an answer now. */
function readMove({ payload }: Fact, at: number): TicketEvent[] {
  const { from, to, owed } = payload as {
    from: string | null;
    to: string | null;
    owed: { from: boolean; to: boolean };
  };
  const left: TicketEvent[] =
    from === null || owed.from ? [] : [{ ticketId: from, events: [{ kind: 'nothing_owed', at }] }];
  const came: TicketEvent[] =
    to === null || !owed.to ? [] : [{ ticketId: to, events: [{ kind: 'customer_wrote', at }] }];
  return [...left, ...came];
}

/** A change may move the state and something that another policy governs, both. */
function readChange({ payload }: Fact, at: number): SlaEvent[] {
  const { from, to } = payload as { from?: string; to?: string };
  const moved =
    from !== undefined && to !== undefined && from !== to ? [{ kind: 'moved', from, to, at } as SlaEvent] : [];
  return [...moved, { kind: 'governed', at }];
}

function readMessage(message: SpokenMessage | undefined): TicketEvent[] {
  if (!message || message.ticketId === null || message.isQuiet) {
    return [];
  }
  const { ticketId, at, author } = message;
  switch (author) {
    case 'customer':
      return [{ ticketId, events: [{ kind: 'customer_wrote', at }] }];
    case 'agent':
      return [{ ticketId, events: [{ kind: 'agent_answered', at }] }];
    case 'bot':
    case 'system':
      return [];
  }
}
