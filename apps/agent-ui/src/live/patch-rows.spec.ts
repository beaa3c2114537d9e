import { describe, expect, it } from '@jest/globals';
import type { ListRow, MessageView, Page, TicketView } from '#contract';
import type { ListFilter } from '../api/hub.js';
import { isGuess, patchRows, type ListReader } from './patch-rows.js';
import { buildChanges, buildMessage, buildRow, buildTicket } from './testing/build-views.js';

const mine: ListFilter = { view: 'mine', queue: null };
const unassigned: ListFilter = { view: 'unassigned', queue: null };
const open: ListFilter = { view: 'open', queue: null };
const me: ListReader = { id: 'me', serves: null };
const page = (rows: ListRow[], next: string | null = null): Page<ListRow> => ({ rows, next });
const numbers = (pages: Page<ListRow>[]) => pages.map(({ rows }) => rows.map(({ ticket }) => ticket.number));

/** A frame about one ticket and what was said in its conversation. */
const changesOf = (ticket: TicketView, messages: MessageView[] = []) => {
  const { conversation } = ticket;
  return buildChanges({ person: conversation, conversation, since: 8, rev: 9, messages, tickets: [ticket] });
};

describe('patching a list from a frame', () => {
  const [a, b, c] = [3, 2, 1].map((minute) =>
    buildTicket({ id: `ticket ${minute}`, conversation: `row ${minute}`, number: minute, minute }),
  ) as [ReturnType<typeof buildTicket>, ReturnType<typeof buildTicket>, ReturnType<typeof buildTicket>];
  const pages = [page([buildRow(a), buildRow(b)], 'next'), page([buildRow(c)])];

  it('moves a line to the top when its customer writes, with their words and one more unread', () => {
    const said = buildMessage({ conversation: c.conversation, seq: 9, minute: 5, ticketId: c.id, body: 'سلام' });
    const patched = patchRows(pages, mine, changesOf({ ...c, lastMessageAt: said.at }, [said]), me);
    expect(numbers(patched)).toEqual([[1, 3, 2], []]);
    expect(patched[0]?.rows[0]).toMatchObject({ unread: 1, last: { body: 'سلام', direction: 'in' } });
  });

  it('counts nothing twice when the same frame comes again', () => {
    const said = buildMessage({ conversation: c.conversation, seq: 9, minute: 5, ticketId: c.id });
    const changes = changesOf({ ...c, lastMessageAt: said.at }, [said]);
    const twice = patchRows(patchRows(pages, mine, changes, me), mine, changes, me);
    expect(twice[0]?.rows[0]?.unread).toBe(1);
  });

  it('takes a line out when its ticket is solved, and out of "unassigned" when somebody takes it', () => {
    const solved = changesOf({ ...b, state: 'solved' });
    expect(numbers(patchRows(pages, mine, solved, me))).toEqual([[3], [1]]);
    const taken = changesOf({ ...b, ownerId: 'other' });
    expect(numbers(patchRows(pages, unassigned, taken, me))).toEqual([[3], [1]]);
  });

  it('takes a line out when its ticket went to a queue that the reader does not serve, unless it is theirs or they see all', () => {
    const [here, there] = ['queue of mine', 'queue of others'];
    const rows = [a, b, c].map((ticket) => buildRow({ ...ticket, queueId: here }));
    const moved = changesOf({ ...b, queueId: there });
    const reader: ListReader = { id: 'me', serves: [here] };
    expect(numbers(patchRows([page(rows)], open, moved, reader))).toEqual([[3, 1]]);
    expect(numbers(patchRows([page(rows)], open, moved, me))).toEqual([[3, 2, 1]]);
    expect(numbers(patchRows([page(rows)], mine, moved, reader))).toEqual([[3, 2, 1]]);
  });

  it('brings in a line that now belongs, and leaves other queues alone', () => {
    const given = buildTicket({ id: 'new', number: 7, minute: 8 });
    const changes = buildChanges({ since: 0, rev: 1, tickets: [given] });
    expect(numbers(patchRows(pages, mine, changes, me))).toEqual([[7, 3, 2], [1]]);
    expect(patchRows(pages, { view: 'mine', queue: 'other' }, changes, me)[0]?.rows).toHaveLength(2);
  });

  it('leaves out a line that sorts behind the last loaded page', () => {
    const old = buildTicket({ id: 'old', number: 4, lastMessageAt: '2026-01-01T00:00:00.000Z' });
    const unfinished = [page([buildRow(a), buildRow(b)], 'next')];
    const changes = buildChanges({ since: 0, rev: 1, tickets: [old] });
    expect(numbers(patchRows(unfinished, mine, changes, me))).toEqual([[3, 2]]);
  });

  it('shows no event as the last words', () => {
    const event = buildMessage({
      conversation: a.conversation,
      seq: 9,
      minute: 5,
      kind: 'event',
      direction: 'internal',
    });
    const patched = patchRows(pages, mine, changesOf(a, [event]), me);
    expect(patched[0]?.rows[0]?.last).toBeNull();
  });

  it('keeps what the customer asked as the last words when the hub says something by itself', () => {
    const asked = buildMessage({ conversation: c.conversation, seq: 9, minute: 5, ticketId: c.id, body: 'سلام' });
    const told = buildMessage({
      conversation: c.conversation,
      seq: 10,
      minute: 6,
      ticketId: c.id,
      direction: 'out',
      author: { kind: 'system', id: null, name: '' },
      body: 'You are number 2 in line.',
    });
    const patched = patchRows(pages, mine, changesOf({ ...c, lastMessageAt: told.at }, [asked, told]), me);
    expect(patched[0]?.rows[0]).toMatchObject({ unread: 1, last: { body: 'سلام' } });
  });

  it('brings the last words along when a line comes from another list', () => {
    const last = { body: 'سلام', kind: 'text', direction: 'in', channelKind: 'sms', at: a.lastMessageAt } as const;
    const taken = { ...a, id: 'taken', number: 8 };
    const elsewhere = new Map([['taken', buildRow(taken, { last, unread: 2 })]]);
    const patched = patchRows(pages, mine, changesOf(taken), me, elsewhere);
    const row = patched[0]?.rows.find(({ ticket }) => ticket.id === 'taken');
    expect(row).toMatchObject({ last: { body: 'سلام' }, unread: 2 });
  });

  it('knows that a line lacks its past when a ticket came in without words, and not when all of them came along', () => {
    const taken = { ...a, id: 'taken' };
    const said = buildMessage({ conversation: a.conversation, seq: 1, ticketId: 'taken' });
    expect(isGuess(buildRow(taken), changesOf(taken))).toBe(true);
    expect(isGuess(buildRow(taken), buildChanges({ since: 0, rev: 1, tickets: [taken] }))).toBe(false);
    expect(isGuess(buildRow(taken, { last: null }), changesOf(taken, [said]))).toBe(false);
  });

  it('shows what a person said on every ticket of theirs', () => {
    const other = buildTicket({ id: 'other', conversation: a.conversation, number: 9, minute: 1 });
    const said = buildMessage({ conversation: a.conversation, seq: 9, minute: 5, ticketId: a.id, body: 'سلام' });
    const both = [page([buildRow(a), buildRow(other)])];
    const patched = patchRows(both, mine, changesOf({ ...a, lastMessageAt: said.at }, [said]), me);
    expect(patched[0]?.rows.map(({ last }) => last?.body)).toEqual(['سلام', 'سلام']);
  });
});
