import { describe, expect, it } from '@jest/globals';
import { problemOf, unreachable } from '../../api/problem.js';
import { mayGoAlone, nextToSend, silenceMs, waitsForLink } from './decide-sending.js';
import type { Waiting } from './outbox.js';

const now = 1_000_000;
const moment = { now, window: 'mine' };
const one = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  person: 'mina',
  message: { id, kind: 'text', body: id },
  at: '',
  channelKind: null,
  state: 'waiting',
  problem: null,
  ...more,
});

describe('what is sent next', () => {
  it('is the oldest that waits in this conversation, and nothing of another', () => {
    const all = [one('b'), one('a'), one('0', { person: 'sara' })];
    expect(nextToSend(all, 'mina', moment)?.message.id).toBe('a');
    expect(nextToSend([], 'mina', moment)).toBeUndefined();
  });

  it('is nothing that the hub holds, and nothing that was refused', () => {
    const all = [one('a', { state: 'held', isHeld: true }), one('b', { state: 'failed' }), one('c')];
    expect(nextToSend(all, 'mina', moment)?.message.id).toBe('c');
  });

  it('waits for another window that is sending, until that one has been silent for too long', () => {
    const theirs = one('a', { state: 'sending', by: 'another', triedAt: now - 1_000 });
    expect(nextToSend([theirs, one('b')], 'mina', moment)).toBeUndefined();
    const gone = { ...theirs, triedAt: now - silenceMs };
    expect(nextToSend([gone, one('b')], 'mina', moment)?.message.id).toBe('a');
    expect(nextToSend([{ ...theirs, by: 'mine' }], 'mina', moment)?.message.id).toBe('a');
  });
});

describe('a message that was not taken', () => {
  it.each([
    [unreachable(), true],
    [problemOf(503, ''), true],
    [problemOf(502, '<html>'), true],
    [problemOf(429, ''), true],
    [problemOf(500, ''), false],
    [problemOf(409, '{"code":"answered_meanwhile"}'), false],
    [problemOf(404, '{"code":"not_found"}'), false],
    [new Error('of our own'), false],
  ])('goes by itself later only where nobody refused it: %s', (error, waits) => {
    expect(waitsForLink(error)).toBe(waits);
  });

  it('may go without its ticket only where the ticket was refused', () => {
    expect([mayGoAlone('children_open'), mayGoAlone('blocked'), mayGoAlone(undefined)]).toEqual([true, false, false]);
  });
});
