import { describe, expect, it } from '@jest/globals';
import type { ViewFilter } from '#contract';
import {
  asksForDone,
  fieldNames,
  fromGroup,
  isComplete,
  opsOf,
  readWords,
  testOf,
  toGroup,
  withOp,
} from './view-draft.js';

describe('a view while it is written', () => {
  it('comes back as it was saved', () => {
    const filter: ViewFilter = {
      any: [
        { field: 'priority', op: 'at_least', value: 3 },
        { all: [{ field: 'tag', op: 'has_any', value: ['vip'] }] },
      ],
    };
    expect(fromGroup(toGroup(filter))).toEqual(filter);
  });

  it('is complete once every question is answered', () => {
    const begun = {
      kind: 'all' as const,
      members: [testOf('priority'), { kind: 'any' as const, members: [testOf('tag')] }],
    };
    expect(isComplete(begun)).toBe(false);
    expect(isComplete({ kind: 'all', members: [{ ...testOf('tag'), value: ['vip'] }] })).toBe(true);
    expect(isComplete({ kind: 'all', members: [{ ...testOf('field'), value: ['red'] }] })).toBe(false);
  });

  it('begins each question in a way in which it can be asked', () => {
    for (const field of fieldNames) {
      expect(opsOf(testOf(field), undefined)).toContain(testOf(field).op);
    }
  });

  it('keeps an answer as long as it fits the way of asking', () => {
    const asked = { ...testOf('field'), key: 'size', value: [3] };
    expect(withOp(asked, 'is_not').value).toEqual([3]);
    expect(withOp(asked, 'at_least').value).toBe(0);
    expect(withOp(asked, 'is_empty')).not.toHaveProperty('value');
  });

  it('says when it may show what is done', () => {
    const asks = (value: string[], op: 'is' | 'is_not') =>
      asksForDone({ kind: 'all', members: [{ kind: 'any', members: [{ field: 'state', op, value }] }] });
    expect([
      asks(['open'], 'is'),
      asks(['solved'], 'is'),
      asks(['solved', 'closed'], 'is_not'),
      asks(['new'], 'is_not'),
    ]).toEqual([false, true, false, true]);
  });

  it('reads words in either alphabet', () => {
    expect(readWords(' vip, ویژه ، refund,,vip')).toEqual(['vip', 'ویژه', 'refund']);
  });
});
