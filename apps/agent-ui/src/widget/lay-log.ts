import type { Line } from './timeline.js';

/** A line with its place in the log: what is said under it, and what stands above it. */
export interface Laid {
  line: Line;
  /** The day that begins here, as it is shown. */
  day: string | null;
  /** The first of a run by one author: the name stands above it. */
  opens: boolean;
  /** The last of a run: the time stands below it. */
  closes: boolean;
}

const longestPauseMs = 5 * 60_000;

/** Breaks the lines into days, and those into runs of one author with no long pause. `dayOf` names an instant's day. */
export function layLog(lines: readonly Line[], dayOf: (at: string) => string): Laid[] {
  const days = lines.map(({ at }) => dayOf(at));
  const opens = lines.map((line, index) => {
    const before = lines[index - 1];
    return !before || days[index] !== days[index - 1] || !isOneRun(before, line);
  });
  return lines.map((line, index) => ({
    line,
    day: index === 0 || days[index] !== days[index - 1] ? (days[index] as string) : null,
    opens: opens[index] === true,
    closes: opens[index + 1] !== false,
  }));
}

function isOneRun(before: Line, line: Line): boolean {
  return (
    before.from === line.from &&
    before.name === line.name &&
    before.mark === line.mark &&
    Date.parse(line.at) - Date.parse(before.at) < longestPauseMs
  );
}
