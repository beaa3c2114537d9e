import { describe, expect, it } from '@jest/globals';
import { MicroBatch } from './micro-batch.js';

/** A run that holds every batch until it is let go. */
function buildBatch(options: { maxSize?: number; maxInFlight?: number } = {}) {
  const batches: { items: string[]; finish: () => void; fail: (error: Error) => void }[] = [];
  const batch = new MicroBatch<string, string>({
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, finish: () => resolve(items.map((item) => `${item}!`)), fail: reject });
      }),
    keyOf: (item) => item[0] as string,
    maxSize: options.maxSize ?? 64,
    maxInFlight: options.maxInFlight ?? 1,
  });
  return { batch, batches };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('micro-batching', () => {
  it('runs a lone item at once', () => {
    const { batch, batches } = buildBatch();
    void batch.add('a1');
    expect(batches.map(({ items }) => items)).toEqual([['a1']]);
  });

  it('gathers what arrives meanwhile into one batch of bounded size', async () => {
    const { batch, batches } = buildBatch({ maxSize: 2 });
    const results = ['a1', 'b1', 'c1', 'd1'].map((item) => batch.add(item));
    batches[0]?.finish();
    await settled();
    batches[1]?.finish();
    await settled();
    batches[2]?.finish();
    expect(await Promise.all(results)).toEqual(['a1!', 'b1!', 'c1!', 'd1!']);
    expect(batches.map(({ items }) => items)).toEqual([['a1'], ['b1', 'c1'], ['d1']]);
  });

  it('never has items of one key in two batches at once', async () => {
    const { batch, batches } = buildBatch({ maxInFlight: 2 });
    void batch.add('a1');
    void batch.add('a2');
    void batch.add('b1');
    expect(batches.map(({ items }) => items)).toEqual([['a1'], ['b1']]);
    batches[1]?.finish();
    await settled();
    expect(batches).toHaveLength(2);
    batches[0]?.finish();
    await settled();
    expect(batches[2]?.items).toEqual(['a2']);
  });

  it('lets a poisonous item fail alone', async () => {
    const poison = new MicroBatch<string, string>({
      run: (items) => (items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items)),
      keyOf: (item) => item,
      maxSize: 64,
      maxInFlight: 1,
    });
    const results = await Promise.allSettled(['first', 'good', 'bad', 'fine'].map((item) => poison.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
