import { create } from 'zustand';

/** Which lines of a list are chosen, by the ids of their tickets, so that lines may come, go and move meanwhile. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Where a stretch begins that is extended; null: nowhere yet. */
  anchor: string | null;
  /** What was chosen before the stretch that is being extended. */
  kept: ReadonlySet<string>;
  /** Everything in the view is meant, what is not loaded as well, as of this instant. */
  wholeSince: string | null;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null, kept: new Set(), wholeSince: null };

/** Adds a line, or takes it out; the next stretch begins there. */
export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) {
    next.add(id);
  }
  return { ids: next, anchor: id, kept: next, wholeSince: null };
}

/** Every line from where the stretch began up to this one, besides what was chosen before. `order`: the lines as they stand. */
export function extendTo(selection: Selection, order: readonly string[], id: string): Selection {
  const to = order.indexOf(id);
  const from = selection.anchor === null ? to : order.indexOf(selection.anchor);
  if (to < 0 || from < 0) {
    return toggle(nothingSelected, id);
  }
  const stretch = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return {
    ids: new Set([...selection.kept, ...stretch]),
    anchor: selection.anchor ?? id,
    kept: selection.kept,
    wholeSince: null,
  };
}

export function selectAll(order: readonly string[]): Selection {
  const ids = new Set(order);
  return { ids, anchor: order[0] ?? null, kept: ids, wholeSince: null };
}

/** The lines that are chosen and there: what left the list is not acted upon, and is chosen again when it comes back. */
export function shownOf<Line extends { ticket: { id: string } }>(
  { ids, wholeSince }: Selection,
  rows: readonly Line[],
): Line[] {
  return wholeSince === null ? rows.filter(({ ticket }) => ids.has(ticket.id)) : [...rows];
}

/** The one selection of the page: a list that is left leaves none. */
export const useSelection = create<Selection>()(() => nothingSelected);

export function clearSelection(): void {
  useSelection.setState(nothingSelected);
}
