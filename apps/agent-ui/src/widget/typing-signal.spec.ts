import { describe, expect, it } from '@jest/globals';
import { TypingSignal } from './typing-signal.js';

/** A clock that moves by hand and runs what falls due. */
function buildSignal() {
  const told: boolean[] = [];
  let now = 0;
  let due: { at: number; run: () => void } | null = null;
  const signal = new TypingSignal((on) => told.push(on), {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      due = timer;
      return () => {
        due = due === timer ? null : due;
      };
    },
  });
  const wait = (ms: number): void => {
    now += ms;
    if (due && due.at <= now) {
      const { run } = due;
      due = null;
      run();
    }
  };
  return { signal, told, wait };
}

describe('the sign that the visitor writes', () => {
  it('is given at most once in two seconds', () => {
    const { signal, told, wait } = buildSignal();
    for (let key = 0; key < 25; key += 1) {
      signal.keystroke();
      wait(100);
    }
    expect(told).toEqual([true, true]);
  });

  it('ends after five seconds of rest, once', () => {
    const { signal, told, wait } = buildSignal();
    signal.keystroke();
    wait(4_999);
    expect(told).toEqual([true]);
    wait(1);
    signal.stop();
    expect(told).toEqual([true, false]);
  });

  it('ends at once when the message goes out, and begins anew with the next', () => {
    const { signal, told } = buildSignal();
    signal.keystroke();
    signal.stop();
    signal.keystroke();
    expect(told).toEqual([true, false, true]);
  });
});
