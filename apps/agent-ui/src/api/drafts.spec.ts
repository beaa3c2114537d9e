import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as DraftsModule from './drafts.js';

const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');

/** As a browser's: what is kept is its own enumerable properties. */
const kept: Record<string, string> = {};
const hidden = (value: unknown): PropertyDescriptor => ({ value, enumerable: false });
Object.defineProperties(kept, {
  getItem: hidden((name: string) => kept[name] ?? null),
  setItem: hidden((name: string, text: string) => void (kept[name] = text)),
  removeItem: hidden((name: string) => void Reflect.deleteProperty(kept, name)),
});

/** Windows of one browser: each has loaded the page for itself. */
let [one, other]: (typeof DraftsModule)[] = [];

beforeAll(async () => {
  Object.defineProperty(globalThis, 'localStorage', { value: kept, configurable: true });
  const load = async (window: string) => (await import(`./drafts.js?${window}`)) as typeof DraftsModule;
  [one, other] = [await load('one'), await load('other')];
});

afterAll(() => {
  if (before) {
    Object.defineProperty(globalThis, 'localStorage', before);
  }
});

describe('drafts of two people who share a browser', () => {
  it('are each their own, also where an older window still writes for who was here before', () => {
    const [older, newer] = [one, other] as [typeof DraftsModule, typeof DraftsModule];
    older.beWriter('ann');
    older.changeDraft('x:text', { body: 'by Ann' });
    older.changeDraft('y:note', { body: 'by Ann, and on the hub' });
    older.markKept('y:note', older.draftAt('y:note'));
    newer.beWriter('bob');
    expect(newer.useDrafts.getState().drafts).toEqual({});
    expect(JSON.stringify(kept)).not.toContain('on the hub');
    // Her window is still open, and does not know.
    older.changeDraft('x:text', { body: 'more by Ann' });
    older.changeDraft('z:text', { body: 'late by Ann' });
    newer.changeDraft('x:text', { body: 'by Bob' });
    // It comes to know, and so do windows that are opened later.
    older.beWriter('bob');
    expect(older.useDrafts.getState()).toMatchObject({
      drafts: { 'x:text': { body: 'by Bob' } },
      unkept: { 'x:text': true },
    });
    older.dropDraft('x:text');
    newer.beWriter('ann');
    expect(newer.useDrafts.getState().drafts).toMatchObject({
      'x:text': { body: 'more by Ann' },
      'z:text': { body: 'late by Ann' },
    });
    expect(Object.keys(newer.useDrafts.getState().unkept)).toEqual(['x:text', 'z:text']);
    // What Bob dropped is still to be told to the hub.
    newer.beWriter('bob');
    expect(newer.useDrafts.getState()).toMatchObject({ drafts: {}, unkept: { 'x:text': true } });
    older.beWriter('ann');
    expect(older.draftAt('x:text').body).toBe('more by Ann');
  });
});
