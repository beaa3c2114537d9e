import type { TicketState } from '../tickets/ticket-state.js';
import type { Way } from './segment-condition.js';

/** A customer as segments know them: everything of everybody who is this person. */
export interface PersonFacts {
  /** Values by the keys of attributes. */
  attributes: Readonly<Record<string, unknown>>;
  tier: number;
  locale: string;
  knownSince: Date;
  tickets: readonly {
    state: TicketState;
    queueId: string;
    tags: readonly string[];
    openedAt: Date;
    solvedAt: Date | null;
  }[];
  /** From 1 to 5. */
  scores: readonly { score: number; at: Date }[];
  /** Addresses that they wrote from or called from, and when last. */
  ways: readonly { kind: Way; seenAt: Date }[];
  purchases: readonly { at: Date; amount: number; currency: string }[];
}

/** The moment at which a segment is asked. */
export interface SegmentMoment {
  now: Date;
  /** The day that it is where the organisation is, YYYY-MM-DD: whose birthday is today. */
  today: string;
}

const dayMs = 86_400_000;

/** So many days before: where `within` begins. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}

/** The day of an instant in UTC, counted from the Unix epoch. */
export function dayNumber(at: Date): number {
  return Math.floor(at.getTime() / dayMs);
}

/** How usual a pause is for somebody: the days on which they came, told apart in UTC. */
export interface Rhythm {
  /** Days since the last of them. */
  quietDays: number;
  /** The median of the days between two of them. */
  medianDays: number;
}

/** Null for who came on fewer than three days: two pauses are the least that a habit can be told from. */
export function rhythmOf(instants: readonly Date[], now: Date): Rhythm | null {
  const days = [...new Set(instants.map(dayNumber))].toSorted((a, b) => a - b);
  if (days.length < 3) {
    return null;
  }
  const gaps = days
    .slice(1)
    .map((day, index) => day - (days[index] as number))
    .toSorted((a, b) => a - b);
  const half = (gaps.length - 1) / 2;
  const [low, high] = [gaps[Math.floor(half)], gaps[Math.ceil(half)]] as [number, number];
  return { quietDays: dayNumber(now) - (days.at(-1) as number), medianDays: low + (high - low) * (half % 1) };
}
