import type { ListRow, Page, TicketView, ViewSort } from '#contract';
import { hasLeft, type ShownRow } from './shown-row.js';

type Order = (a: ListRow, b: ListRow) => number;

const never = '9999';

const ascending =
  (keyOf: (ticket: TicketView) => string): Order =>
  ({ ticket: a }, { ticket: b }) =>
    keyOf(a).localeCompare(keyOf(b)) || (a.id < b.id ? -1 : 1);

const newest: Order = ({ ticket: a }, { ticket: b }) =>
  b.lastMessageAt.localeCompare(a.lastMessageAt) || (a.id < b.id ? 1 : -1);

/** The orders of views, as the hub pages them. */
export const orders: Record<ViewSort, Order> = {
  newest,
  waiting: ascending(({ waitingSince }) => waitingSince ?? never),
  deadline: ascending(({ sla }) =>
    sla.reduce(
      (first, { state, dueAt }) => (state === 'running' && dueAt !== null && dueAt < first ? dueAt : first),
      never,
    ),
  ),
  priority: (a, b) => b.ticket.priority - a.ticket.priority || newest(a, b),
};

/**
 * Takes the hub's word on some tickets into a view's loaded pages: `members` belong, the others of `asked` do not. Who came is put in
 * place, unless behind what is loaded; who left is marked and stays; a line that was there keeps its place as long as it fits between its
 * neighbours.
 */
export function placeMembers(
  pages: Page<ListRow>[],
  sort: ViewSort,
  { asked, members }: { asked: ReadonlySet<string>; members: readonly ListRow[] },
): Page<ListRow>[] {
  const belongs = new Set(members.map(({ ticket }) => ticket.id));
  const marked = pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) =>
      asked.has(row.ticket.id) && !belongs.has(row.ticket.id) && !hasLeft(row)
        ? ({ ...row, hasLeft: true } satisfies ShownRow)
        : row,
    ),
  }));
  return members.reduce((placed, member) => place(placed, orders[sort], member), marked);
}

function place(pages: Page<ListRow>[], order: Order, member: ListRow): Page<ListRow>[] {
  const without = pages.map((page) => ({
    ...page,
    rows: page.rows.filter(({ ticket }) => ticket.id !== member.ticket.id),
  }));
  const index = without.findIndex((page) => page.next === null || page.rows.some((row) => order(member, row) < 0));
  return without.map((page, at) => (at === index ? { ...page, rows: [...page.rows, member].toSorted(order) } : page));
}

/** Without the lines that have left, but for one that is still looked at. */
export function sweepLeft(pages: Page<ListRow>[], keep: (row: ListRow) => boolean): Page<ListRow>[] {
  return pages.some(({ rows }) => rows.some((row) => hasLeft(row) && !keep(row)))
    ? pages.map((page) => ({ ...page, rows: page.rows.filter((row) => !hasLeft(row) || keep(row)) }))
    : pages;
}

/** Puts a line back where it was, as one that has left. `at`: its place among all lines. */
export function keepOpen(pages: Page<ListRow>[], { row, at }: { row: ListRow; at: number }): Page<ListRow>[] {
  const kept: ShownRow = { ...row, hasLeft: true };
  const ends = pages.map((_, index) => pages.slice(0, index + 1).reduce((sum, { rows }) => sum + rows.length, 0));
  const found = ends.findIndex((end) => at <= end);
  const index = found >= 0 ? found : pages.length - 1;
  const place = at - (ends[index - 1] ?? 0);
  return pages.map((page, one) => (one === index ? { ...page, rows: page.rows.toSpliced(place, 0, kept) } : page));
}
