import { describe, expect, it } from '@jest/globals';
import { daysOf, draftOf, withKind } from './survey-draft.js';

describe('a survey under edit', () => {
  it('keeps to the scale of its kind', () => {
    expect(withKind(draftOf(null), 'nps')).toMatchObject({ kind: 'nps', lowScore: 6 });
    expect(withKind({ ...draftOf(null), lowScore: null }, 'nps').lowScore).toBeNull();
  });

  it('is saved as it was read', () => {
    const draft = draftOf(null);
    expect(draftOf({ ...draft, id: 'x', isUsed: true })).toEqual(draft);
    expect([daysOf(168), daysOf(1), daysOf(36)]).toEqual([7, 1, 2]);
  });
});
