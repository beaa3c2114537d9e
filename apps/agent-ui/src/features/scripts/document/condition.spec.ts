import { describe, expect, it } from '@jest/globals';
import { flatten, unflatten } from './condition.js';

describe('a condition in a form', () => {
  it('goes there and back unchanged', () => {
    const conditions = [
      { var: 'order.status', op: 'eq', value: 'sent' },
      {
        any: [
          { var: 'amount', op: 'gt', value: 100 },
          { var: 'vip', op: 'eq', value: true },
        ],
      },
      {
        all: [
          { var: 'city', op: 'in', value: ['تهران', 'قم', 21] },
          { var: 'x', op: 'exists' },
        ],
      },
      { var: 'x', op: 'exists', value: false },
      { var: 'code', op: 'eq', value: '0912' },
      { var: 'text', op: 'contains', value: '12' },
    ];
    for (const condition of conditions) {
      const flat = flatten(condition);
      expect(flat && unflatten(flat)).toEqual(condition);
    }
  });

  it('is left to the text where conditions stand within conditions', () => {
    expect(flatten({ not: { var: 'x', op: 'exists' } })).toBeNull();
    expect(flatten({ all: [{ any: [] }] })).toBeNull();
  });

  it('is none where there are no tests', () => {
    expect(unflatten({ kind: 'any', rows: [] })).toBeUndefined();
    expect(flatten(undefined)).toEqual({ kind: 'all', rows: [] });
  });
});
