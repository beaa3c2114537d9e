import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { windowsStorage } from './windows-storage.js';

interface Words {
  words: Record<string, { text: string }>;
}

const records = () =>
  windowsStorage<Words>(
    (state) => ({ words: state.words }),
    ({ words }) => ({ words: words as Words['words'] }),
  );
const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');

beforeEach(() => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
});

afterEach(() => {
  if (before) {
    Object.defineProperty(globalThis, 'localStorage', before);
  }
});

describe('what two windows keep at one place', () => {
  it('holds what either wrote, and nothing that its writer took away', async () => {
    const [one, other] = [records(), records()];
    await Promise.all([one.getItem('x'), other.getItem('x')]);
    const mine = { text: 'mine' };
    await one.setItem('x', { state: { words: { a: mine } } });
    await other.setItem('x', { state: { words: { b: { text: 'theirs' } } } });
    expect(await records().getItem('x')).toEqual({ state: { words: { a: mine, b: { text: 'theirs' } } } });
    await one.setItem('x', { state: { words: { a: mine, c: { text: 'more' } } } });
    await other.setItem('x', { state: { words: {} } });
    expect(await records().getItem('x')).toEqual({ state: { words: { a: mine, c: { text: 'more' } } } });
  });

  it('has the last word of whoever changed one last', async () => {
    const one = records();
    await one.setItem('x', { state: { words: { a: { text: 'first' } } } });
    const other = records();
    const read = await other.getItem('x');
    await other.setItem('x', { state: { words: { a: { text: 'second' } } } });
    expect(read?.state.words['a']).toEqual({ text: 'first' });
    expect(await records().getItem('x')).toEqual({ state: { words: { a: { text: 'second' } } } });
  });
});
