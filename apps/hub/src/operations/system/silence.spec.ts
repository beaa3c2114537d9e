import { expect, it } from '@jest/globals';
import { isNodeSilent, isSilent } from './silence.js';

it('leaves a worker three of its turns and a minute, and a node a minute', () => {
  expect([62_000, 70_000].map((ago) => isSilent(ago, 1_000))).toEqual([false, true]);
  expect([700_000, 2_000_000].map((ago) => isSilent(ago, 600_000))).toEqual([false, true]);
  expect([59_000, 61_000].map(isNodeSilent)).toEqual([false, true]);
});
