import type { ConversationChanges, ListRow, MessageView, Page, TicketView } from '#contract';
import type { ListFilter } from '../api/hub.js';

const isDone = ({ state }: TicketView) => state === 'solved' || state === 'closed';

/** Whether a ticket is a line of a list. The hub decides the same when it pages. */
export function belongs(ticket: TicketView, { view, queue }: ListFilter, readerId: string): boolean {
  if (queue !== null && ticket.queueId !== queue) {
    return false;
  }
  switch (view) {
    case 'mine':
      return ticket.ownerId === readerId && !isDone(ticket);
    case 'unassigned':
      return ticket.ownerId === null && !isDone(ticket);
    case 'open':
      return !isDone(ticket);
    case 'solved':
      return isDone(ticket);
    case 'all':
      return true;
  }
}

/**
 * Takes a frame into a list's loaded pages: lines change, come, go and move without asking the hub. A line that sorts
 * behind the last loaded page stays out, because that page is still to be read.
 */
export function patchRows(
  pages: Page<ListRow>[],
  filter: ListFilter,
  changes: ConversationChanges,
  readerId: string,
): Page<ListRow>[] {
  const rows = new Map(pages.flatMap((page) => page.rows).map((row) => [row.ticket.id, row]));
  return touchedTickets(changes).reduce((patched, id) => {
    const known = rows.get(id);
    const ticket = changes.tickets.find((one) => one.id === id) ?? known?.ticket;
    if (!ticket) {
      return patched;
    }
    const without = known ? removeRow(patched, id) : patched;
    return belongs(ticket, filter, readerId) ? insertRow(without, rowOf(ticket, changes, known)) : without;
  }, pages);
}

function touchedTickets({ tickets, messages }: ConversationChanges): string[] {
  const ids = [...tickets.map(({ id }) => id), ...messages.map(({ ticketId }) => ticketId)];
  return [...new Set(ids.filter((id) => id !== null))];
}

function rowOf(ticket: TicketView, changes: ConversationChanges, known: ListRow | undefined): ListRow {
  const news = changes.messages.filter(
    (message) => message.ticketId === ticket.id && message.at > (known?.last?.at ?? ''),
  );
  const said = news.findLast((message) => message.kind !== 'event');
  return {
    ticket,
    conversation: changes.person,
    customer: changes.customer,
    last: said ? lastWords(said) : (known?.last ?? null),
    unread: (known?.unread ?? 0) + news.filter(({ direction }) => direction === 'in').length,
  };
}

function lastWords({ body, kind, direction, channel, at }: MessageView): NonNullable<ListRow['last']> {
  return { body, kind, direction, channelKind: channel?.kind ?? null, at };
}

function removeRow(pages: Page<ListRow>[], ticketId: string): Page<ListRow>[] {
  return pages.map((page) => ({ ...page, rows: page.rows.filter((row) => row.ticket.id !== ticketId) }));
}

function insertRow(pages: Page<ListRow>[], row: ListRow): Page<ListRow>[] {
  const holds = (page: Page<ListRow>) => page.next === null || page.rows.some((other) => newestFirst(row, other) < 0);
  const index = pages.findIndex(holds);
  return pages.map((page, at) => (at === index ? { ...page, rows: [...page.rows, row].toSorted(newestFirst) } : page));
}

function newestFirst(a: ListRow, b: ListRow): number {
  return b.ticket.lastMessageAt.localeCompare(a.ticket.lastMessageAt) || b.ticket.number - a.ticket.number;
}
