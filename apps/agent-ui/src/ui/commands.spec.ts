import { describe, expect, it } from '@jest/globals';
import { commandOf } from './commands.js';

const press = (code: string, held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

/** What the layout makes of the key. */
const typed = (key: string, event: ReturnType<typeof press>) => ({ ...event, key });

describe('shortcuts', () => {
  it('go by the place of the key, so they work on a Persian keyboard', () => {
    expect(commandOf(typed('ت', press('KeyJ')), true)).toBe('next');
    expect(commandOf(typed('ن', press('KeyK', { ctrlKey: true })), true)).toBe('palette');
  });

  it('tell K from Ctrl+K, and leave the browser its own combinations', () => {
    expect(commandOf(press('KeyK'), true)).toBe('previous');
    expect(commandOf(press('KeyR', { ctrlKey: true }), true)).toBeNull();
    expect(commandOf(press('KeyJ', { altKey: true }), true)).toBeNull();
    expect(commandOf(press('Slash', { shiftKey: true }), true)).toBe('help');
  });

  it('take an offer with Alt and the place of A, whatever letter the layout has there', () => {
    expect(commandOf(typed('ش', press('KeyA', { altKey: true })), true)).toBe('accept');
    expect(commandOf(press('KeyA', { altKey: true, ctrlKey: true }), true)).toBeNull();
    expect(commandOf(press('KeyA'), true)).toBeNull();
  });

  it('keep only those with a held key when single keys are turned off', () => {
    expect(commandOf(press('KeyE'), false)).toBeNull();
    expect(commandOf(press('KeyA', { altKey: true }), false)).toBe('accept');
    expect(commandOf(press('KeyK', { ctrlKey: true }), false)).toBe('palette');
  });
});
