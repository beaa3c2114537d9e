import { describe, expect, it } from '@jest/globals';
import { diffOf } from './diff-of.js';

describe('what changed between two readings of settings', () => {
  it('names the fields that differ with both values, and nothing else', () => {
    const before = { name: 'Sales', steps: [{ afterSecs: 5 }], version: 1 };
    const after = { name: 'Sales', steps: [{ afterSecs: 9 }], version: 1 };
    expect(diffOf(before, after)).toEqual({ steps: [[{ afterSecs: 5 }], [{ afterSecs: 9 }]] });
  });

  it('says null for what was not there, and takes what is missing and null for the same', () => {
    expect(diffOf({ a: null, b: 1 }, { c: 2 })).toEqual({ b: [1, null], c: [null, 2] });
  });

  it('does not take an instant and its text for two things', () => {
    const at = new Date('2026-11-23T00:00:00Z');
    expect(diffOf({ at }, { at: at.toISOString() })).toEqual({});
  });
});
