import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callAttention, isQuiet, keepQuiet } from './attention.js';

/** The parts of a page that a call touches. */
const page = {
  title: 'Shop',
  hidden: true,
  listener: null as (() => void) | null,
  addEventListener: (_: string, listener: () => void) => void (page.listener = listener),
  removeEventListener: () => void (page.listener = null),
};
const kept = new Map<string, string>();
let chimes: number;

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(page, { title: 'Shop', hidden: true, listener: null });
  kept.clear();
  chimes = 0;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  class Sound {
    constructor() {
      chimes += 1;
    }
  }
  Object.assign(globalThis, { document: page, localStorage: storage, AudioContext: Sound });
});
afterEach(() => {
  jest.useRealTimers();
  ['document', 'localStorage', 'AudioContext'].forEach((name) => Reflect.deleteProperty(globalThis, name));
});

async function call(unread: () => string): Promise<void> {
  const called = callAttention('c1', unread);
  await jest.advanceTimersByTimeAsync(5_000);
  await called;
}

describe('an answer that nobody has looked at', () => {
  it('is told by a sound and in the title, until the page is in front again', async () => {
    await call(() => '1');
    expect([page.title, chimes]).toEqual(['(1) Shop', 1]);
    await call(() => '2');
    expect([page.title, chimes]).toEqual(['(2) Shop', 2]);
    page.hidden = false;
    page.listener?.();
    expect([page.title, page.listener]).toEqual(['Shop', null]);
  });

  it('leaves alone a title that the page has changed meanwhile', async () => {
    await call(() => '1');
    page.title = '(3) Basket';
    page.hidden = false;
    page.listener?.();
    expect(page.title).toBe('(3) Basket');
  });

  it('is told by no title where the page is in front, and by nothing once somebody looked, in whatever tab', async () => {
    page.hidden = false;
    await call(() => '1');
    expect([page.title, chimes]).toEqual(['Shop', 1]);
    await call(() => '');
    expect(chimes).toBe(1);
  });

  it('makes no sound where the visitor wants none', async () => {
    keepQuiet('c1', true);
    expect([isQuiet('c1'), isQuiet('c2')]).toEqual([true, false]);
    await call(() => '1');
    expect([page.title, chimes]).toEqual(['(1) Shop', 0]);
    keepQuiet('c1', false);
    expect(isQuiet('c1')).toBe(false);
  });
});
