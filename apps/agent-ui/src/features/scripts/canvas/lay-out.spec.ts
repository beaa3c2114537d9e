import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxWidth, layOut } from './lay-out.js';

const box = (id: string) => ({ id, height: 100 });
const way = (path: string) => ({ from: path[0] ?? '', to: path[1] ?? '' });

describe('the places of boxes', () => {
  it('go from where reading begins, each column after what leads to it', () => {
    const spots = layOut(['a', 'b', 'c', 'd'].map(box), ['ab', 'bc', 'ac', 'cd'].map(way), ['a']);
    const across = (id: string) => Math.round((spots.get(id)?.x ?? -1) / (boxWidth + 110));
    expect(['a', 'b', 'c', 'd'].map(across)).toEqual([0, 1, 2, 3]);
  });

  it('are not pushed on for ever by a way that leads back', () => {
    const spots = layOut(['a', 'b', 'c'].map(box), ['ab', 'bc', 'ca', 'bb'].map(way), ['a']);
    expect(spots.get('c')?.x).toBe(2 * (boxWidth + 110));
  });

  it('let no two boxes lie over each other, whatever leads where', () => {
    const letters = 'abcdefghij'.split('');
    const path = fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 30 }), (paths) => {
        const spots = layOut(
          letters.map(box),
          paths.map(([from, to]) => ({ from, to })),
          ['a'],
        );
        expect(spots.size).toBe(letters.length);
        const all = [...spots.values()];
        const isOver = all.some((one, place) =>
          all.slice(place + 1).some(({ x, y }) => x === one.x && Math.abs(y - one.y) < 100),
        );
        expect(isOver).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
