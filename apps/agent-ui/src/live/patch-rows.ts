import type { ConversationChanges, ListRow, MessageView, Page, TicketView } from '#contract';
import { isSaved, type ListFilter, type ViewName } from '../api/hub.js';

const isDone = ({ state }: TicketView) => state === 'solved' || state === 'closed';

/** What an agent follows or was named in is known to the hub alone: its lines change, and none comes or goes by a frame. */
const isOwn = (view: ListFilter['view']) => view === 'following' || view === 'mentions' || view === 'drafts';

/** Who belongs there depends on more than a frame says: the hub is asked, see `features/inbox/views`. */
export const isAskedFor = (view: ListFilter['view']) => isSaved(view) || view === 'waiting' || view === 'overdue';

/** There is something to do about it, and now. */
const isAwake = (ticket: TicketView) => !isDone(ticket) && ticket.snoozedUntil === null;

/** Whose lists they are. `serves`: the queues of which they are made; null means all, as for supervisors. */
export interface ListReader {
  id: string;
  serves: readonly string[] | null;
}

/** Whether a ticket is a line of a list. The hub decides the same when it pages. */
export function belongs(ticket: TicketView, filter: ListFilter, reader: ListReader): boolean {
  const { view } = filter;
  return isAskedFor(view) || (isOfQueue(ticket, filter, reader) && rules[view as ViewName](ticket, reader));
}

/** A ticket of mine is mine wherever it waits; everything else is listed by those who serve its queue. */
function isOfQueue({ queueId }: TicketView, { view, queue }: ListFilter, { serves }: ListReader): boolean {
  const isListed = view === 'mine' || isOwn(view) || serves === null || serves.includes(queueId);
  return isListed && (queue === null || queueId === queue);
}

/** Which tickets are lines of a view, by what a frame says of them. */
const rules: Record<ViewName, (ticket: TicketView, reader: ListReader) => boolean> = {
  mine: (ticket, { id }) => ticket.ownerId === id && isAwake(ticket),
  unassigned: (ticket) => ticket.ownerId === null && isAwake(ticket),
  open: isAwake,
  waiting: () => true,
  overdue: () => true,
  snoozed: ({ snoozedUntil }) => snoozedUntil !== null,
  following: () => true,
  mentions: () => true,
  drafts: () => true,
  solved: isDone,
  all: () => true,
};

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
  if (isAskedFor(filter.view)) {
    return patchInPlace(pages, changes);
  }
  const named = new Set(changes.tickets.map(({ id }) => id));
  const known = pages
    .flatMap((page) => page.rows)
    .filter(({ ticket }) => ticket.conversation === changes.conversation || named.has(ticket.id));
  const tickets = new Map(known.map(({ ticket }) => [ticket.id, ticket]));
  changes.tickets.forEach((ticket) => tickets.set(ticket.id, ticket));
  return [...tickets.values()].reduce((patched, ticket) => {
    const before = known.find((row) => row.ticket.id === ticket.id);
    const without = before ? removeRow(patched, ticket.id) : patched;
    return belongs(ticket, filter, reader) && (before !== undefined || !isOwn(filter.view))
      ? insertRow(without, rowOf(ticket, changes, before ?? elsewhere.get(ticket.id)))
      : without;
  }, pages);
}

/** What is known of the lines that are there; they stay where they are until the hub has said whether they still belong. */
function patchInPlace(pages: Page<ListRow>[], changes: ConversationChanges): Page<ListRow>[] {
  const tickets = new Map(changes.tickets.map((ticket) => [ticket.id, ticket]));
  return pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) => {
      const ticket = tickets.get(row.ticket.id) ?? row.ticket;
      return ticket.conversation === changes.conversation ? { ...row, ...rowOf(ticket, changes, row) } : row;
    }),
  }));
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
    last: said ? lastWords(said) : withoutRedacted(before?.last ?? null, changes.messages),
    unread: (before?.unread ?? 0) + news.filter(({ direction }) => direction === 'in').length,
  };
}

/** The last words that a row shows are gone once their message is redacted. */
function withoutRedacted(last: ListRow['last'], messages: readonly MessageView[]): ListRow['last'] {
  const isGone = messages.some(({ at, redactedAt }) => redactedAt !== null && at === last?.at);
  return last && isGone ? { ...last, body: '' } : last;
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
