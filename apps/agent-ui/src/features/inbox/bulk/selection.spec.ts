import { describe, expect, it } from '@jest/globals';
import { extendTo, nothingSelected, selectAll, shownOf, toggle } from './selection.js';

const order = ['a', 'b', 'c', 'd', 'e'];
const rows = order.map((id) => ({ ticket: { id } }));
const chosen = ({ ids }: typeof nothingSelected) => [...ids].toSorted();

describe('lines that are chosen', () => {
  it('come and go one by one', () => {
    const two = toggle(toggle(nothingSelected, 'a'), 'c');
    expect(chosen(two)).toEqual(['a', 'c']);
    expect(chosen(toggle(two, 'a'))).toEqual(['c']);
  });

  it('are extended from the last one that was pressed, either way, and what was chosen before stays', () => {
    const begun = toggle(toggle(nothingSelected, 'e'), 'b');
    const down = extendTo(begun, order, 'd');
    expect(chosen(down)).toEqual(['b', 'c', 'd', 'e']);
    expect(chosen(extendTo(down, order, 'c'))).toEqual(['b', 'c', 'e']);
    expect(chosen(extendTo(down, order, 'a'))).toEqual(['a', 'b', 'e']);
  });

  it('are one where a stretch has no beginning, or its beginning has left the list', () => {
    expect(chosen(extendTo(nothingSelected, order, 'b'))).toEqual(['b']);
    expect(chosen(extendTo(toggle(nothingSelected, 'gone'), order, 'b'))).toEqual(['b']);
  });

  it('stay chosen while lines move, and are not acted upon while they are away', () => {
    const two = toggle(toggle(nothingSelected, 'a'), 'c');
    expect(shownOf(two, rows.toReversed()).map(({ ticket }) => ticket.id)).toEqual(['c', 'a']);
    expect(shownOf(two, rows.slice(0, 2)).map(({ ticket }) => ticket.id)).toEqual(['a']);
  });

  it('are all that there are where everything is meant, what came since as well', () => {
    const whole = { ...selectAll(order.slice(0, 2)), wholeSince: '2026-01-01T00:00:00Z' };
    expect(shownOf(whole, rows)).toHaveLength(5);
    expect(toggle(whole, 'a').wholeSince).toBeNull();
  });
});
