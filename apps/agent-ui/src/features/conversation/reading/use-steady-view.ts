import { useState } from 'react';
import type { ConversationView, TicketView } from '#contract';

/**
 * The view as entries are shown with: the same one until something changes that an entry shows, which is the customer, or how a ticket is
 * called and stands. Every message moves the whole view, and those before it need not be drawn again. Its messages are old.
 */
export function useSteadyView(view: ConversationView): ConversationView {
  const [steady, setSteady] = useState(view);
  if (steady !== view && differ(steady, view)) {
    setSteady(view);
    return view;
  }
  return steady;
}

function differ(a: ConversationView, b: ConversationView): boolean {
  return a.id !== b.id || a.customer !== b.customer || tellTickets(a.tickets) !== tellTickets(b.tickets);
}

function tellTickets(tickets: readonly TicketView[]): string {
  return tickets
    .map(({ id, number, prefix, state, subject }) => [id, number, prefix, state, subject].join(' '))
    .join('\n');
}
