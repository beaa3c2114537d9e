import { describe, expect, it } from '@jest/globals';
import { buildMessage, buildTicket } from '../../live/testing/build-views.js';
import { findFirstUnread, layTimeline } from './lay-timeline.js';

const dayOf = (at: string) => at.slice(0, 10);
const lay = (messages: ReturnType<typeof buildMessage>[], more: Partial<Parameters<typeof layTimeline>[0]> = {}) =>
  layTimeline({ messages, tickets: [], waiting: [], firstUnread: null, dayOf, ...more });
const kinds = (items: { kind: string }[]) => items.map(({ kind }) => kind);

describe('laying out a timeline', () => {
  it('begins each day with its date', () => {
    const next = buildMessage({ seq: 3, at: '2026-11-22T08:00:00.000Z' });
    expect(kinds(lay([buildMessage({ seq: 1 }), buildMessage({ seq: 2 }), next]))).toEqual([
      'day',
      'message',
      'message',
      'day',
      'message',
    ]);
  });

  it('marks where another ticket begins, and not where messages without one stand between', () => {
    const tickets = [buildTicket({ id: 'a', number: 1 }), buildTicket({ id: 'b', number: 2 })];
    const messages = [
      buildMessage({ seq: 1, ticketId: 'a' }),
      buildMessage({ seq: 2, ticketId: 'a' }),
      buildMessage({ seq: 3, ticketId: 'b' }),
    ];
    expect(kinds(lay(messages, { tickets }))).toEqual(['day', 'ticket', 'message', 'message', 'ticket', 'message']);
  });

  it('keeps every key when older messages are laid before', () => {
    const messages = [buildMessage({ seq: 5 }), buildMessage({ seq: 6 })];
    const before = lay(messages).map(({ key }) => key);
    const after = lay([buildMessage({ seq: 4 }), ...messages]).map(({ key }) => key);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(new Set(after).size).toBe(after.length);
  });

  it('joins keys of a telephone that follow each other, and leaves choices of a chat alone', () => {
    const phone = { id: 'line', kind: 'phone' as const, name: 'Line' };
    const pressed = (seq: number) => buildMessage({ seq, kind: 'keys', channel: phone });
    const items = lay([
      pressed(1),
      pressed(2),
      buildMessage({ seq: 3 }),
      pressed(4),
      buildMessage({ seq: 5, kind: 'keys' }),
    ]);
    expect(kinds(items)).toEqual(['day', 'keys', 'message', 'keys', 'message']);
    expect(items[1]).toMatchObject({ key: 'row 1', messages: [{ seq: 1 }, { seq: 2 }] });
  });

  it('shows what is on its way at the end, until the hub has it', () => {
    const message = { id: 'row 2', kind: 'text' as const, body: 'on its way' };
    const at = '2026-11-21T10:02:00.000Z';
    const waiting = [{ person: 'row', message, at, channelKind: null, state: 'sending' as const, problem: null }];
    expect(kinds(lay([buildMessage({ seq: 1 })], { waiting }))).toEqual(['day', 'message', 'waiting']);
    expect(kinds(lay([buildMessage({ seq: 1 }), buildMessage({ seq: 2 })], { waiting }))).toEqual([
      'day',
      'message',
      'message',
    ]);
  });

  it('draws the line above the first message that was not read', () => {
    const messages = [1, 2, 3].map((seq) => buildMessage({ seq }));
    const firstUnread = findFirstUnread(messages, { row: 1 });
    expect(firstUnread).toBe('row 2');
    expect(kinds(lay(messages, { firstUnread }))).toEqual(['day', 'message', 'new', 'message', 'message']);
  });
});
