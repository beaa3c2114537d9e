import { describe, expect, it } from '@jest/globals';
import { toDraft, toForm } from './field-draft.js';

describe('a field in its form', () => {
  it('gives a choice without a value its name, and only fields to choose from have choices', () => {
    const choices = [
      { value: '', name: { en: ' Red ', fa: 'سرخ' }, retired: false },
      { value: 'blue', name: { en: '', fa: 'آبی' }, retired: true },
    ];
    const form = { ...toForm(null), kind: 'choice' as const, choices };
    expect(toDraft(form).choices).toMatchObject([{ value: 'Red' }, { value: 'blue', retired: true }]);
    expect(toDraft({ ...form, kind: 'date' }).choices).toEqual([]);
  });
});
