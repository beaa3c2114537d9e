import { describe, expect, it } from '@jest/globals';
import { Gathered } from './gathered.js';

describe('questions about many at once', () => {
  it('are asked together where they come together, and each gets its own answer', async () => {
    const asked: string[][] = [];
    const gathered = new Gathered((keys) => {
      asked.push(keys);
      return Promise.resolve(keys.map((key) => `${key}!`));
    });
    expect(await gathered.of('a')).toBe('a!');
    expect(await Promise.all(['b', 'c', 'b', 'd'].map((key) => gathered.of(key)))).toEqual(['b!', 'c!', 'b!', 'd!']);
    expect(asked).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('never get an answer that is older than the question', async () => {
    let version = 1;
    const gathered = new Gathered((keys) => Promise.resolve(keys.map(() => version)));
    const first = gathered.of('a');
    await first;
    version = 2;
    expect(await gathered.of('a')).toBe(2);
  });

  it('fail together, and the next one is asked anew', async () => {
    let isAway = true;
    const gathered = new Gathered((keys) =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(keys.map(() => 1)),
    );
    const both = await Promise.allSettled([gathered.of('a'), gathered.of('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await gathered.of('a')).toBe(1);
  });
});
