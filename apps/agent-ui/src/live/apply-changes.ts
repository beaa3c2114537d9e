import type { ConversationChanges, ConversationView, TicketView } from '#contract';
import { foldMessages } from './fold-messages.js';

/** What became of a frame: taken in, already known, or later than what is known, so that something in between is missing. */
type Applied = { outcome: 'applied'; view: ConversationView } | { outcome: 'known' } | { outcome: 'gap' };

/**
 * Takes a frame into an opened conversation by the contract's rule: apply when `since` is at most the rev that is here,
 * ask when it is later, drop when `rev` is not newer. Frames may come twice and in any order.
 */
export function applyChanges(view: ConversationView, changes: ConversationChanges): Applied {
  const part = view.parts.find(({ conversation }) => conversation === changes.conversation);
  const rev = part?.rev ?? 0;
  if (changes.rev <= rev) {
    return { outcome: 'known' };
  }
  if (changes.since > rev) {
    return { outcome: 'gap' };
  }
  const { conversation, lastSeq } = changes;
  const moved = { conversation, rev: changes.rev, lastSeq };
  const parts = part ? view.parts.map((one) => (one === part ? moved : one)) : [...view.parts, moved];
  const folded = foldMessages(view, changes.messages);
  return {
    outcome: 'applied',
    view: {
      ...folded,
      parts,
      holder: changes.holder,
      customer: named(view.customer, changes.customer.name),
      tickets: foldTickets(view.tickets, changes.tickets),
      unread: view.unread + countUnread(view, changes),
    },
  };
}

/** The same customer where the name is the same, so that nothing that shows them is drawn anew. */
function named(customer: ConversationView['customer'], name: string): ConversationView['customer'] {
  return customer.name === name ? customer : { ...customer, name };
}

export function foldTickets(known: readonly TicketView[], arrived: readonly TicketView[]): TicketView[] {
  const tickets = new Map(known.map((ticket) => [ticket.id, ticket]));
  for (const ticket of arrived) {
    const current = tickets.get(ticket.id);
    if (!current || ticket.version >= current.version) {
      tickets.set(ticket.id, ticket);
    }
  }
  return [...tickets.values()].toSorted((a, b) => b.number - a.number);
}

function countUnread(view: ConversationView, { conversation, lastSeq, messages }: ConversationChanges): number {
  const before = view.parts.find((part) => part.conversation === conversation)?.lastSeq ?? 0;
  return messages.filter(({ direction, seq }) => direction === 'in' && seq > before && seq <= lastSeq).length;
}
