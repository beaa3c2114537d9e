/** A box to be placed: how high it is depends on how many ways lead out of it. */
export interface Box {
  id: string;
  height: number;
}

/** A way from a box to another. */
export interface Way {
  from: string;
  to: string;
}

/** Where the upper corner of a box lies, at the side where reading begins. */
export interface Spot {
  x: number;
  y: number;
}

export const boxWidth = 240;
const gapAcross = 110;
const gapBelow = 34;

/**
 * Places boxes in columns: each one column after the first that leads to it (ways that lead back do not push), those that nothing leads
 * to in the first. Within a column boxes stand near to where their ways come from. The same boxes and ways always lie alike.
 */
export function layOut(boxes: readonly Box[], ways: readonly Way[], beginnings: readonly string[]): Map<string, Spot> {
  const columns = columnsOf(boxes, ways, beginnings);
  sortByCrossings(columns, ways);
  const spots = new Map<string, Spot>();
  const heights = new Map(boxes.map(({ id, height }) => [id, height]));
  const tall = columns.map((column) => heightOf(column, heights));
  const middle = Math.max(0, ...tall) / 2;
  columns.forEach((column, place) => {
    let y = middle - (tall[place] ?? 0) / 2;
    for (const id of column) {
      spots.set(id, { x: place * (boxWidth + gapAcross), y });
      y += (heights.get(id) ?? 0) + gapBelow;
    }
  });
  return spots;
}

function heightOf(column: readonly string[], heights: ReadonlyMap<string, number>): number {
  return column.reduce((sum, id) => sum + (heights.get(id) ?? 0) + gapBelow, -gapBelow);
}

function columnsOf(boxes: readonly Box[], ways: readonly Way[], beginnings: readonly string[]): string[][] {
  const known = new Set(boxes.map(({ id }) => id));
  const onward = forwardWays(known, ways, beginnings);
  const column = new Map<string, number>();
  // Ways that lead back are gone, so this ends after as many rounds as the longest way has steps.
  const begin = [...known].filter((id) => !onward.some(({ to }) => to === id));
  let round = begin;
  for (let place = 0; round.length > 0 && place <= known.size; place += 1) {
    const here = place;
    round.forEach((id) => column.set(id, here));
    const reached = new Set(round);
    round = [...new Set(onward.filter(({ from }) => reached.has(from)).map(({ to }) => to))];
  }
  const columns: string[][] = [];
  boxes.forEach(({ id }) => {
    const place = column.get(id) ?? 0;
    (columns[place] ??= []).push(id);
  });
  return Array.from(columns, (ids) => ids ?? []).filter((ids) => ids.length > 0);
}

/** The ways without those that lead back to where one has come from. */
function forwardWays(known: ReadonlySet<string>, ways: readonly Way[], beginnings: readonly string[]): Way[] {
  const onward: Way[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const outOf = new Map<string, Way[]>();
  ways
    .filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
    .forEach((way) => outOf.set(way.from, [...(outOf.get(way.from) ?? []), way]));
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const way of outOf.get(id) ?? []) {
      if (state.get(way.to) === 'open') {
        continue;
      }
      onward.push(way);
      if (!state.has(way.to)) {
        visit(way.to);
      }
    }
    state.set(id, 'done');
  };
  [...beginnings, ...known].filter((id) => known.has(id)).forEach((id) => state.has(id) || visit(id));
  return onward;
}

/** Four sweeps by the middle of the neighbours: enough for scripts that people can read. */
function sortByCrossings(columns: string[][], ways: readonly Way[]): void {
  const sweep = (from: readonly string[], to: string[], isOnward: boolean): void => {
    const places = new Map(from.map((id, place) => [id, place]));
    const middles = new Map(
      to.map((id, place) => {
        const near = ways.flatMap((way) => {
          const other = isOnward ? way.to === id && places.get(way.from) : way.from === id && places.get(way.to);
          return typeof other === 'number' ? [other] : [];
        });
        return [id, near.length > 0 ? near.reduce((sum, one) => sum + one, 0) / near.length : place];
      }),
    );
    to.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  };
  for (let round = 0; round < 2; round += 1) {
    columns.slice(1).forEach((column, before) => sweep(columns[before] ?? [], column, true));
    columns
      .slice(0, -1)
      .map((column, place) => [columns[place + 1] ?? [], column] as const)
      .toReversed()
      .forEach(([after, column]) => sweep(after, column, false));
  }
}
