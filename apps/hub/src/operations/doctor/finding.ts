import { explain } from '../explain.js';

/** One thing that was looked at. `then` says what to do; it is empty where all is well. */
export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'problem';
  words: string;
  advice: string;
}

export const ok = (check: string, words: string): Finding => ({ check, state: 'ok', words, advice: '' });
export const warning = (check: string, words: string, advice: string): Finding => ({
  check,
  state: 'warning',
  words,
  advice,
});
export const problem = (check: string, words: string, advice: string): Finding => ({
  check,
  state: 'problem',
  words,
  advice,
});

/** A check that cannot be made is a finding too, and keeps the others from nothing. */
export async function look(check: string, work: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    return [
      problem(check, `This could not be looked at: ${explain(error)}`, 'Mend what the sentence says, and look again.'),
    ];
  }
}
