import type { ConversationChanges, ListRow, MessageView, Page, TicketView } from '#contract';
import type { ListFilter } from '../api/hub.js';

const isDone = ({ state }: TicketView) => state === 'solved' || state === 'closed';

/** Whose lists they are. `serves`: the queues of which they are made; null means all, as for supervisors. */
export interface ListReader {
  id: string;
  serves: readonly string[] | null;
}

/** Whether a ticket is a line of a list. The hub decides the same when it pages. */
export function belongs(ticket: TicketView, filter: ListFilter, reader: ListReader): boolean {
  return isOfQueue(ticket, filter, reader) && isOfView(ticket, filter, reader);
}

/** A ticket of mine is mine wherever it waits; everything else is listed by those who serve its queue. */
function isOfQueue({ queueId }: TicketView, { view, queue }: ListFilter, { serves }: ListReader): boolean {
  const isListed = view === 'mine' || serves === null || serves.includes(queueId);
  return isListed && (queue === null || queueId === queue);
}

function isOfView(ticket: TicketView, { view }: ListFilter, reader: ListReader): boolean {
  switch (view) {
    case 'mine':
      return ticket.ownerId === reader.id && !isDone(ticket);
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
 * behind the last loaded page stays out, because that page is still to be read. A line's last words and unread count are
 * its conversation's, so every ticket of that conversation shows them; a line that is new here brings them from another
 * list when one has it (`elsewhere`, by ticket).
 */
export function patchRows(
  pages: Page<ListRow>[],
  filter: ListFilter,
  changes: ConversationChanges,
  reader: ListReader,
  elsewhere: ReadonlyMap<string, ListRow> = new Map(),
): Page<ListRow>[] {
  const named = new Set(changes.tickets.map(({ id }) => id));
  const known = pages
    .flatMap((page) => page.rows)
    .filter(({ ticket }) => ticket.conversation === changes.conversation || named.has(ticket.id));
  const tickets = new Map(known.map(({ ticket }) => [ticket.id, ticket]));
  changes.tickets.forEach((ticket) => tickets.set(ticket.id, ticket));
  return [...tickets.values()].reduce((patched, ticket) => {
    const before = known.find((row) => row.ticket.id === ticket.id);
    const without = before ? removeRow(patched, ticket.id) : patched;
    return belongs(ticket, filter, reader)
      ? insertRow(without, rowOf(ticket, changes, before ?? elsewhere.get(ticket.id)))
      : without;
  }, pages);
}

/**
 * Whether a line that came in by these changes lacks what was said before them: a ticket changes hands in a frame that
 * says nothing of its conversation's past.
 */
export function isGuess(row: ListRow, { since, messages }: ConversationChanges): boolean {
  return (
    row.last === null && since > 0 && messages.every(({ kind, author }) => kind === 'event' || author.kind === 'system')
  );
}

function rowOf(ticket: TicketView, changes: ConversationChanges, before: ListRow | undefined): ListRow {
  const news = changes.messages.filter(
    (message) => message.conversation === ticket.conversation && message.at > (before?.last?.at ?? ''),
  );
  // What the hub says by itself hides no question.
  const said = news.findLast(({ kind, author }) => kind !== 'event' && author.kind !== 'system');
  return {
    ticket,
    conversation: changes.person,
    customer: changes.customer,
    last: said ? lastWords(said) : (before?.last ?? null),
    unread: (before?.unread ?? 0) + news.filter(({ direction }) => direction === 'in').length,
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
  return b.ticket.lastMessageAt.localeCompare(a.ticket.lastMessageAt) || b.ticket.id.localeCompare(a.ticket.id);
}
