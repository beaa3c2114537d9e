import type { ListRow } from '#contract';

/** A line of a view that its ticket has left while it was looked at: it stays, greyed, until the reader moves on. */
export interface ShownRow extends ListRow {
  hasLeft?: true;
}

export function hasLeft(row: ListRow): boolean {
  return (row as ShownRow).hasLeft === true;
}
