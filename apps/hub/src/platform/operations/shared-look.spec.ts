import { expect, it } from '@jest/globals';
import { SharedLook } from './shared-look.js';

/** Looks that each count themselves and end when they are let; `let` of one that has not begun counts for it. */
function watched() {
  const ends: PromiseWithResolvers<number>[] = [];
  const endOf = (number: number) => (ends[number - 1] ??= Promise.withResolvers<number>());
  let begun = 0;
  const look = new SharedLook(() => endOf(++begun).promise);
  return {
    look,
    begun: () => begun,
    let: (number: number) => endOf(number).resolve(number),
    fail: (number: number) => endOf(number).reject(new Error('no')),
  };
}

it('gives all who ask during a look the next one, which begins after they asked', async () => {
  const { look, begun, let: end } = watched();
  const asked = [look.take(), look.take(), look.take()];
  expect(begun()).toBe(1);
  end(1);
  end(2);
  expect(await Promise.all(asked)).toEqual([1, 2, 2]);
  expect(begun()).toBe(2);
});

it('begins at once where none is under way', async () => {
  const { look, let: end } = watched();
  end(1);
  end(2);
  expect(await look.take()).toBe(1);
  expect(await look.take()).toBe(2);
});

it('has one look at a time, also for those who ask the moment one ends', async () => {
  const { look, begun, let: end } = watched();
  const first = look.take();
  const second = look.take();
  const asked = first.then(() => [look.take(), look.take()]);
  end(1);
  const [third, fourth] = await asked;
  expect(begun()).toBe(2);
  end(2);
  end(3);
  expect(await Promise.all([second, third, fourth])).toEqual([2, 2, 2]);
});

it('tells those who asked for it of a failure, and goes on with the next', async () => {
  const { look, let: end, fail } = watched();
  const first = look.take();
  const second = look.take();
  fail(1);
  end(2);
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
});

it('is settled when neither one is under way nor asked for', async () => {
  const { look, begun, let: end } = watched();
  void look.take();
  void look.take();
  let isSettled = false;
  const settled = look.settled().then(() => (isSettled = true));
  end(1);
  await Promise.resolve();
  expect(isSettled).toBe(false);
  end(2);
  await settled;
  expect(begun()).toBe(2);
});
