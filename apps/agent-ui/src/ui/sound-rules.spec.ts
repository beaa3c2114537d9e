import { describe, expect, it } from '@jest/globals';
import { isQuietAt, mayRing } from './sound-rules.js';

const at = (time: string): Date => new Date(`2026-11-22T${time}:00`);
const night = { from: '22:00', to: '07:30' };
const nap = { from: '13:00', to: '14:00' };

describe('whether an alert may be heard', () => {
  it.each([
    [nap, '12:59', false],
    [nap, '13:00', true],
    [nap, '13:59', true],
    [nap, '14:00', false],
    [night, '21:59', false],
    [night, '22:00', true],
    [night, '00:10', true],
    [night, '07:29', true],
    [night, '07:30', false],
    [null, '03:00', false],
    [{ from: '09:00', to: '09:00' }, '09:00', false],
  ])('keeps quiet hours %j: at %s it is quiet: %s', (quiet, time, expected) => {
    expect(isQuietAt(quiet, at(time))).toBe(expected);
  });

  it('is for those who are there and want to hear it', () => {
    const hearing = { sound: true, quiet: night, status: 'online' } as const;
    expect(mayRing(hearing, at('12:00'))).toBe(true);
    expect(mayRing({ ...hearing, status: 'busy' }, at('12:00'))).toBe(true);
    expect(mayRing({ ...hearing, status: 'away' }, at('12:00'))).toBe(false);
    expect(mayRing({ ...hearing, sound: false }, at('12:00'))).toBe(false);
    expect(mayRing(hearing, at('23:00'))).toBe(false);
  });
});
