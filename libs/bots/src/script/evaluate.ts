import { matchKey } from '#channels';
import { valueAt } from '../templates/value-at.js';
import type { Condition, ConditionOp, ConditionTest } from './condition.js';
import { hasPattern } from './safe-pattern.js';
import { durationMs } from './terms.js';

type Vars = Readonly<Record<string, unknown>>;

/**
 * Whether a condition holds. Closed data, so it always ends and never throws: a question that makes no sense of what is there (a number
 * compared with a word) does not hold. `at.now` in milliseconds is for `older_than`; without it the variable `now` counts.
 */
export function evaluate(condition: Condition, vars: Vars, at?: { now: number; zone?: string }): boolean {
  return ask(condition, vars, at?.now ?? toMs(valueAt(vars, ['now'])));
}

function ask(condition: Condition, vars: Vars, now: number): boolean {
  if ('all' in condition) {
    return condition.all.every((one) => ask(one, vars, now));
  }
  if ('any' in condition) {
    return condition.any.some((one) => ask(one, vars, now));
  }
  return 'not' in condition ? !ask(condition.not, vars, now) : holds(condition, vars, now);
}

function holds(test: ConditionTest, vars: Vars, now: number): boolean {
  const saw = valueAt(vars, test.var.split('.'));
  if (test.op === 'older_than') {
    return isOlder(saw, test.value, now);
  }
  return questions[test.op](saw, test.value);
}

const questions: Record<Exclude<ConditionOp, 'older_than'>, (saw: unknown, value: unknown) => boolean> = {
  eq: isSame,
  ne: (saw, value) => !isSame(saw, value),
  gt: (saw, value) => compare(saw, value, (difference) => difference > 0),
  gte: (saw, value) => compare(saw, value, (difference) => difference >= 0),
  lt: (saw, value) => compare(saw, value, (difference) => difference < 0),
  lte: (saw, value) => compare(saw, value, (difference) => difference <= 0),
  in: (saw, value) => Array.isArray(value) && value.some((one) => isSame(saw, one)),
  contains,
  exists: (saw, value) => isThere(saw) === (value !== false),
  matches: (saw, value) =>
    typeof value === 'string' &&
    isWords(saw) &&
    (hasPattern(value, String(saw)) || hasPattern(value, folded(String(saw)))),
};

function isThere(saw: unknown): boolean {
  return saw !== undefined && saw !== null && saw !== '' && !(Array.isArray(saw) && saw.length === 0);
}

const isWords = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Texts are the same in any spelling, and a number is the same as its digits. Nothing is the same as null. */
function isSame(saw: unknown, value: unknown): boolean {
  if (isWords(saw) && isWords(value)) {
    return saw === value || keyOf(saw) === keyOf(value);
  }
  return (saw ?? null) === (value ?? null);
}

/** Signs alone have no key: they are compared as they are. */
function keyOf(value: string | number): string {
  const text = String(value);
  return folded(text) || text;
}

const longText = 100;
const mostKept = 8;
const keptKeys = new Map<string, string>();

/** One long answer may be compared with hundreds of words: it is folded once. */
function folded(text: string): string {
  if (text.length < longText) {
    return matchKey(text);
  }
  const key = keptKeys.get(text) ?? matchKey(text);
  keptKeys.delete(text);
  keptKeys.set(text, key);
  const oldest = keptKeys.size > mostKept ? keptKeys.keys().next().value : undefined;
  if (oldest !== undefined) {
    keptKeys.delete(oldest);
  }
  return key;
}

function contains(saw: unknown, value: unknown): boolean {
  if (Array.isArray(saw)) {
    return saw.some((one) => isSame(one, value));
  }
  const wanted = isWords(value) ? folded(String(value)) : '';
  return wanted !== '' && isWords(saw) && folded(String(saw)).includes(wanted);
}

function compare(saw: unknown, value: unknown, answer: (difference: number) => boolean): boolean {
  const one = toOrder(saw);
  const other = toOrder(value);
  return one !== null && other !== null && answer(one - other);
}

/** Numbers, digits in any script, and days or instants, on one scale each. */
function toOrder(value: unknown): number | null {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  const number = Number(
    value
      .normalize('NFKC')
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf)),
  );
  const order = Number.isNaN(number) ? toMs(value) : number;
  return Number.isNaN(order) ? null : order;
}

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function toMs(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  return typeof value === 'string' && isoDate.test(value) ? Date.parse(value) : NaN;
}

function isOlder(saw: unknown, value: unknown, now: number): boolean {
  const at = toMs(saw);
  return typeof value === 'string' && !Number.isNaN(at) && !Number.isNaN(now) && now - at > durationMs(value);
}
