import { z, type ZodType } from 'zod';
import { readTerms, Unreadable } from '../actions/read-terms.js';
import { readNested, testsOfNested, type Nested } from '../conditions/nested.js';

/** What is known of a customer, by the key of its attribute. Who has no value fulfils `is_not` and `is_empty` only. */
export type AttributeTest = { field: 'attribute'; key: string } & (
  | { op: 'is' | 'is_not'; value: (string | number | boolean)[] }
  | { op: 'contains'; value: string[] }
  /** A number, or a day as YYYY-MM-DD. */
  | { op: 'at_least' | 'at_most'; value: number | string }
  | { op: 'is_empty' | 'is_known' }
);

/** A birthday from today on until within so many days, as the calendar counts years; `own`: that of the customer's language. */
export interface BirthdayTest {
  field: 'birthday';
  key: string;
  op: 'within';
  days: number;
  calendar: BirthdayCalendar;
}
export type BirthdayCalendar = 'jalali' | 'gregorian' | 'own';

export interface TierTest {
  field: 'tier';
  op: 'is' | 'at_least' | 'at_most';
  value: number;
}

export interface LanguageTest {
  field: 'language';
  op: 'is' | 'is_not';
  value: string[];
}

/** How many tickets of a kind. days: opened, or with `solved` solved, within so many days; null: ever. Empty lists ask for nothing. */
export interface TicketsTest {
  field: 'tickets';
  state: 'any' | 'open' | 'solved';
  days: number | null;
  queues: string[];
  tags: string[];
  op: 'at_least' | 'at_most';
  value: number;
}

/** The last score from 1 to 5 that they gave. Who gave none fulfils neither. */
export interface ScoreTest {
  field: 'score';
  op: 'at_least' | 'at_most';
  value: number;
}

/** When something was last, or first. `before`: longer ago than so many days, or, where nothing ever was, not at all. */
export interface WhenTest {
  field: WhenField;
  op: 'within' | 'before';
  days: number;
}
export type WhenField = 'last_message' | 'last_purchase' | 'known_since';

/** Over what they wrote or called us. */
export interface WaysTest {
  field: 'ways';
  op: 'has_any' | 'has_none';
  value: Way[];
}
export type Way = 'email' | 'phone' | 'telegram' | 'web' | 'external';

/**
 * Quiet for longer than is usual for them: since their last purchase (or ticket) passed more than `factor` times the median of the days
 * between theirs, and `days` at least. Who came on fewer than three days has no rhythm, and is never lapsed.
 */
export interface LapsedTest {
  field: 'lapsed';
  of: 'purchases' | 'tickets';
  op: 'longer_than';
  factor: number;
  days: number;
}

/** How often they bought, or for how much in minor units of one currency. days: within so many; null: ever. */
export type PurchasesTest =
  | { field: 'purchases'; days: number | null; op: 'at_least' | 'at_most'; value: number }
  | { field: 'spent'; currency: string; days: number | null; op: 'at_least' | 'at_most'; value: number };

/** One question about a customer. */
export type SegmentTest =
  | AttributeTest
  | BirthdayTest
  | TierTest
  | LanguageTest
  | TicketsTest
  | ScoreTest
  | WhenTest
  | WaysTest
  | LapsedTest
  | PurchasesTest;

/** Closed data: a test, or conditions within a condition. All of nothing holds, any of nothing does not. */
export type SegmentCondition = Nested<SegmentTest>;

export const segmentLimits = { depth: 6, tests: 40, birthdayDays: 60 };

const key = z.string().trim().min(1, 'Choose one.').max(60);
const days = z.int().min(1).max(3650);
const bounds = z.enum(['at_least', 'at_most']);
const count = z.int().min(0).max(1_000_000);
const chosen = 'Choose at least one.';
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a day as 2026-03-21.');

const attribute = z.discriminatedUnion('op', [
  z.strictObject({
    field: z.literal('attribute'),
    key,
    op: z.enum(['is', 'is_not']),
    value: z
      .array(z.union([z.string().max(500), z.number(), z.boolean()]))
      .min(1, chosen)
      .max(200),
  }),
  z.strictObject({
    field: z.literal('attribute'),
    key,
    op: z.literal('contains'),
    value: z.array(z.string().trim().min(1, 'Write something.').max(200)).min(1, chosen).max(50),
  }),
  z.strictObject({ field: z.literal('attribute'), key, op: bounds, value: z.union([z.number(), day]) }),
  z.strictObject({ field: z.literal('attribute'), key, op: z.enum(['is_empty', 'is_known']) }),
]);

const whenFields = ['last_message', 'last_purchase', 'known_since'] as const;

const tests: Record<string, ZodType<SegmentTest>> = {
  attribute,
  birthday: z.strictObject({
    field: z.literal('birthday'),
    key,
    op: z.literal('within'),
    days: z.int().min(0).max(segmentLimits.birthdayDays),
    calendar: z.enum(['jalali', 'gregorian', 'own']),
  }),
  tier: z.strictObject({
    field: z.literal('tier'),
    op: z.enum(['is', 'at_least', 'at_most']),
    value: z.int().min(0).max(9),
  }),
  language: z.strictObject({
    field: z.literal('language'),
    op: z.enum(['is', 'is_not']),
    value: z.array(z.string().min(2).max(20)).min(1, chosen).max(20),
  }),
  tickets: z.strictObject({
    field: z.literal('tickets'),
    state: z.enum(['any', 'open', 'solved']),
    days: days.nullable(),
    queues: z.array(z.uuid()).max(50),
    tags: z.array(z.string().trim().min(1).max(60)).max(50),
    op: bounds,
    value: count,
  }),
  score: z.strictObject({ field: z.literal('score'), op: bounds, value: z.int().min(1).max(5) }),
  ...Object.fromEntries(
    whenFields.map((field) => [
      field,
      z.strictObject({ field: z.literal(field), op: z.enum(['within', 'before']), days }),
    ]),
  ),
  ways: z.strictObject({
    field: z.literal('ways'),
    op: z.enum(['has_any', 'has_none']),
    value: z
      .array(z.enum(['email', 'phone', 'telegram', 'web', 'external']))
      .min(1, chosen)
      .max(5),
  }),
  lapsed: z.strictObject({
    field: z.literal('lapsed'),
    of: z.enum(['purchases', 'tickets']),
    op: z.literal('longer_than'),
    factor: z.number().min(1).max(20),
    days: z.int().min(0).max(3650),
  }),
  purchases: z.strictObject({
    field: z.literal('purchases'),
    days: days.nullable(),
    op: bounds,
    value: count,
  }),
  spent: z.strictObject({
    field: z.literal('spent'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Write a currency as three capital letters.'),
    days: days.nullable(),
    op: bounds,
    value: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
};

/** Every field that a test may ask about. */
export const segmentFields = Object.keys(tests);

/**
 * A condition as somebody wrote or stored it.
 *
 * @throws Unreadable naming the first thing that is wrong and where, e.g. `condition.all.1.value.0`.
 */
export function readSegment(written: unknown, at = 'condition'): SegmentCondition {
  const tooMany = `A segment asks at most ${String(segmentLimits.tests)} questions.`;
  return readNested(written, at, { limits: segmentLimits, tooMany, readTest });
}

function readTest(written: object, at: string): SegmentTest {
  const field: unknown = Reflect.get(written, 'field');
  const schema = typeof field === 'string' && Object.hasOwn(tests, field) ? tests[field] : undefined;
  if (!schema) {
    throw new Unreadable(`${at}.field`, 'Nothing of this name is known here.');
  }
  return readTerms(schema, written, at);
}

/** Every test of a condition, in the order in which they are written. */
export const testsOfSegment: (condition: SegmentCondition) => SegmentTest[] = testsOfNested;
