import { describe, expect, it } from '@jest/globals';
import { BatchMeans } from './batch-means.js';
import { playCentre, targetMs, type CentrePlan, type CentreReport } from './call-centre.js';
import { EventHeap } from './event-heap.js';
import { attainment, cobham, erlangA, meanWait } from './queueing-theory.js';
import { createRandom } from './random.js';

const handlingMs = 300_000;
const arrivals = 40_000;

/** A small centre; `npm run sim -- routing` plays the large ones. The seed makes it the same every time. */
const play = (plan: Partial<CentrePlan> = {}): CentreReport =>
  playCentre({
    seed: 7,
    agents: 5,
    load: 0.7,
    handlingMs,
    strategy: 'longest_idle',
    arrivals: { least: arrivals, most: arrivals, precision: 0 },
    ...plan,
  });
const five = { agents: 5, load: 0.7, handling: handlingMs };

describe('a contact centre that is routed by the policy', () => {
  it('makes people wait as long as Erlang-C says, and no longer', () => {
    const { wait, withinTarget } = play();
    expect(Math.abs(wait.mean - meanWait(five))).toBeLessThan(wait.halfWidth);
    expect(wait.halfWidth / wait.mean).toBeLessThan(0.15);
    expect(withinTarget.mean).toBeGreaterThan(attainment(five, targetMs) - 0.01);
  });

  it('makes two classes wait as Cobham says where one always goes first, and all together as before', () => {
    const classes = [
      { share: 0.2, boostMs: 1e14 },
      { share: 0.8, boostMs: 0 },
    ];
    const { waits, wait } = play({ classes });
    cobham(five, [0.2, 0.8]).forEach((theory, kind) => {
      const { mean, halfWidth } = waits[kind] as (typeof waits)[number];
      expect(Math.abs(mean - theory)).toBeLessThan(halfWidth);
    });
    expect(wait.mean / play().wait.mean).toBeCloseTo(1, 2);
  });

  it.each(['longest_idle', 'least_loaded', 'round_robin'] as const)('shares work evenly by %s', (strategy) => {
    const fixed = play({ strategy, isFixedOrder: true });
    const fair = play({ strategy });
    expect(fair.jain).toBeGreaterThan(0.98);
    expect(fixed.jain).toBeLessThan(fair.jain);
  });

  it('loses as many who give up as Erlang-A says', () => {
    const patienceMs = 120_000;
    const { gaveUp } = play({ load: 1, patienceMs });
    expect(Math.abs(gaveUp - erlangA({ ...five, load: 1 }, patienceMs))).toBeLessThan(0.01);
  });

  it('asks only those who have the skill, and needs no more than two of each agent', () => {
    const of = (count: number) => (agent: number) => Array.from({ length: count }, (_, step) => (agent + step) % 5);
    const [one, two, all] = [1, 2, 5].map((count) => play({ skills: { asked: 5, of: of(count) } }).wait.mean) as [
      number,
      number,
      number,
    ];
    // Five agents with a skill each are five lines of one, where the wait is that of a single agent.
    expect(one / meanWait({ agents: 1, load: 0.7, handling: handlingMs })).toBeCloseTo(1, 0);
    expect(all).toBeLessThan(two);
    expect(two).toBeLessThan(one);
  });

  it('would make people wait longer if it looked only now and then', () => {
    const { wait } = play();
    const busier = { agents: 20, load: 0.7 };
    const late = play({ ...busier, tick: { everyMs: 5_000, most: 1 } }).wait.mean / play(busier).wait.mean;
    expect(late).toBeGreaterThan(1.3);
    expect(play({ tick: { everyMs: 60_000, most: Infinity } }).wait.mean).toBeGreaterThan(1.5 * wait.mean);
    expect(play({ tick: { everyMs: 300_000, most: Infinity } }).left).toBeGreaterThan(arrivals / 100);
  });

  it('is the same again with the same seed, and another with another', () => {
    expect(play()).toEqual(play());
    expect(play({ seed: 8 }).wait.mean).not.toBe(play().wait.mean);
  });
});

describe('what the simulation is built of', () => {
  it('draws numbers that are spread evenly and exponential times that have the mean', () => {
    const random = createRandom(1);
    const tenths = Array.from({ length: 10 }, () => 0);
    let sum = 0;
    for (let n = 0; n < 100_000; n += 1) {
      tenths[random.below(10)]! += 1;
      sum += random.exponential(3);
    }
    tenths.forEach((count) => expect(Math.abs(count - 10_000)).toBeLessThan(400));
    expect(sum / 100_000).toBeCloseTo(3, 1);
  });

  it('hands out events in the order of time', () => {
    const random = createRandom(2);
    const heap = new EventHeap<number>();
    const times = Array.from({ length: 500 }, () => random.below(200));
    times.forEach((at) => heap.push(at, at));
    expect(times.map(() => heap.pop())).toEqual(times.toSorted((one, other) => one - other));
    expect(heap.nextAt).toBe(Infinity);
  });

  it('gives an interval that holds the true mean about as often as it says, for neighbours that hang together', () => {
    let held = 0;
    for (let run = 0; run < 200; run += 1) {
      const random = createRandom(run);
      const means = new BatchMeans(200);
      let value = 0;
      for (let n = 0; n < 20_000; n += 1) {
        value = 0.9 * value + random.next() - 0.5;
        means.add(value);
      }
      const { mean, halfWidth } = means.estimate();
      held += Number(Math.abs(mean) < halfWidth);
    }
    expect(held).toBeGreaterThan(180);
  });
});
