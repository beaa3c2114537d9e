import { describe, expect, it } from '@jest/globals';
import { draftOf, readWords, termsOf, testOf, withOperator } from './rule-draft.js';

describe('conditions in the editor', () => {
  it('keep a value as long as the next operator takes one of its shape', () => {
    const words = { ...testOf('message.text'), value: ['refund'] };
    expect(withOperator(words, 'starts_with').value).toEqual(['refund']);
    expect(withOperator(words, 'matches').value).toBe('');
    expect(withOperator(words, 'is_empty')).toEqual({ field: 'message.text', op: 'is_empty' });
    expect(testOf('ticket.field')).toEqual({ field: 'ticket.field', op: 'is', key: '', value: [] });
  });
});

it('a new rule is off, and what it says is whole', () => {
  const draft = draftOf(null);
  expect(draft.enabled).toBe(false);
  expect(termsOf(draft)).toMatchObject({ event: { on: 'message_received' }, stops: false, maxPerHour: 10 });
});

it('words are read from what was typed, in either comma', () => {
  expect(readWords('یک، دو,three\n', /[,،\n]/u)).toEqual(['یک', 'دو', 'three']);
});
