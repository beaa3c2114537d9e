import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SealBroken, SecretBox } from './secret-box.js';
import { SecretKeys } from './secret-keys.js';

const place = { table: 'channel', row: '0190', column: 'secrets' };
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const box = (...keys: Buffer[]): SecretBox => new SecretBox(new SecretKeys(keys));

describe('a sealed secret', () => {
  it('opens where it was sealed, whatever is written in it', () => {
    for (const text of ['', 'hunter2', '{"pass":"گذرواژه 🔑"}', 'x'.repeat(100_000)]) {
      expect(box(newKey).open(box(newKey).seal(text, place), place)).toBe(text);
    }
  });

  it('shows nothing of what is in it, and looks different each time', () => {
    const [one, two] = [box(newKey).seal('hunter2', place), box(newKey).seal('hunter2', place)];
    expect(one.includes('hunter2')).toBe(false);
    expect(one.equals(two)).toBe(false);
  });

  it.each([
    ['another row', { ...place, row: '0191' }],
    ['another column', { ...place, column: 'config' }],
    ['another table', { ...place, table: 'webhook' }],
    ['a place whose parts only read the same', { table: 'channel","0190', row: '', column: 'secrets' }],
  ])('does not open in %s', (_what, elsewhere) => {
    expect(() => box(newKey).open(box(newKey).seal('a', place), elsewhere)).toThrow(SealBroken);
  });

  it('does not open when any byte of it was changed', () => {
    const sealed = box(newKey).seal('secret', place);
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => box(newKey).open(altered, place)).toThrow(SealBroken);
    }
    expect(() => box(newKey).open(sealed.subarray(0, -1), place)).toThrow(SealBroken);
    expect(() => box(newKey).open(Buffer.alloc(0), place)).toThrow(SealBroken);
  });

  it('opens after a rotation, says that it is old, and is sealed anew with the new key', () => {
    const sealed = box(oldKey).seal('secret', place);
    const rotated = box(newKey, oldKey);
    expect(rotated.open(sealed, place)).toBe('secret');
    expect(rotated.isCurrent(sealed)).toBe(false);
    const again = rotated.seal('secret', place);
    expect(rotated.isCurrent(again)).toBe(true);
    expect(box(newKey).open(again, place)).toBe('secret');
    expect(() => box(newKey).open(sealed, place)).toThrow('Put the old key behind the new one');
  });
});
