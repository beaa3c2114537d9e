/** What a test may ask about. */
export const fieldNames = [
  'attribute',
  'birthday',
  'tier',
  'language',
  'tickets',
  'score',
  'last_message',
  'known_since',
  'ways',
  'last_purchase',
  'purchases',
  'spent',
  'lapsed',
] as const;
export type Field = (typeof fieldNames)[number];

export type Operator =
  | 'is'
  | 'is_not'
  | 'contains'
  | 'at_least'
  | 'at_most'
  | 'is_empty'
  | 'is_known'
  | 'within'
  | 'before'
  | 'has_any'
  | 'has_none'
  | 'longer_than';

/** By which operators each may be asked. Of attributes it depends on their kind; these are for all of them. */
export const operators: Record<Field, readonly Operator[]> = {
  attribute: ['is', 'is_not', 'contains', 'at_least', 'at_most', 'is_known', 'is_empty'],
  birthday: ['within'],
  tier: ['at_least', 'at_most', 'is'],
  language: ['is', 'is_not'],
  tickets: ['at_least', 'at_most'],
  score: ['at_most', 'at_least'],
  last_message: ['within', 'before'],
  known_since: ['within', 'before'],
  ways: ['has_any', 'has_none'],
  last_purchase: ['within', 'before'],
  purchases: ['at_least', 'at_most'],
  spent: ['at_least', 'at_most'],
  lapsed: ['longer_than'],
};

/** One question; what else it holds depends on its field. */
export interface Test {
  field: Field;
  op: Operator;
  key?: string;
  currency?: string;
  [more: string]: unknown;
}

const beginnings: Record<Field, Record<string, unknown>> = {
  attribute: { key: '', value: [] },
  birthday: { key: '', days: 7, calendar: 'own' },
  tier: { value: 1 },
  language: { value: ['fa'] },
  tickets: { state: 'any', days: null, queues: [], tags: [], value: 1 },
  score: { value: 2 },
  last_message: { days: 30 },
  known_since: { days: 30 },
  ways: { value: ['email'] },
  last_purchase: { days: 90 },
  purchases: { days: 365, value: 1 },
  spent: { currency: 'IRR', days: 365, value: 0 },
  lapsed: { of: 'purchases', factor: 2, days: 30 },
};

/** A test of a field as it begins. */
export function testOf(field: Field): Test {
  return { field, op: operators[field][0] as Operator, ...beginnings[field] };
}

/** The same test by another operator; a value of another shape begins anew. */
export function withOperator(test: Test, op: Operator): Test {
  if (test.field !== 'attribute') {
    return { ...test, op };
  }
  const { field, key = '' } = test;
  if (op === 'is_empty' || op === 'is_known') {
    return { field, key, op };
  }
  const isBound = op === 'at_least' || op === 'at_most';
  const value = test['value'];
  const isAlike = value !== undefined && Array.isArray(value) !== isBound;
  return { field, key, op, value: isAlike ? value : isBound ? 0 : [] };
}

/** Values of a test that are words, as they are typed: one a line. */
export function readLines(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
