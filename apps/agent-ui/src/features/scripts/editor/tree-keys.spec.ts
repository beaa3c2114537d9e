import { describe, expect, it } from '@jest/globals';
import type { OutlineRow } from '../document/outline.js';
import { moveIn } from './tree-keys.js';

const row = (id: string, level: number, hasChildren = false): OutlineRow => ({
  id,
  level,
  hasChildren,
  kind: 'say',
  words: '',
  isReached: true,
});
const menu = row('menu', 1, true);
const rows = [menu, row('find', 2), row('bye', 2)];
const press = (at: OutlineRow | undefined, key: string, isRtl = false, isClosed = false) =>
  moveIn(rows, at ?? menu, { key, isRtl, isClosed });

describe('the keyboard in the outline', () => {
  it('goes up and down, and stays at the ends', () => {
    expect(press(rows[1], 'ArrowDown')).toEqual({ act: 'focus', id: 'bye' });
    expect(press(rows[2], 'ArrowDown')).toBeNull();
    expect(press(menu, 'ArrowUp')).toBeNull();
    expect(press(menu, 'End')).toEqual({ act: 'focus', id: 'bye' });
  });

  it('opens, folds and goes to the parent in the direction of reading', () => {
    expect(press(menu, 'ArrowRight', false, true)).toEqual({ act: 'unfold' });
    expect(press(menu, 'ArrowRight')).toEqual({ act: 'focus', id: 'find' });
    expect(press(menu, 'ArrowLeft')).toEqual({ act: 'fold' });
    expect(press(rows[2], 'ArrowLeft')).toEqual({ act: 'focus', id: 'menu' });
    expect(press(menu, 'ArrowLeft', true)).toEqual({ act: 'focus', id: 'find' });
    expect(press(menu, 'ArrowRight', true)).toEqual({ act: 'fold' });
  });

  it('opens and removes what it stands on, and leaves other keys alone', () => {
    expect(press(menu, 'Enter')).toEqual({ act: 'open' });
    expect(press(menu, 'Delete')).toEqual({ act: 'remove' });
    expect(press(menu, 'Tab')).toBeNull();
  });
});
