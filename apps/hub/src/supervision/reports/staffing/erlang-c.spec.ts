import { describe, expect, it } from '@jest/globals';
import { agentsNeeded, serviceLevel, shareThatWaits } from './erlang-c.js';

describe('Erlang C', () => {
  // Values of published tables of the Erlang C formula: agents, erlangs, the share that waits.
  it.each([
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [5, 4, 0.5541],
    [10, 8, 0.4092],
    [20, 16, 0.2561],
  ])('has %i agents under %f erlangs let %f wait', (agents, load, waits) => {
    expect(shareThatWaits(agents, load)).toBeCloseTo(waits, 3);
  });

  it('asks for fourteen agents where a hundred half-hour calls of three minutes are to be answered in twenty seconds, 80 % of them', () => {
    const offered = { load: (100 / 1800) * 180, handleSeconds: 180 };
    expect(agentsNeeded(offered, { share: 0.8, seconds: 20 })).toBe(14);
    expect(serviceLevel(14, offered, 20)).toBeCloseTo(0.888, 2);
    expect(serviceLevel(13, offered, 20)).toBeLessThan(0.8);
  });

  it('never catches up with too few, and needs nobody where nothing comes', () => {
    expect(serviceLevel(10, { load: 10, handleSeconds: 60 }, 3600)).toBe(0);
    expect(shareThatWaits(3, 9)).toBe(1);
    expect(agentsNeeded({ load: 0, handleSeconds: 60 }, { share: 0.9, seconds: 10 })).toBe(0);
    expect(shareThatWaits(4, 0)).toBe(0);
  });
});
