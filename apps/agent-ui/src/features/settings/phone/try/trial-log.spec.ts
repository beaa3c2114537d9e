import { describe, expect, it } from '@jest/globals';
import { pressKey, soundsOf, splitReply } from './trial-log.js';

const play = {
  kind: 'play' as const,
  name: 'prompts/menu.fa.wav',
  url: '/media/prompts/a.wav',
  text: '',
  locale: 'fa',
};
const say = { kind: 'say' as const, text: 'Hello', locale: 'en' };

describe('a reply of the line', () => {
  it('is what is heard, and what is waited for', () => {
    const { heard, stop } = splitReply([play, say, { kind: 'hold', maxMs: 3000, music: null }]);
    expect(heard.map((line) => line.who === 'hub' && line.step.kind)).toEqual(['play', 'say']);
    expect(stop.kind).toBe('hold');
    expect(soundsOf(heard)).toEqual(['/media/prompts/a.wav']);
  });

  it('is the end where it waits for nothing', () => {
    expect(splitReply([say]).stop).toEqual({ kind: 'hangup' });
  });
});

describe('keys', () => {
  it('are handed in when there are as many as are waited for', () => {
    expect(pressKey({ digits: 1, finishOnKey: null }, '', '2')).toEqual({ done: '2' });
    expect(pressKey({ digits: 3, finishOnKey: null }, '1', '2')).toEqual({ typed: '12' });
  });

  it('are handed in by the key that ends them, which is not one of them', () => {
    expect(pressKey({ digits: null, finishOnKey: '#' }, '123456', '#')).toEqual({ done: '123456' });
    expect(pressKey({ digits: null, finishOnKey: null }, '1', '#')).toEqual({ typed: '1#' });
  });
});
