import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../document/read-document.js';
import type { LooseScript } from '../document/script-words.js';
import { lookupNames, walkedPath, worldOf } from './simulated-world.js';

const script = readDocument(`
nodes:
  a: {do: hours, calendar: Shop}
  b: {do: lookup, source: http, ref: orders}
  c: {do: lookup, source: kb}
  d: {do: lookup, source: customer}
  e: {do: handoff, queue: Billing}
`).script as LooseScript;

describe('the world of a simulation', () => {
  it('knows every calendar, queue and lookup that the script names', () => {
    expect(lookupNames(script)).toEqual(['orders', 'kb']);
    const world = worldOf(script, { hours: 'closed', agents: 'away', lookups: {} });
    expect(world.calendars).toEqual({ default: 'closed', Shop: 'closed' });
    const shut = { isOpen: false, agentsFree: 0, waiting: 3 };
    expect(world.queues).toEqual({ '': shut, Billing: shut });
  });

  it('answers a lookup with what is typed once that is JSON, and fails as told', () => {
    const lookups = { orders: { json: '{"status": "sent"}' }, kb: { fails: 'timeout' } } as const;
    expect(worldOf(script, { hours: 'open', agents: 'available', lookups }).lookups).toEqual({
      orders: { answer: { status: 'sent' } },
      kb: { fails: 'timeout' },
    });
    const half = worldOf(script, { hours: 'open', agents: 'available', lookups: { orders: { json: '{"sta' } } });
    expect(half.lookups).toEqual({});
  });

  it('tells a node that is walked through several times in a row once', () => {
    expect(walkedPath([{ node: 'a' }, { node: 'a' }, { node: 'b' }, { node: 'a' }])).toEqual(['a', 'b', 'a']);
  });
});
