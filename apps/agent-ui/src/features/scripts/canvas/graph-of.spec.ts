import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../document/read-document.js';
import type { LooseScript } from '../document/script-words.js';
import { graphOf, neighbourOf } from './graph-of.js';
import { boxWidth } from './lay-out.js';

const script = readDocument(`
locales: [en]
start: {default: menu}
nodes:
  menu:
    do: ask
    options:
      - {id: a, label: {en: A}, next: one}
      - {id: b, label: {en: B}, next: two}
    retry: {max: 2, then: two}
  one: {do: end, outcome: resolved}
  two: {do: say, at: {x: 500, y: 40}, next: gone}
`).script as LooseScript;

describe('a script as boxes and arrows', () => {
  it('draws each way to a node that is there, those for trouble aside', () => {
    const { ways } = graphOf(script, 'en', false);
    expect(ways.map(({ from, exit, to, isAside }) => [from, exit, to, isAside])).toEqual([
      ['menu', 'options.0.next', 'one', false],
      ['menu', 'options.1.next', 'two', false],
      ['menu', 'retry.then', 'two', true],
    ]);
  });

  it('lets a node lie where it was put, and turns everything round for those who read from the right', () => {
    const spot = (isRtl: boolean, id: string) =>
      graphOf(script, 'en', isRtl).nodes.find((node) => node.id === id)?.spot;
    expect(spot(false, 'two')).toEqual({ x: 500, y: 40 });
    expect(spot(true, 'two')).toEqual({ x: -500 - boxWidth, y: 40 });
    expect((spot(false, 'one')?.x ?? 0) > (spot(false, 'menu')?.x ?? 0)).toBe(true);
    expect((spot(true, 'one')?.x ?? 0) < (spot(true, 'menu')?.x ?? 0)).toBe(true);
  });

  it('is walked by arrows: along a way, back, and nowhere where there is none', () => {
    const { nodes, ways } = graphOf(script, 'en', false);
    expect(neighbourOf(nodes, ways, 'menu', 'onward')).toBe('one');
    expect(neighbourOf(nodes, ways, 'two', 'back')).toBe('menu');
    expect(neighbourOf(nodes, ways, 'one', 'onward')).toBeNull();
    expect(neighbourOf(nodes, ways, 'menu', 'up')).toBeNull();
  });
});
