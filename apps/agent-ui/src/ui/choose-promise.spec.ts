import { describe, expect, it } from '@jest/globals';
import type { SlaClockView } from '#contract';
import { choosePromise } from './choose-promise.js';

const now = Date.parse('2026-11-22T10:00:00Z');
const clock = (overrides: Partial<SlaClockView>): SlaClockView => ({
  metric: 'resolution',
  state: 'running',
  targetMs: 3_600_000,
  leftMs: 3_600_000,
  dueAt: '2026-11-22T12:00:00Z',
  breachedAt: null,
  ...overrides,
});

describe('the promise that a ticket shows', () => {
  it('is the one that comes due first', () => {
    const answer = clock({ metric: 'next_response', dueAt: '2026-11-22T10:09:00Z' });
    expect(choosePromise([clock({}), answer], now)).toEqual({ what: 'answer', standing: 'soon', dueAt: answer.dueAt });
  });

  it('is late from the moment it was due', () => {
    expect(choosePromise([clock({ dueAt: '2026-11-22T09:59:59Z' })], now)).toMatchObject({
      what: 'solution',
      standing: 'late',
    });
    expect(choosePromise([clock({ dueAt: '2026-11-22T10:15:00Z' })], now)).toMatchObject({ standing: 'calm' });
  });

  it('stands still only where none runs', () => {
    const paused = clock({ state: 'paused', dueAt: null });
    expect(choosePromise([paused], now)).toEqual({ what: 'solution', standing: 'paused', dueAt: null });
    expect(choosePromise([paused, clock({ metric: 'first_response' })], now)).toMatchObject({ standing: 'calm' });
  });

  it('is none where all were met or were never made', () => {
    expect(choosePromise([clock({ state: 'met', dueAt: null })], now)).toBeNull();
    expect(choosePromise([], now)).toBeNull();
  });
});
