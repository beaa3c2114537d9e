import type { OutlineRow } from '../document/outline.js';

type Move = { act: 'focus'; id: string } | { act: 'fold' | 'unfold' | 'open' | 'remove' };

interface Pressed {
  key: string;
  isRtl: boolean;
  isClosed: boolean;
}

/** What a key does in a tree, as the ARIA guide for trees has it; null for a key that means nothing there. */
export function moveIn(rows: readonly OutlineRow[], row: OutlineRow, { key, isRtl, isClosed }: Pressed): Move | null {
  const at = rows.findIndex(({ id }) => id === row.id);
  const to = (place: number): Move | null => {
    const id = rows[place]?.id;
    return id === undefined ? null : { act: 'focus', id };
  };
  const inward = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const outward = isRtl ? 'ArrowRight' : 'ArrowLeft';
  const moves: Record<string, () => Move | null> = {
    ArrowDown: () => to(at + 1),
    ArrowUp: () => to(at - 1),
    Home: () => to(0),
    End: () => to(rows.length - 1),
    Enter: () => ({ act: 'open' }),
    ' ': () => ({ act: 'open' }),
    Delete: () => ({ act: 'remove' }),
    [inward]: () => goInward(row, isClosed, to(at + 1)),
    [outward]: () => (row.hasChildren && !isClosed ? { act: 'fold' } : to(parentOf(rows, at))),
  };
  return moves[key]?.() ?? null;
}

function goInward(row: OutlineRow, isClosed: boolean, next: Move | null): Move | null {
  if (!row.hasChildren) {
    return null;
  }
  return isClosed ? { act: 'unfold' } : next;
}

function parentOf(rows: readonly OutlineRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  return rows.slice(0, at).findLastIndex((row) => row.level < level);
}
