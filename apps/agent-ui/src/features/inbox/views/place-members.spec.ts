import { describe, expect, it } from '@jest/globals';
import type { ListRow, Page } from '#contract';
import { keepOpen, placeMembers, sweepLeft } from './place-members.js';
import { hasLeft } from './shown-row.js';

const row = (id: string, ticket: Partial<ListRow['ticket']> = {}): ListRow =>
  ({ ticket: { id, priority: 2, lastMessageAt: id, sla: [], ...ticket } }) as unknown as ListRow;
const page = (rows: ListRow[], next: string | null = null): Page<ListRow> => ({ rows, next });
const idsOf = (pages: Page<ListRow>[]) => pages.map(({ rows }) => rows.map(({ ticket }) => ticket.id));

describe('the lines of a view that the hub was asked about', () => {
  it('come in their place, or stay out behind what is loaded', () => {
    const pages = [page([row('9'), row('5')], 'more')];
    const members = [row('7'), row('3')];
    expect(idsOf(placeMembers(pages, 'newest', { asked: new Set(['7', '3']), members }))).toEqual([['9', '7', '5']]);
    const whole = [page([row('9'), row('5')])];
    expect(idsOf(placeMembers(whole, 'newest', { asked: new Set(['3']), members: [row('3')] }))).toEqual([
      ['9', '5', '3'],
    ]);
  });

  it('move when what they are sorted by does', () => {
    const pages = [page([row('a', { waitingSince: '1' }), row('b', { waitingSince: '2' })])];
    const member = row('a', { waitingSince: null });
    expect(idsOf(placeMembers(pages, 'waiting', { asked: new Set(['a']), members: [member] }))).toEqual([['b', 'a']]);
    const urgent = row('b', { priority: 4 });
    expect(idsOf(placeMembers(pages, 'priority', { asked: new Set(['b']), members: [urgent] }))).toEqual([['b', 'a']]);
  });

  it('stay, marked, when their ticket leaves, until somebody moves on', () => {
    const pages = placeMembers([page([row('9'), row('5')])], 'newest', { asked: new Set(['5']), members: [] });
    expect(pages[0]?.rows.map(hasLeft)).toEqual([false, true]);
    expect(idsOf(sweepLeft(pages, ({ ticket }) => ticket.id === '5'))).toEqual([['9', '5']]);
    expect(idsOf(sweepLeft(pages, () => false))).toEqual([['9']]);
    const anew = keepOpen([page([row('9')], 'more'), page([row('3')])], { row: row('5'), at: 1 });
    expect(idsOf(anew)).toEqual([['9', '5'], ['3']]);
    expect(anew[0]?.rows.map(hasLeft)).toEqual([false, true]);
    expect(idsOf(keepOpen([page([])], { row: row('5'), at: 4 }))).toEqual([['5']]);
    const back = placeMembers(pages, 'newest', { asked: new Set(['5']), members: [row('5')] });
    expect(back[0]?.rows.map(hasLeft)).toEqual([false, false]);
  });
});
