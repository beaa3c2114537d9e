import { describe, expect, it } from '@jest/globals';
import { bindings, capsOf, commandOf, shownOf, type Binding } from './commands.js';

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
    expect(commandOf(typed('ت', press('KeyJ')), 'single')).toBe('next');
    expect(commandOf(typed('ن', press('KeyK', { ctrlKey: true })), 'single')).toBe('palette');
    expect(commandOf(typed('؟', press('Slash', { shiftKey: true })), 'single')).toBe('help');
  });

  it('find the signs where other keyboards have them', () => {
    const german = typed('?', press('Minus', { shiftKey: true }));
    expect(commandOf(german, 'single')).toBe('help');
    expect(commandOf(typed('/', press('Digit7', { shiftKey: true })), 'single')).toBe('search');
    expect(commandOf(german, 'off')).toBeNull();
    expect(commandOf(german, 'alt')).toBeNull();
    expect(commandOf(typed('/', press('Digit7', { ctrlKey: true })), 'single')).toBeNull();
  });

  it('tell K from Ctrl+K and Shift+K, and leave the browser its own combinations', () => {
    expect(commandOf(press('KeyK'), 'single')).toBe('previous');
    expect(commandOf(press('KeyK', { shiftKey: true }), 'single')).toBe('selectUp');
    expect(commandOf(press('KeyR', { ctrlKey: true }), 'single')).toBeNull();
    expect(commandOf(press('KeyT', { ctrlKey: true }), 'single')).toBeNull();
    expect(commandOf(press('KeyJ', { altKey: true }), 'single')).toBeNull();
  });

  it('take an offer with Alt and the place of A, whatever letter the layout has there', () => {
    expect(commandOf(typed('ش', press('KeyA', { altKey: true })), 'single')).toBe('accept');
    expect(commandOf(press('KeyA', { altKey: true, ctrlKey: true }), 'single')).toBeNull();
    expect(commandOf(press('KeyA'), 'single')).toBe('assign');
  });

  it('keep only those with a held key, and the keys that write nothing, when single keys are turned off', () => {
    expect(commandOf(press('KeyE'), 'off')).toBeNull();
    expect(commandOf(press('KeyG'), 'off')).toBeNull();
    expect(commandOf(press('KeyJ', { shiftKey: true }), 'off')).toBeNull();
    expect(commandOf(press('KeyA', { altKey: true }), 'off')).toBe('accept');
    expect(commandOf(press('KeyK', { ctrlKey: true }), 'off')).toBe('palette');
    expect(commandOf(press('Digit2', { ctrlKey: true, altKey: true }), 'off')).toBe('channel2');
    expect(commandOf(press('Escape'), 'off')).toBe('back');
  });

  it('need Alt in the mode with Alt, and Shift too where Alt with the letter is taken', () => {
    expect(commandOf(press('KeyE'), 'alt')).toBeNull();
    expect(commandOf(press('KeyE', { altKey: true }), 'alt')).toBe('resolve');
    expect(commandOf(press('KeyA', { altKey: true }), 'alt')).toBe('accept');
    expect(commandOf(press('KeyA', { altKey: true, shiftKey: true }), 'alt')).toBe('assign');
    expect(commandOf(press('Enter'), 'alt')).toBe('open');
  });

  it('go elsewhere by G and a second key, which alone means something else', () => {
    expect(commandOf(press('KeyG'), 'single')).toBe('g');
    expect(commandOf(press('KeyI'), 'single', true)).toBe('goInbox');
    expect(commandOf(press('KeyI'), 'single')).toBe('assignMe');
    expect(commandOf(press('KeyU'), 'single', true)).toBe('goUnassigned');
    // Nothing is resolved because somebody lost their way after a G.
    expect(commandOf(press('KeyE'), 'single', true)).toBeNull();
    expect(commandOf(press('KeyK', { ctrlKey: true }), 'single', true)).toBe('palette');
    expect(commandOf(press('KeyG', { altKey: true }), 'alt')).toBe('g');
    expect(commandOf(press('KeyI', { altKey: true }), 'alt', true)).toBe('goInbox');
    expect(commandOf(press('KeyI'), 'alt', true)).toBe('goInbox');
  });

  it.each(['off', 'single', 'alt'] as const)('mean one thing each in the mode "%s"', (mode) => {
    const shown = bindings.map((binding) => capsOf(binding, mode)?.join(' ')).filter((caps) => caps !== undefined);
    expect(shown.filter((caps, at) => shown.indexOf(caps) !== at)).toEqual([]);
    expect(new Set(bindings.map(({ command }) => command)).size).toBe(bindings.length);
  });

  it.each(['single', 'alt'] as const)('do what the help says is pressed for them, in the mode "%s"', (mode) => {
    const strayed = bindings.filter((binding: Binding) => {
      const caps = capsOf(binding, mode) ?? [];
      const held = {
        ctrlKey: caps.includes('Ctrl'),
        altKey: caps.includes('Alt'),
        shiftKey: caps.includes('Shift') || binding.cap === '?',
      };
      return commandOf(press(binding.code, held), mode, binding.afterG) !== binding.command;
    });
    expect(strayed).toEqual([]);
  });

  it('are shown as they are pressed, and not at all while they are off', () => {
    expect(shownOf('resolve', 'single')).toBe('E');
    expect(shownOf('resolve', 'alt')).toBe('Alt E');
    expect(shownOf('resolve', 'off')).toBe('');
    expect(shownOf('goInbox', 'single')).toBe('G I');
    expect(shownOf('sendAndResolve', 'off')).toBe('Ctrl Shift Enter');
  });
});
