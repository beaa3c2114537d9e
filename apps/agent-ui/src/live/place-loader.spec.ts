import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RoutingPlaceView } from '#contract';
import { PlaceLoader } from './place-loader.js';

const place = (ticketId: string): RoutingPlaceView => ({
  ticketId,
  queueId: 'queue',
  state: 'queued',
  class: 'chat',
  waitedMs: 1_000,
  position: 1,
  offers: [],
  skills: [],
  skillLevel: 1,
  preferred: null,
});

let asked: string[][];
let go: () => void;
let loader: PlaceLoader;

beforeEach(() => {
  asked = [];
  const gates: (() => void)[] = [];
  go = () => gates.splice(0).forEach((open) => open());
  loader = new PlaceLoader({
    ask: (ids) => {
      asked.push([...ids]);
      return Promise.resolve(ids.filter((id) => id !== 'solved').map(place));
    },
    pause: () => new Promise((resolve) => gates.push(resolve)),
    now: () => 42,
  });
});

describe('the places of the tickets of a list', () => {
  it('are asked for at once, and each line gets its own', async () => {
    const lines = ['a', 'b', 'solved', 'a'].map((id) => loader.load(id));
    go();
    expect((await Promise.all(lines)).map((found) => found?.ticketId ?? null)).toEqual(['a', 'b', null, 'a']);
    expect(asked).toEqual([['a', 'b', 'solved']]);
  });

  it('are asked for anew by whoever comes after the question went out', async () => {
    const first = loader.load('a');
    go();
    await first;
    const second = loader.load('a');
    go();
    expect(await second).toMatchObject({ ticketId: 'a', at: 42 });
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('never make a question longer than the hub takes', async () => {
    const lines = Array.from({ length: 130 }, (_, number) => loader.load(String(number)));
    go();
    await Promise.all(lines);
    expect(asked.map((ids) => ids.length)).toEqual([100, 30]);
  });
});
