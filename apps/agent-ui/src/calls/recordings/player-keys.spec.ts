import { describe, expect, it } from '@jest/globals';
import { nextSpeed, stepOf } from './player-keys.js';

describe('the keys of a player', () => {
  it('go on to the right and back to the left, in every language', () => {
    expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', ' ', 'a'].map(stepOf)).toEqual([5, -5, 5, -5, 0, 0]);
  });

  it('come back to the usual speed', () => {
    let speed = 1;
    const heard = Array.from({ length: 5 }, () => (speed = nextSpeed(speed)));
    expect(heard).toEqual([1.25, 1.5, 2, 0.75, 1]);
    expect(nextSpeed(7)).toBe(1);
  });
});
