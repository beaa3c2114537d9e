import { describe, expect, it } from '@jest/globals';
import { listChoices, readField } from './merge-choices.js';

const conflict = (field: string, chosen: 'from' | 'into' = 'into') => ({ field, from: 'a', into: 'b', chosen });

describe('the choices of a merge', () => {
  it('name every field that was shown, with what the agent chose and else with what was marked', () => {
    const conflicts = [conflict('name'), conflict('tier', 'from'), conflict('locale')];
    expect(listChoices(conflicts, { name: 'from' })).toEqual({ name: 'from', tier: 'from', locale: 'into' });
  });

  it('put custom fields by their own names, also one that is called like a field of the profile or has a dot', () => {
    const conflicts = [conflict('name'), conflict('fields.name'), conflict('fields.fields.plan', 'from')];
    expect(listChoices(conflicts, { 'fields.name': 'from' })).toEqual({
      name: 'into',
      fields: { name: 'from', 'fields.plan': 'from' },
    });
  });

  it('leave out what an earlier look at the two had asked, and are empty where they agree', () => {
    expect(listChoices([], { name: 'from' })).toEqual({});
  });

  it('know the fields that every customer has', () => {
    expect(readField('tz')).toEqual({ profile: 'tz' });
    expect(readField('fields.tz')).toEqual({ custom: 'tz' });
  });
});
