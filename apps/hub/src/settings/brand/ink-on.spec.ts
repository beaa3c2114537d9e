import { expect, it } from '@jest/globals';
import { inkOn } from './ink-on.js';

it('writes on a colour in whichever of black and white is read better', () => {
  expect(['#ffffff', '#ffd400', '#006f77', '#000000', '#777777', '#cc0000'].map(inkOn)).toEqual([
    '#000000',
    '#000000',
    '#ffffff',
    '#ffffff',
    '#000000',
    '#ffffff',
  ]);
});
