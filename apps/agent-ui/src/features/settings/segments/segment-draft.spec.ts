import { describe, expect, it } from '@jest/globals';
import { fieldNames, testOf, withOperator, type Test } from './segment-draft.js';

describe('a segment in its form', () => {
  it.each(fieldNames)('begins a question about %s with an operator that it has', (field) => {
    expect(testOf(field)).toMatchObject({ field, op: expect.any(String) });
  });

  it('begins the value anew only where it has another shape', () => {
    const test: Test = { field: 'attribute', key: 'region', op: 'is', value: ['fars'] };
    expect(withOperator(test, 'is_not')).toEqual({ ...test, op: 'is_not' });
    expect(withOperator(test, 'at_least')).toEqual({ field: 'attribute', key: 'region', op: 'at_least', value: 0 });
    expect(withOperator(test, 'is_known')).toEqual({ field: 'attribute', key: 'region', op: 'is_known' });
    expect(withOperator(withOperator(test, 'is_known'), 'is')).toMatchObject({ value: [] });
  });
});
