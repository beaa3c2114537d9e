/** The value below which the given share (0 to 1) of the samples lies. NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** A figure with three digits that count. */
export function show(value: number): string {
  if (!Number.isFinite(value)) {
    return '-';
  }
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(decimals);
}

/** The median of per-round ratios with their range, beside the budget it must keep: `most` is an upper bound, `least` a lower one. */
export interface Verdict {
  name: string;
  ratios: number[];
  budget: { most: number } | { least: number };
}

export function isKept({ ratios, budget }: Verdict): boolean {
  const ratio = median(ratios);
  return 'most' in budget ? ratio <= budget.most : ratio >= budget.least;
}

export function showVerdict(verdict: Verdict): string[] {
  const { name, ratios, budget } = verdict;
  const range = `${show(Math.min(...ratios))}–${show(Math.max(...ratios))}`;
  const bound = 'most' in budget ? `≤ ${budget.most}×` : `≥ ${budget.least}×`;
  return [name, `${show(median(ratios))}×`, range, bound, isKept(verdict) ? 'kept' : 'MISSED'];
}

/** Lines of text with the columns below each other. */
export function table(rows: (string | number)[][]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? show(cell) : cell)));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
