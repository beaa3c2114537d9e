import { describe, expect, it } from '@jest/globals';
import { checkBoosts, checkSteps } from './check-queue.js';

const own = '018f0000-0000-7000-8000-000000000001';
const other = '018f0000-0000-7000-8000-000000000002';

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('the steps of a queue', () => {
  it('are kept in the order of their times, each with what it needs and nothing else', () => {
    const steps = checkSteps(
      [
        { afterSecs: 120, do: 'alert', minutes: 5 },
        { afterSecs: 60, do: 'add_queue', queueId: other, level: 2 },
        { afterSecs: 30, do: 'boost', minutes: 10 },
      ],
      own,
    );
    expect(steps).toEqual([
      { afterSecs: 30, do: 'boost', minutes: 10 },
      { afterSecs: 60, do: 'add_queue', queueId: other },
      { afterSecs: 120, do: 'alert' },
    ]);
  });

  it.each([
    [{ afterSecs: 10, do: 'lower_skill' }, 'steps.1.level'],
    [{ afterSecs: 10, do: 'widen_level' }, 'steps.1.level'],
    [{ afterSecs: 10, do: 'boost' }, 'steps.1.minutes'],
    [{ afterSecs: 10, do: 'move_queue' }, 'steps.1.queueId'],
    [{ afterSecs: 10, do: 'add_queue', queueId: own }, 'steps.1.queueId'],
  ] as const)('are refused with the field at fault: %j', (step, field) => {
    expect(refusal(() => checkSteps([{ afterSecs: 5, do: 'alert' }, step], own))).toMatchObject({ status: 422, field });
  });
});

describe('the head starts of a queue', () => {
  it('name every priority, and only the tiers that have one', () => {
    expect(checkBoosts({ priority: { 4: 60 }, tier: { 1: 0, 3: 20 }, cap: 90 })).toEqual({
      priority: { 1: 0, 2: 0, 3: 0, 4: 60 },
      tier: { 3: 20 },
      cap: 90,
    });
  });

  it.each([
    [{ priority: { 5: 1 }, tier: {}, cap: 0 }, 'boosts.priority.5'],
    [{ priority: { 1: -1 }, tier: {}, cap: 0 }, 'boosts.priority.1'],
    [{ priority: { 1: 2.5 }, tier: {}, cap: 0 }, 'boosts.priority.1'],
    [{ priority: {}, tier: { gold: 5 }, cap: 0 }, 'boosts.tier.gold'],
    [{ priority: {}, tier: { 0: 5 }, cap: 0 }, 'boosts.tier.0'],
    [{ priority: {}, tier: { 2: '5' as unknown as number }, cap: 0 }, 'boosts.tier.2'],
  ])('are refused with the field at fault: %j', (boosts, field) => {
    expect(refusal(() => checkBoosts(boosts))).toMatchObject({ status: 422, field });
  });
});
