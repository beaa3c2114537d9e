import { describe, expect, it } from '@jest/globals';
import { spanOf } from './spans.js';

describe('a length of time in a sentence', () => {
  it('is said in its two largest units', () => {
    expect(spanOf(250_000, 'en')).toBe('4 minutes, 10 seconds');
    expect(spanOf(250_000, 'fa')).toBe('۴ دقیقه و ۱۰ ثانیه');
    expect(spanOf(93_784_000, 'en')).toBe('1 day, 2 hours');
  });

  it('leaves out what is nothing, and says a second where there is no more', () => {
    expect(spanOf(3_600_000, 'en')).toBe('1 hour');
    expect(spanOf(3_601_000, 'fa')).toBe('۱ ساعت');
    expect(spanOf(900, 'en')).toBe('1 second');
    expect(spanOf(0, 'fa')).toBe('۰ ثانیه');
  });
});
