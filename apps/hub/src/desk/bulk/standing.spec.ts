import { describe, expect, it } from '@jest/globals';
import type { BulkAct, TicketState } from '#contract';
import { mayMove } from '#tickets';
import { changedSince, isSo, wayBack, type Standing } from './standing.js';

const plain: Standing = {
  state: 'open',
  stateNameId: null,
  queueId: 'sales',
  ownerId: null,
  priority: 2,
  tags: ['vip'],
  snoozed: null,
  isSpam: false,
  excluded: [],
  read: { a: 3 },
};

describe('an act on many tickets', () => {
  it.each<[BulkAct, Partial<Standing>]>([
    [{ do: 'assign', agentId: 'sara' }, { ownerId: 'sara' }],
    [{ do: 'assign', agentId: null }, { ownerId: null }],
    [{ do: 'route', queueId: 'billing' }, { queueId: 'billing' }],
    [{ do: 'state', state: 'solved' }, { state: 'solved' }],
    [{ do: 'snooze', until: null }, { snoozed: null }],
    [{ do: 'snooze', until: { reply: true } }, { snoozed: 'reply' }],
    [{ do: 'priority', priority: 4 }, { priority: 4 }],
    [{ do: 'spam' }, { isSpam: true }],
  ])('%j leaves alone what is so already', (act, so) => {
    expect(isSo(act, { ...plain, ...so })).toBe(true);
  });

  it('that snoozes until a time is done to what sleeps until another', () => {
    expect(isSo({ do: 'snooze', until: { at: '2026-12-01T08:00:00Z' } }, { ...plain, snoozed: 'reply' })).toBe(false);
  });

  it.each<[BulkAct, Partial<Standing>, string]>([
    [{ do: 'assign', agentId: 'sara' }, { ownerId: 'reza' }, 'owner'],
    [{ do: 'assign', agentId: 'sara' }, { state: 'solved' }, 'state'],
    [{ do: 'route', queueId: 'billing' }, { queueId: 'sales' }, 'queue'],
    [{ do: 'route', queueId: 'billing' }, { ownerId: 'reza' }, 'owner'],
    [{ do: 'state', state: 'solved' }, { state: 'open' }, 'state'],
    [{ do: 'state', state: 'solved' }, { stateNameId: 'refunded' }, 'state'],
    [{ do: 'state', state: 'pending' }, { ownerId: 'reza' }, 'owner'],
    [{ do: 'snooze', until: { reply: true } }, { snoozed: null }, 'snooze'],
    [{ do: 'priority', priority: 4 }, { priority: 3 }, 'priority'],
    [{ do: 'tags', add: ['b'], remove: [] }, { tags: ['b', 'c'] }, 'tags'],
    [{ do: 'read', read: false }, { read: { a: 9 } }, 'read'],
    [{ do: 'spam' }, { isSpam: false }, 'spam'],
    [{ do: 'spam' }, { state: 'on_hold' }, 'state'],
  ])('%j is not taken back where somebody changed that since', (act, change, what) => {
    const became: Standing = {
      ...plain,
      ownerId: 'sara',
      queueId: 'billing',
      state: act.do === 'state' ? 'solved' : 'open',
      snoozed: 'reply',
      priority: 4,
      tags: ['b'],
      isSpam: true,
    };
    expect(changedSince(act, became, became)).toBeNull();
    expect(changedSince(act, became, { ...became, ...change })).toBe(what);
  });

  it('minds nothing that it had not changed', () => {
    const now = { ...plain, priority: 4 as const, tags: [], snoozed: 'reply' };
    expect(changedSince({ do: 'state', state: 'open' }, plain, now)).toBeNull();
  });
});

describe('the way back to a state', () => {
  const states: TicketState[] = ['new', 'open', 'pending', 'on_hold', 'solved'];

  it('has only steps that anybody may make, and ends where the ticket was, or open where it was new', () => {
    for (const from of states) {
      for (const to of states) {
        const way = wayBack(from, to);
        way.reduce<TicketState>((at, next) => {
          expect([at, next, mayMove(at, next)]).toEqual([at, next, true]);
          return next;
        }, from);
        expect(way.at(-1) ?? from).toBe(to === 'new' ? 'open' : to);
      }
    }
  });
});
