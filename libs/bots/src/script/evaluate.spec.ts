import { describe, expect, it } from '@jest/globals';
import type { Condition } from './condition.js';
import { evaluate } from './evaluate.js';

const vars = {
  city: 'کرمان',
  count: 3,
  written: '۱۲',
  day: '2026-11-20',
  tags: ['VIP', 'تلفنی'],
  customer: { tier: 2 },
  empty: '',
  now: '2026-11-22T00:00:00Z',
};

describe('conditions', () => {
  it.each<[Condition, boolean]>([
    [{ var: 'city', op: 'eq', value: 'كرمان' }, true],
    [{ var: 'city', op: 'ne', value: 'یزد' }, true],
    [{ var: 'count', op: 'eq', value: '3' }, true],
    [{ var: 'count', op: 'gt', value: 3 }, false],
    [{ var: 'count', op: 'gte', value: 3 }, true],
    [{ var: 'written', op: 'gt', value: 11 }, true],
    [{ var: 'customer.tier', op: 'lte', value: 2 }, true],
    [{ var: 'city', op: 'lt', value: 9 }, false],
    [{ var: 'day', op: 'lt', value: '2026-12-01' }, true],
    [{ var: 'city', op: 'in', value: ['یزد', 'کرمان'] }, true],
    [{ var: 'tags', op: 'contains', value: 'vip' }, true],
    [{ var: 'city', op: 'contains', value: 'کرم' }, true],
    [{ var: 'empty', op: 'exists' }, false],
    [{ var: 'gone', op: 'exists', value: false }, true],
    [{ var: 'constructor', op: 'exists' }, false],
    [{ var: 'customer.toString', op: 'exists' }, false],
    [{ var: 'gone', op: 'eq', value: null }, true],
    [{ var: 'written', op: 'matches', value: '^\\d+$' }, true],
    [{ var: 'city', op: 'matches', value: '(' }, false],
    [{ var: 'day', op: 'older_than', value: '1d' }, true],
    [{ var: 'day', op: 'older_than', value: '30d' }, false],
    [{ var: 'city', op: 'older_than', value: '1d' }, false],
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ all: [{ var: 'count', op: 'exists' }, { not: { var: 'gone', op: 'exists' } }] }, true],
    [
      {
        any: [
          { var: 'gone', op: 'exists' },
          { var: 'count', op: 'eq', value: 3 },
        ],
      },
      true,
    ],
  ])('%j: %s', (condition, expected) => {
    expect(evaluate(condition, vars)).toBe(expected);
  });

  it('takes the time that it is given', () => {
    const old: Condition = { var: 'day', op: 'older_than', value: '1d' };

    expect(evaluate(old, vars, { now: Date.parse('2026-11-20T12:00:00Z') })).toBe(false);
  });

  it('matches a hostile pattern in time that grows with the text', () => {
    const started = process.cpuUsage().user;
    evaluate({ var: 'a', op: 'matches', value: '(a+)+$' }, { a: `${'a'.repeat(3_000)}!` });

    expect(process.cpuUsage(undefined).user - started).toBeLessThan(2_000_000);
  });
});
