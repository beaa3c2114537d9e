import { describe, expect, it } from '@jest/globals';
import { attainment, cobham, erlangA, erlangB, erlangC, jain, meanWait } from './queueing-theory.js';

describe('the theory that simulations are held against', () => {
  it('knows the published values of Erlang-B', () => {
    expect(erlangB(1, 1)).toBeCloseTo(0.5, 12);
    // Tables of traffic engineering: 10 lines lose 1 % of 4.461 erlangs, 100 lines lose 1 % of 84.06.
    expect(erlangB(10, 4.4612)).toBeCloseTo(0.01, 5);
    expect(erlangB(100, 84.064)).toBeCloseTo(0.01, 5);
  });

  it('knows a single agent, whose formulas are short', () => {
    const one = { agents: 1, load: 0.8, handling: 10 };
    expect(erlangC(one)).toBeCloseTo(0.8, 12);
    expect(meanWait(one)).toBeCloseTo(40, 9);
    expect(attainment(one, 5)).toBeCloseTo(1 - 0.8 * Math.exp(-0.1), 12);
  });

  it('knows two agents, whose chance of waiting is 2ρ²/(1+ρ)', () => {
    expect(erlangC({ agents: 2, load: 0.75 })).toBeCloseTo((2 * 0.75 ** 2) / 1.75, 12);
  });

  it('gives the waits of two classes, which leave the mean of all as it is', () => {
    const centre = { agents: 20, load: 0.92, handling: 300 };
    const [first, others] = cobham(centre, [0.2, 0.8]) as [number, number];
    expect(0.2 * first + 0.8 * others).toBeCloseTo(meanWait(centre), 9);
    expect(first).toBeCloseTo(11.5, 1);
    expect(others).toBeCloseTo(144.3, 1);
  });

  it('comes from waiting to losing as patience goes from endless to none', () => {
    const centre = { agents: 10, load: 0.9, handling: 300 };
    expect(erlangA(centre, 1e-6)).toBeCloseTo(erlangB(10, 9), 6);
    expect(erlangA(centre, 1e9)).toBeLessThan(1e-6);
  });

  it('knows Erlang-A where patience is as long as the handling, which is a line of endless agents', () => {
    // With equal rates the number present is Poisson, so those in line are what a Poisson number has above the agents.
    const [agents, offered] = [10, 11];
    let [chance, excess] = [Math.exp(-offered), 0];
    for (let k = 1; k < 200; k += 1) {
      chance *= offered / k;
      excess += Math.max(0, k - agents) * chance;
    }
    expect(erlangA({ agents, load: offered / agents, handling: 300 }, 300)).toBeCloseTo(excess / offered, 9);
  });

  it('tells evenness from 1 for equal shares down to 1/n', () => {
    expect(jain([3, 3, 3])).toBe(1);
    expect(jain([0, 0, 5, 0])).toBe(0.25);
  });
});
