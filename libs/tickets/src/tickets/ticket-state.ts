export type TicketState = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';

/** The moves anybody may make; the table ticket_transition holds the same ones and refuses the others. */
const moves: Record<TicketState, readonly TicketState[]> = {
  new: ['open', 'pending', 'on_hold', 'solved'],
  open: ['pending', 'on_hold', 'solved'],
  pending: ['open', 'on_hold', 'solved'],
  on_hold: ['open', 'pending', 'solved'],
  solved: ['open', 'closed'],
  closed: [],
};

export function mayMove(from: TicketState, to: TicketState): boolean {
  return from === to || moves[from].includes(to);
}
