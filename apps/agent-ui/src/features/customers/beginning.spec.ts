import { describe, expect, it } from '@jest/globals';
import { problemOf, unreachable } from '../../api/problem.js';
import { createBeginning, isInDoubt, type BeginningCalls } from './beginning.js';

const wish = { conversation: 'mina', subject: 'Your parcel', queueId: 'sales' };
const customer = { name: 'Mina', locale: 'en' as const, subject: 'Your parcel', queueId: 'sales', evenIfKnown: false };
const problem = (code: string) => problemOf(409, JSON.stringify({ code }));

/** A hub that answers by what it is given, in turn, and notes the key of every press. */
function hubThat(...answers: (Error | null)[]) {
  const pressed: string[] = [];
  const answer = async <Answer>(key: string, good: Answer): Promise<Answer> => {
    const bad = answers[pressed.push(key) - 1];
    if (bad) {
      throw bad;
    }
    return good;
  };
  const calls: BeginningCalls = {
    openTicket: async (_conversation, _ticket, key) => answer(key, { id: 'new' }),
    openCustomer: async (_customer, key) => answer(key, { conversation: 'theirs', ticket: 'new' }),
  };
  return { pressed, begin: createBeginning(calls) };
}

describe('a form that begins a conversation', () => {
  it('asks again under the same key where an answer was lost', async () => {
    const { pressed, begin } = hubThat(unreachable(), null);
    await expect(begin(wish)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await begin(wish)).toEqual({ conversation: 'mina', ticket: 'new' });
    expect(pressed[1]).toBe(pressed[0]);
  });

  it('keeps its key when somebody is added although they are known', async () => {
    const { pressed, begin } = hubThat(problem('customer_known'), null);
    await expect(begin({ customer })).rejects.toMatchObject({ code: 'customer_known' });
    expect(await begin({ customer: { ...customer, evenIfKnown: true } })).toEqual({
      conversation: 'theirs',
      ticket: 'new',
    });
    expect(new Set(pressed).size).toBe(1);
  });

  it.each(['idempotency_key_reused', 'idempotency_outcome_unknown'])(
    'takes a new key only after it has said that the first press may have begun it: %s',
    async (code) => {
      const { pressed, begin } = hubThat(unreachable(), problem(code), null);
      await expect(begin(wish)).rejects.toMatchObject({ code: 'unreachable' });
      const refused = begin({ ...wish, subject: 'Changed' });
      expect(isInDoubt(await refused.catch((error: unknown) => error))).toBe(true);
      await begin(wish);
      expect(pressed[1]).toBe(pressed[0]);
      expect(pressed[2]).not.toBe(pressed[0]);
    },
  );

  it('has a key of its own', async () => {
    const [first, second] = [hubThat(null), hubThat(null)];
    await Promise.all([first.begin(wish), second.begin(wish)]);
    expect(first.pressed).not.toEqual(second.pressed);
  });
});
