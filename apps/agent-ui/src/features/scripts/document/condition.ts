import { isMapping, listOf, wordOf, type Mapping } from './script-words.js';

export const conditionOps = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'exists',
  'matches',
  'older_than',
] as const;
export type ConditionOp = (typeof conditionOps)[number];

export interface ConditionRow {
  var: string;
  op: ConditionOp;
  /** As it is typed; several for `in`, one on each line. */
  value: string;
}

/** A condition that a form can show: some tests, of which all or any have to hold. */
export interface FlatCondition {
  kind: 'all' | 'any';
  rows: ConditionRow[];
}

/** Reads a condition as rows; null: conditions within conditions, which only the text can show. */
export function flatten(condition: unknown): FlatCondition | null {
  if (condition === undefined || condition === null) {
    return { kind: 'all', rows: [] };
  }
  if (!isMapping(condition)) {
    return null;
  }
  for (const kind of ['all', 'any'] as const) {
    if (kind in condition) {
      const rows = listOf(condition[kind]).map(rowOf);
      return rows.includes(null) ? null : { kind, rows: rows.filter((row) => row !== null) };
    }
  }
  const row = rowOf(condition);
  return row && { kind: 'all', rows: [row] };
}

function rowOf(test: unknown): ConditionRow | null {
  if (!isMapping(test) || typeof test['var'] !== 'string') {
    return null;
  }
  const op = conditionOps.find((one) => one === test['op']) ?? 'eq';
  const value = test['value'];
  return { var: test['var'], op, value: Array.isArray(value) ? value.map(wordOf).join('\n') : wordOf(value) };
}

/** The condition that rows say; undefined where there are none. */
export function unflatten({ kind, rows }: FlatCondition): Mapping | undefined {
  const tests = rows.map(({ var: name, op, value }) => ({ var: name, op, ...valueOf(op, value) }));
  if (tests.length === 0) {
    return undefined;
  }
  return tests.length === 1 && kind === 'all' ? tests[0] : { [kind]: tests };
}

/** Comparisons of texts: what looks like a number is none there. */
const textual: readonly ConditionOp[] = ['contains', 'matches', 'older_than'];

function valueOf(op: ConditionOp, typed: string): { value?: unknown } {
  if (op === 'exists') {
    return typed === 'false' ? { value: false } : {};
  }
  if (op === 'in') {
    const words = typed.split('\n').map((word) => word.trim());
    return { value: words.filter((word) => word !== '').map(plain) };
  }
  return { value: textual.includes(op) ? typed : plain(typed) };
}

/** Numbers, yes and no as such. A number that begins with 0 is a code and stays a text. */
function plain(typed: string): string | number | boolean {
  if (typed === 'true' || typed === 'false') {
    return typed === 'true';
  }
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/u.test(typed) ? Number(typed) : typed;
}
