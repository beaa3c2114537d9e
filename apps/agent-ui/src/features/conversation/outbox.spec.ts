import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as OutboxModule from './outbox.js';
import type { Waiting } from './outbox.js';

const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
let outbox: typeof OutboxModule;
const kept = new Map<string, string>();

/** The outbox looks for its storage when it is loaded. */
beforeAll(async () => {
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  outbox = await import('./outbox.js');
});

afterAll(() => {
  if (before) {
    Object.defineProperty(globalThis, 'localStorage', before);
  }
});

const written = (id: string, writer?: string): Waiting => ({
  ...(writer !== undefined && { writer }),
  person: 'somebody',
  message: { id, kind: 'text', body: id },
  at: '2026-11-22T10:00:00Z',
  channelKind: 'sms',
  state: 'waiting',
  problem: null,
});

interface Kept {
  state: { waiting: Waiting[]; writer: string; parked: Record<string, Waiting[]> };
}
const stored = (): Kept['state'] => (JSON.parse(kept.get('peyk.outbox') ?? '') as Kept).state;
const ids = (some: readonly Waiting[] | undefined): string[] => (some ?? []).map(({ message }) => message.id);

describe('an outbox of two people who share a browser', () => {
  it('gives nobody what another wrote, and loses it for neither, whichever of their pages writes last', () => {
    const { beSender, learnFromWindows, outboxOf, putInOutbox, useOutbox } = outbox;
    beSender('ann');
    putInOutbox(written('ann-1'));
    // Another window, in which Ann signed out and Bob in.
    const state = { waiting: [written('bob-1', 'bob')], writer: 'bob', parked: { ann: [written('ann-1')] } };
    kept.set('peyk.outbox', JSON.stringify({ state, version: 0 }));
    // Her page is still open, and does not know.
    learnFromWindows(() => false);
    putInOutbox(written('ann-2'));
    expect(ids(outboxOf())).toEqual(['ann-1', 'ann-2']);
    expect(ids(stored().waiting)).toContain('bob-1');
    // Bob's page comes to know of it.
    beSender('bob');
    learnFromWindows(() => false);
    expect(ids(outboxOf())).toEqual(['bob-1']);
    expect(ids(stored().waiting)).toEqual(['bob-1']);
    // An answer to one of hers comes in late.
    putInOutbox({ ...written('ann-2', 'ann'), state: 'failed' });
    expect(ids(outboxOf())).toEqual(['bob-1']);
    beSender('ann');
    expect(ids(outboxOf())).toEqual(['ann-1', 'ann-2']);
    expect(ids(useOutbox.getState().parked['bob'])).toEqual(['bob-1']);
  });
});
