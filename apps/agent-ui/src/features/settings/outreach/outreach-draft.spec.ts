import { describe, expect, it } from '@jest/globals';
import { clockOf, minuteOf } from './outreach-draft.js';

describe('the hours of a form', () => {
  it('are shown and read as a field of time has them', () => {
    expect([clockOf(0), clockOf(545), clockOf(1440)]).toEqual(['00:00', '09:05', '23:59']);
    expect([minuteOf('09:05'), minuteOf('23:59:30'), minuteOf('')]).toEqual([545, 1439, null]);
  });
});
