import { describe, expect, it } from '@jest/globals';
import { clusterMisses } from './cluster-misses.js';

describe('misses that are much the same', () => {
  it('stand together, the most frequent first, whatever their spelling', () => {
    const clusters = clusterMisses([
      'ضمانت کالا چقدره',
      'ساعت کاری شما',
      'ساعت كاري شما؟',
      'ساعت کاری شما چیه',
      'سلام ساعت کاری',
      'opening hours',
      'opening hours?',
      '؟؟؟',
    ]);

    expect(clusters.map(({ sample, count }) => [sample, count])).toEqual([
      ['ساعت کاری شما', 4],
      ['opening hours', 2],
      ['ضمانت کالا چقدره', 1],
    ]);
    expect(clusters[0]?.texts).toEqual(['ساعت کاری شما', 'ساعت کاری شما چیه', 'سلام ساعت کاری']);
  });

  it('are none for nothing', () => {
    expect(clusterMisses([])).toEqual([]);
  });
});
