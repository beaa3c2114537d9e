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

/** How long a solved ticket can be reopened by its customer, in milliseconds. */
export const reopenWindowMs = 72 * 3_600_000;
