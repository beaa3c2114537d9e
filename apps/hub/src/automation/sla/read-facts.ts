import type { SlaEvent } from '#tickets';
import type { Fact } from '../../events/fact-log.query.js';

/** Types of facts that a promise may depend on. */
export const slaFacts = new Set(['ticket.opened', 'ticket.changed', 'message.received', 'message.sent']);

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

/** What a fact means for promises; null where it means nothing. `messages` are those of the batch, by id. */
export function readFact(fact: Fact, messages: ReadonlyMap<string, SpokenMessage>): TicketEvent | null {
  const at = Date.parse(fact.at);
  switch (fact.type) {
    case 'ticket.opened':
      return { ticketId: fact.subject_id, events: [{ kind: 'opened', at }] };
    case 'ticket.changed':
      return { ticketId: fact.subject_id, events: readChange(fact, at) };
    default:
      return readMessage(messages.get(fact.subject_id));
  }
}

/** A change may move the state and something that another policy governs, both. */
function readChange({ payload }: Fact, at: number): SlaEvent[] {
  const { from, to } = payload as { from?: string; to?: string };
  const moved =
    from !== undefined && to !== undefined && from !== to ? [{ kind: 'moved', from, to, at } as SlaEvent] : [];
  return [...moved, { kind: 'governed', at }];
}

function readMessage(message: SpokenMessage | undefined): TicketEvent | null {
  if (!message || message.ticketId === null || message.isQuiet) {
    return null;
  }
  const { ticketId, at, author } = message;
  switch (author) {
    case 'customer':
      return { ticketId, events: [{ kind: 'customer_wrote', at }] };
    case 'agent':
      return { ticketId, events: [{ kind: 'agent_answered', at }] };
    case 'bot':
    case 'system':
      return null;
  }
}
