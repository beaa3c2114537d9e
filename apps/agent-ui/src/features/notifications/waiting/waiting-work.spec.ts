import { describe, expect, it } from '@jest/globals';
import type { ConversationChanges, ListRow, TicketView } from '#contract';
import { buildChanges, buildRow, buildTicket } from '../../../live/testing/build-views.js';
import { beginAsking, hush, loudOf, nothingWaits, takeAnswer, takeAssignment, takeChanges } from './waiting-work.js';

const queues = ['sales'];
const free = (wish: Partial<TicketView> = {}): TicketView =>
  buildTicket({ id: 't', ownerId: null, state: 'new', queueId: 'sales', ...wish });
const frame = (rev: number, ...tickets: TicketView[]): ConversationChanges =>
  buildChanges({ since: rev - 1, rev, tickets });
const row = (ticket: TicketView): ListRow => buildRow(ticket);
const whole = (...rows: ListRow[]) => ({ rows, isWhole: true });
const ids = (work: typeof nothingWaits) => loudOf(work).map(({ id }) => id);
const assigned = (agentId: string | null) => ({
  ticketId: 't',
  number: 1,
  prefix: '',
  conversation: 'c',
  agentId,
  by: 'router',
});

describe('what is rung for', () => {
  it('is new work of the reader’s queues, until somebody takes it', () => {
    const waiting = takeChanges(nothingWaits, frame(5, free()), queues);
    expect(ids(waiting)).toEqual(['t']);
    expect(ids(takeChanges(waiting, frame(6, free({ ownerId: 'a colleague' })), queues))).toEqual([]);
    expect(ids(takeAssignment(waiting, assigned('a colleague')))).toEqual([]);
    expect(ids(takeAssignment(waiting, assigned(null)))).toEqual(['t']);
  });

  it.each<[string, Partial<TicketView>]>([
    ['is of another queue', { queueId: 'billing' }],
    ['waits for its customer', { state: 'pending' }],
    ['is solved', { state: 'solved' }],
    ['sleeps', { snoozedUntil: '2030-01-01T00:00:00.000Z' }],
    ['is spam', { isSpam: true }],
  ])('is nothing that %s, and stops when a ticket becomes so', (_, wish) => {
    expect(ids(takeChanges(nothingWaits, frame(5, free(wish)), queues))).toEqual([]);
    const waiting = takeChanges(nothingWaits, frame(5, free()), queues);
    expect(ids(takeChanges(waiting, frame(6, free(wish)), queues))).toEqual([]);
  });

  it('is known again after a reload, and what was taken meanwhile is not', () => {
    const seen = beginAsking(takeChanges(nothingWaits, frame(5, free({ id: 'gone' })), queues));
    expect(
      ids(takeAnswer(seen, whole(row(free({ rev: 4 })), row(free({ id: 'other', queueId: 'billing' }))), queues)),
    ).toEqual(['t']);
  });

  it('does not come back by an answer that was read before it was taken', () => {
    const waiting = takeChanges(nothingWaits, frame(5, free()), queues);
    const taken = takeChanges(waiting, frame(7, free({ ownerId: 'a colleague' })), queues);
    expect(ids(takeAnswer(taken, whole(row(free({ rev: 5 }))), queues))).toEqual([]);
    expect(ids(takeAnswer(taken, whole(row(free({ rev: 8 }))), queues))).toEqual(['t']);
  });

  it('is not lost by an answer that was read before it came, nor brought back by one read before it was given to somebody', () => {
    const asked = beginAsking(nothingWaits);
    const come = takeChanges(asked, frame(5, free()), queues);
    expect(ids(takeAnswer(come, whole(), queues))).toEqual(['t']);
    expect(ids(takeAnswer(beginAsking(come), whole(), queues))).toEqual([]);
    const given = takeAssignment(beginAsking(nothingWaits), assigned('a colleague'));
    expect(ids(takeAnswer(given, whole(row(free({ rev: 5 }))), queues))).toEqual([]);
    expect(ids(takeAnswer(beginAsking(given), whole(row(free({ rev: 8 }))), queues))).toEqual(['t']);
  });

  it('goes on beyond what the hub names at once', () => {
    const waiting = takeChanges(nothingWaits, frame(5, free(), free({ id: 'another' })), queues);
    const asked = beginAsking(waiting);
    expect(ids(takeAnswer(asked, { rows: [row(free({ rev: 5 }))], isWhole: false }, queues))).toEqual(['t', 'another']);
    expect(ids(takeAnswer(asked, whole(row(free({ rev: 5 }))), queues))).toEqual(['t']);
  });

  it('holds no more of a long day than what moved last', () => {
    const day = Array.from({ length: 1_000 }, (_, index) =>
      frame(index + 1, free({ id: String(index), ownerId: 'a' })),
    );
    const { moved, tickets } = day.reduce((work, one) => takeChanges(work, one, queues), nothingWaits);
    expect([moved.size, tickets.size]).toEqual([200, 0]);
  });

  it('is silent in one window once its reader said so, and loud again for what comes or comes back', () => {
    const hushed = hush(takeChanges(nothingWaits, frame(5, free()), queues));
    expect(ids(hushed)).toEqual([]);
    expect(hushed.tickets.size).toBe(1);
    expect(ids(takeChanges(hushed, frame(6, free({ id: 'next' })), queues))).toEqual(['next']);
    expect(ids(takeChanges(hushed, frame(6, free()), queues))).toEqual([]);
    const taken = takeChanges(hushed, frame(7, free({ ownerId: 'a colleague' })), queues);
    expect(ids(takeChanges(taken, frame(8, free()), queues))).toEqual(['t']);
  });
});
