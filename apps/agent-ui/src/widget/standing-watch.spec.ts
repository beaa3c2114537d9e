import { describe, expect, it } from '@jest/globals';
import type { VisitorStanding } from '#contract';
import { StandingWatch } from './standing-watch.js';

const standing = { isOpen: true } as VisitorStanding;

/** Lets what is resolved already run. */
async function turn(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await Promise.resolve();
  }
}

/** A watch whose time passes when it is told to. */
function build(more: { mayAsk?: () => boolean; isWaiting?: () => boolean } = {}) {
  const [asked, told]: [number[], VisitorStanding[]] = [[], []];
  let now = 0;
  let due: { at: number; run: () => void } | null = null;
  const timers = {
    now: () => now,
    after(ms: number, run: () => void) {
      const mine = { at: now + ms, run };
      due = mine;
      return () => {
        due = due === mine ? null : due;
      };
    },
  };
  const watch = new StandingWatch(
    {
      mayAsk: () => true,
      isWaiting: () => false,
      ask: () => Promise.resolve((asked.push(now), standing)),
      tell: (one) => void told.push(one),
      ...more,
    },
    timers,
  );
  const pass = async (ms: number): Promise<void> => {
    const end = now + ms;
    while (due && due.at <= end) {
      const { at, run } = due;
      [now, due] = [at, null];
      run();
      await turn();
    }
    now = end;
  };
  return { watch, asked, told, pass };
}

describe('watching how things stand', () => {
  it('asks now and then while nothing is waited for, and often while something is', async () => {
    const calm = build();
    await calm.watch.now();
    await calm.pass(90_000);
    expect(calm.asked).toEqual([0, 45_000, 90_000]);
    const eager = build({ isWaiting: () => true });
    await eager.watch.now();
    await eager.pass(30_000);
    expect(eager.asked).toEqual([0, 10_000, 20_000, 30_000]);
    expect(eager.told).toHaveLength(4);
  });

  it('makes one question of what happens at once', async () => {
    const { watch, asked, pass } = build();
    watch.soon();
    watch.soon();
    await pass(400);
    expect(asked).toEqual([400]);
  });

  it('asks nothing while nobody looks, until it is told to', async () => {
    let looks = false;
    const { watch, asked, pass } = build({ mayAsk: () => looks });
    await watch.now();
    await pass(600_000);
    expect(asked).toEqual([]);
    looks = true;
    await watch.now();
    expect(asked).toEqual([600_000]);
  });

  it('takes a place in line as it is told, and asks where more than that has changed', async () => {
    const { watch, asked, told, pass } = build();
    const waiting = { ...standing, queue: { place: 3, minutes: null, isMore: false } };
    const frame = { position: 2, waitMinutes: 5, isMore: false, isOpen: true };
    watch.move(waiting, frame);
    expect(told).toEqual([{ ...waiting, queue: { place: 2, minutes: 5, isMore: false } }]);
    for (const [known, news] of [
      [null, frame],
      [{ ...waiting, queue: null }, frame],
      [waiting, { ...frame, position: null }],
      [waiting, { ...frame, isOpen: false }],
    ] as const) {
      const before = asked.length;
      watch.move(known, news);
      await pass(400);
      expect(asked).toHaveLength(before + 1);
    }
    expect(told.filter(({ queue }) => queue !== undefined)).toHaveLength(1);
  });

  it('ends when it is stopped', async () => {
    const { watch, asked, pass } = build();
    await watch.now();
    watch.stop();
    await pass(600_000);
    expect(asked).toEqual([0]);
  });
});
