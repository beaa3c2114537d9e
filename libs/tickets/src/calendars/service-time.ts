import { hoursOfDay, type HoursOfDay, type ServiceHours } from './service-hours.js';
import { WallClock, type Span } from './wall-clock.js';

/** Counts the time in which service is given. Instants are milliseconds of the Unix epoch, durations are milliseconds. */
export interface ServiceTime {
  /** Service time from `from` to `to`; 0 where `to` is not later. */
  elapsed(from: number, to: number): number;
  /** The first instant by which `duration` of service time has passed since `from`; null when that is not so within ten years. */
  add(from: number, duration: number): number | null;
  isOpen(at: number): boolean;
  /** The first instant from `at` on at which service is given, `at` itself where it is; null when that is not so within ten years. */
  nextOpening(at: number): number | null;
}

const dayMs = 24 * 60 * 60_000;
/** How much of a calendar is laid out at once. Long enough to be worth it, short enough for a promise of minutes. */
const pageMs = 32 * dayMs;
const mostPages = Math.ceil((10 * 366 * dayMs) / pageMs);

/** Service at every hour of every day. */
export const aroundTheClock: ServiceTime = {
  elapsed: (from, to) => Math.max(0, to - from),
  add: (from, duration) => from + duration,
  isOpen: () => true,
  nextOpening: (at) => at,
};

/** The openings that begin in one page of time, in order, apart from each other. `before` is the service time of those before it. */
interface Page {
  spans: Array<Span & { before: number }>;
  total: number;
}

/** Service by the hours of a calendar. What was once asked about is laid out and kept, so the same object serves many questions. */
export function serviceTime(hours: ServiceHours): ServiceTime {
  return new CalendarTime(new WallClock(hours.timeZone), hoursOfDay(hours));
}

class CalendarTime implements ServiceTime {
  private readonly pages = new Map<number, Page>();

  constructor(
    private readonly clock: WallClock,
    private readonly hours: HoursOfDay,
  ) {}

  elapsed(from: number, to: number): number {
    if (to <= from) {
      return 0;
    }
    const [first, last] = [pageOf(from), pageOf(to)];
    let sum = 0;
    for (let index = first; index < last; index++) {
      sum += this.page(index).total;
    }
    return sum + passed(this.page(last), to) - passed(this.page(first), from);
  }

  add(from: number, duration: number): number | null {
    if (duration <= 0) {
      return from;
    }
    const first = pageOf(from);
    let left = duration + passed(this.page(first), from);
    for (let index = first; index < first + mostPages; index++) {
      const page = this.page(index);
      if (left <= page.total) {
        return reached(page, left);
      }
      left -= page.total;
    }
    return null;
  }

  isOpen(at: number): boolean {
    const span = lastWhere(this.page(pageOf(at)).spans, ({ start }) => start <= at);
    return span !== undefined && at < span.end;
  }

  nextOpening(at: number): number | null {
    const first = pageOf(at);
    for (let index = first; index < first + mostPages; index++) {
      const span = this.page(index).spans.find(({ end }) => end > at);
      if (span) {
        return Math.max(at, span.start);
      }
    }
    return null;
  }

  private page(index: number): Page {
    const known = this.pages.get(index);
    if (known) {
      return known;
    }
    const page = layOut(this.openings({ start: index * pageMs, end: (index + 1) * pageMs }));
    this.pages.set(index, page);
    return page;
  }

  private openings(within: Span): Span[] {
    return this.clock
      .daysAround(within)
      .flatMap((day) => this.clock.spansOf(day, this.hours(WallClock.nameDay(day))))
      .map(({ start, end }) => ({ start: Math.max(start, within.start), end: Math.min(end, within.end) }))
      .filter(({ start, end }) => start < end)
      .sort((one, other) => one.start - other.start);
  }
}

function pageOf(at: number): number {
  return Math.floor(at / pageMs);
}

/** Joins what touches, so that no moment is counted twice, and adds up. */
function layOut(openings: readonly Span[]): Page {
  const page: Page = { spans: [], total: 0 };
  for (const { start, end } of openings) {
    const last = page.spans.at(-1);
    if (last && start <= last.end) {
      page.total += Math.max(0, end - last.end);
      last.end = Math.max(last.end, end);
    } else {
      page.spans.push({ start, end, before: page.total });
      page.total += end - start;
    }
  }
  return page;
}

/** Service time of a page until an instant in it. */
function passed({ spans }: Page, at: number): number {
  const span = lastWhere(spans, ({ start }) => start <= at);
  return span ? span.before + Math.min(at, span.end) - span.start : 0;
}

/** The first instant by which `duration` of a page has passed; `duration` is more than 0 and at most the page's total. */
function reached({ spans }: Page, duration: number): number {
  const span = lastWhere(spans, ({ before }) => before < duration) as Span & { before: number };
  return span.start + duration - span.before;
}

/** The last of an ordered list for which `holds`; it must hold for all before that one and for none after. */
function lastWhere<T>(list: readonly T[], holds: (one: T) => boolean): T | undefined {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    [low, high] = holds(list[middle] as T) ? [middle + 1, high] : [low, middle];
  }
  return list[low - 1];
}
