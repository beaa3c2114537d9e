import { describe, expect, it } from '@jest/globals';
import { fromCursor, toCursor } from './cursor.js';

describe('a list cursor', () => {
  const place = { at: '2026-11-21 10:00:00.123456+00', id: '01939c5e-0000-7000-8000-000000000001' };

  it('keeps microseconds', () => {
    expect(fromCursor(toCursor(place))).toEqual(place);
  });

  it('begins at the beginning when there is none', () => {
    expect(fromCursor(undefined).at).toBe('infinity');
  });

  it.each([
    'x',
    toCursor({ ...place, at: "2026'; drop table ticket" }),
    Buffer.from('infinity~1').toString('base64url'),
  ])('refuses %s', (cursor) => {
    expect(() => fromCursor(cursor)).toThrow(expect.objectContaining({ field: 'before' }));
  });
});
