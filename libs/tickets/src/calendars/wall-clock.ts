import { IANAZone } from 'luxon';
import type { DayPart, LocalDay } from './service-hours.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A span of time: milliseconds of the Unix epoch, `end` not within. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The clock on the wall of a place. An hour that is skipped in spring is no time at all, and one that comes twice in autumn is
 * two hours: a window is open at exactly those moments at which the wall shows a time within it.
 */
export class WallClock {
  private readonly zone: IANAZone;

  /** Throws RangeError for a zone that does not exist. */
  constructor(timeZone: string) {
    this.zone = IANAZone.create(timeZone);
    if (!this.zone.isValid) {
      throw new RangeError(`There is no time zone ${timeZone}`);
    }
  }

  /** The days that the wall shows in a span, a day more at each end. */
  daysAround({ start, end }: Span): number[] {
    const first = Math.floor(start / dayMs) - 1;
    return Array.from({ length: Math.ceil(end / dayMs) + 1 - first }, (_, index) => first + index);
  }

  /** A day by its number since 1970-01-01. */
  static nameDay(day: number): LocalDay {
    return { iso: new Date(day * dayMs).toISOString().slice(0, 10), weekday: ((((day + 3) % 7) + 7) % 7) + 1 };
  }

  /** What the wall shows: the day, and the minute after its midnight. */
  read(at: number): { day: string; minute: number } {
    const wall = at + this.offsetAt(at);
    const day = Math.floor(wall / dayMs);
    return { day: WallClock.nameDay(day).iso, minute: Math.floor((wall - day * dayMs) / minuteMs) };
  }

  /** When the wall shows a time within the parts of a day. */
  spansOf(day: number, parts: readonly DayPart[]): Span[] {
    return this.constantSpans({ start: (day - 1) * dayMs, end: (day + 2) * dayMs }).flatMap(({ start, end, offset }) =>
      parts.flatMap((part) => {
        const from = Math.max(start, day * dayMs + part.from * minuteMs - offset);
        const to = Math.min(end, day * dayMs + part.to * minuteMs - offset);
        return from < to ? [{ start: from, end: to }] : [];
      }),
    );
  }

  /** A span cut where the clocks are changed. No place changes them twice within three days. */
  private constantSpans({ start, end }: Span): Array<Span & { offset: number }> {
    const [before, after] = [this.offsetAt(start), this.offsetAt(end)];
    if (before === after) {
      return [{ start, end, offset: before }];
    }
    let [early, late] = [start, end];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      [early, late] = this.offsetAt(middle) === before ? [middle, late] : [early, middle];
    }
    return [
      { start, end: late, offset: before },
      { start: late, end, offset: after },
    ];
  }

  /** Milliseconds that the wall is ahead of UTC. */
  private offsetAt(at: number): number {
    return this.zone.offset(at) * minuteMs;
  }
}

/** What the wall of a place shows at an instant: the day, and the minute after its midnight. Throws RangeError for a zone that does not exist. */
export function localTime(timeZone: string, at: number): { day: string; minute: number } {
  return new WallClock(timeZone).read(at);
}
