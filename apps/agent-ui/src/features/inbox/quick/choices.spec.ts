import { describe, expect, it } from '@jest/globals';
import type { BulkAct, TicketView } from '#contract';
import { sharedBy, takeBackOf } from './choices.js';

const ticket = {
  id: 't',
  state: 'new',
  priority: 2,
  queueId: 'sales',
  ownerId: null,
  tags: ['vip'],
  snoozedUntil: null,
} as unknown as TicketView;

describe('an act on one ticket', () => {
  it.each<[BulkAct, BulkAct]>([
    [
      { do: 'assign', agentId: 'sara' },
      { do: 'assign', agentId: null },
    ],
    [
      { do: 'priority', priority: 4 },
      { do: 'priority', priority: 2 },
    ],
    [
      { do: 'route', queueId: 'billing' },
      { do: 'route', queueId: 'sales' },
    ],
    [
      { do: 'tags', add: ['vip', 'refund'], remove: ['gone'] },
      { do: 'tags', add: [], remove: ['refund'] },
    ],
    [
      { do: 'snooze', until: { reply: true } },
      { do: 'snooze', until: null },
    ],
  ])('%j is taken back by %j', (act, back) => {
    const known = takeBackOf(ticket, act);
    expect(known?.back).toEqual(back);
    expect(takeBackOf(known?.now ?? ticket, back)?.now).toEqual({
      ...ticket,
      ...(act.do === 'assign' && { state: 'open' }),
    });
  });
});

it('what tickets have in common is known only where all of them are at hand', () => {
  const tickets = [ticket, { ...ticket, priority: 2 as const }];
  const priority = (one: TicketView) => one.priority;
  expect(sharedBy({ count: 2, tickets }, priority)).toBe(2);
  expect(sharedBy({ count: 2, tickets: [ticket, { ...ticket, priority: 4 }] }, priority)).toBeUndefined();
  expect(sharedBy({ count: null, tickets }, priority)).toBeUndefined();
});
