import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './new-id.js';

describe('a new id', () => {
  it('is a version 7 UUID that nobody else has, over many draws of chance', () => {
    const ids = Array.from({ length: 5000 }, newId);

    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says when it was made, to the millisecond', () => {
    const before = Date.now();
    const stamp = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);

    expect(stamp).toBeGreaterThanOrEqual(before);
    expect(stamp).toBeLessThanOrEqual(Date.now());
  });
});
