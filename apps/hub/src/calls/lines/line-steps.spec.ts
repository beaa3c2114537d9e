import { describe, expect, it } from '@jest/globals';
import type { VoiceStep } from '#bots';
import type { LineStep } from '#channels';
import { endingIn, isStop, sentence, spokenOf } from './line-steps.js';

const everything = (): boolean => true;
const nothing = (): boolean => false;
const gather = {
  gather: {
    dtmf: true,
    speech: false,
    hints: ['orders'],
    numDigits: 1,
    finishOnKey: null,
    timeoutMs: null,
    locale: 'fa',
    turn: 3,
  },
};

describe('what a bot says on a line', () => {
  const said: VoiceStep[] = [
    { play: 'order.fa.wav', words: 'سفارش ۲۱ در راه است' },
    { play: 'numbers/fa/20.wav' },
    { play: 'numbers/fa/1.wav' },
    { say: 'Goodbye', locale: 'en' },
  ];

  it('is played from its recordings, with those of its values', () => {
    expect(spokenOf(said, 'fa', everything).words).toEqual([
      { play: 'order.fa.wav', locale: 'fa' },
      { play: 'numbers/fa/20.wav', locale: 'fa' },
      { play: 'numbers/fa/1.wav', locale: 'fa' },
      { say: 'Goodbye', locale: 'en' },
    ]);
  });

  it('is read aloud as a whole where one of its recordings is missing', () => {
    const isRecorded = (name: string): boolean => name !== 'numbers/fa/1.wav';
    expect(spokenOf(said, 'fa', isRecorded).words).toEqual([
      { say: 'سفارش ۲۱ در راه است', locale: 'fa' },
      { say: 'Goodbye', locale: 'en' },
    ]);
  });

  it('keeps the name of a recording that has no words, so that its gap is noted', () => {
    expect(spokenOf([{ play: 'ding.wav', words: '' }], 'fa', nothing).words).toEqual([
      { play: 'ding.wav', locale: 'fa' },
    ]);
  });

  it('waits for the last thing that it asked, with a time to answer in', () => {
    const { words, stop } = spokenOf(
      [gather, { say: 'Again', locale: 'en' }, { record: { maxMs: 9_000 } }, gather],
      'fa',
      nothing,
    );
    expect(words).toEqual([{ say: 'Again', locale: 'en' }]);
    expect(stop).toEqual({
      gather: {
        dtmf: true,
        speech: false,
        hints: ['orders'],
        numDigits: 1,
        finishOnKey: null,
        timeoutMs: 6_000,
        locale: 'fa',
      },
    });
  });

  it('never plays that somebody is put into a line, or hung up: what follows says so', () => {
    const steps: VoiceStep[] = [{ enqueue: { queue: null } }, { hangup: true }];
    expect(spokenOf(steps, 'fa', nothing)).toEqual({ words: [], stop: null });
  });
});

describe('the end of a reply', () => {
  const music: LineStep = { hold: { music: null, maxMs: 1 } };

  it('is one stop and nothing behind it', () => {
    const steps: LineStep[] = [{ say: 'a', locale: 'en' }, music, { say: 'b', locale: 'en' }, { hangup: true }];
    expect(endingIn(steps, { hangup: true })).toEqual(steps.slice(0, 2));
    expect(endingIn([], { hangup: true })).toEqual([{ hangup: true }]);
    expect(endingIn([{ say: 'a', locale: 'en' }], { hangup: true }).filter(isStop)).toHaveLength(1);
  });
});

describe('a sentence of the hub', () => {
  it('is its recording in the language of the caller, or is read aloud', () => {
    expect(sentence('goodbye', 'fa-IR', everything)).toEqual({ play: 'line/fa/goodbye.wav', locale: 'fa' });
    expect(sentence('goodbye', 'en', nothing)).toEqual({ say: 'Thank you for calling. Goodbye.', locale: 'en' });
  });
});
