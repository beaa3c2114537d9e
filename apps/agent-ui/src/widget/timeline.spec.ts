import { describe, expect, it } from '@jest/globals';
import type { VisitorMessage } from '#contract';
import {
  acknowledge,
  applyCatchUp,
  applyFrame,
  countUnread,
  emptyTimeline,
  isBehind,
  linesOf,
  markWaiting,
  nextToSend,
  writeMessage,
  type Timeline,
} from './timeline.js';

function buildMessage(seq: number, more: Partial<VisitorMessage> = {}): VisitorMessage {
  const at = '2026-11-21T10:00:00.000Z';
  const message = { id: `hub-${String(seq)}`, seq, rev: seq, at, from: 'agent', name: 'Sara', body: `m${String(seq)}` };
  return { ...message, attachments: [], delivery: null, ...more } as VisitorMessage;
}

const frame = (since: number, rev: number, ...messages: VisitorMessage[]) => ({ since, rev, messages });
const bodies = (timeline: Timeline): string[] => linesOf(timeline).map(({ body }) => body);
const write = (timeline: Timeline, id: string): Timeline =>
  writeMessage(timeline, { id, body: id, at: '2026-11-21T10:00:00.000Z' });

describe('the frames of a conversation', () => {
  const two = applyFrame(emptyTimeline, frame(0, 2, buildMessage(1), buildMessage(2)));

  it('lays in a frame that continues what is here', () => {
    expect(bodies(applyFrame(two, frame(2, 3, buildMessage(3))))).toEqual(['m1', 'm2', 'm3']);
  });

  it('drops a frame that tells nothing new', () => {
    expect(applyFrame(two, frame(1, 2, buildMessage(2, { body: 'older' })))).toEqual(two);
  });

  it('shows nothing of a frame beyond a gap, and knows that it is behind', () => {
    const gapped = applyFrame(two, frame(4, 5, buildMessage(5)));
    expect(bodies(gapped)).toEqual(['m1', 'm2']);
    expect(isBehind(gapped)).toBe(true);
  });

  it('fills the gap in order from the answer to catch-up', () => {
    const gapped = applyFrame(two, frame(4, 5, buildMessage(5)));
    const caughtUp = applyCatchUp(gapped, { rev: 5, messages: [buildMessage(5), buildMessage(3)] });
    expect(bodies(caughtUp)).toEqual(['m1', 'm2', 'm3', 'm5']);
    expect(isBehind(caughtUp)).toBe(false);
  });

  it('stays behind when a frame has overtaken the answer', () => {
    const gapped = applyFrame(two, frame(4, 5, buildMessage(5)));
    expect(isBehind(applyCatchUp(gapped, { rev: 4, messages: [buildMessage(4)] }))).toBe(true);
  });

  it('takes nothing back for an answer older than what is here', () => {
    const late = applyCatchUp(two, { rev: 1, messages: [buildMessage(1, { body: 'older', rev: 0 })] });
    expect(late.rev).toBe(2);
    expect(bodies(late)).toEqual(['m1', 'm2']);
  });

  it('changes a message in place when its receipt arrives', () => {
    const mine = applyFrame(emptyTimeline, frame(0, 1, buildMessage(1, { from: 'me' })));
    const read = applyFrame(mine, frame(1, 2, buildMessage(1, { from: 'me', rev: 2, delivery: 'read' })));
    expect(linesOf(read).map(({ mark }) => mark)).toEqual(['read']);
  });

  it('counts as unread what others wrote after what was seen', () => {
    const mixed = applyFrame(two, frame(2, 3, buildMessage(3, { from: 'me' })));
    expect(countUnread(mixed, 1)).toBe(1);
  });
});

describe('a message of the visitor', () => {
  const written = write(emptyTimeline, 'a');
  const tried = markWaiting(written, 'a', { isTried: true });
  const stored = buildMessage(1, { from: 'me', name: '', body: 'a' });

  it('waits, is sent, and keeps its place and key when it comes back', () => {
    const acknowledged = acknowledge(tried, 'a', 1);
    const back = applyFrame(acknowledged, frame(0, 1, stored));
    expect([written, acknowledged, back].map((one) => linesOf(one).map(({ key, mark }) => [key, mark]))).toEqual([
      [['a', 'waiting']],
      [['a', 'sent']],
      [['a', 'sent']],
    ]);
  });

  it('is shown once when it comes back before the answer, under whatever id', () => {
    const early = applyFrame(tried, frame(0, 1, stored));
    expect(bodies(early)).toEqual(['a']);
    expect(linesOf(acknowledge(early, 'a', 1)).map(({ key }) => key)).toEqual(['a']);
  });

  it('is settled at once when it comes back under its own id', () => {
    const back = applyFrame(tried, frame(0, 1, { ...stored, id: 'a' }));
    expect(back.waiting).toEqual([]);
    expect(bodies(back)).toEqual(['a']);
  });

  it('keeps its key when its receipt comes under the hub’s id', () => {
    const back = applyFrame(acknowledge(tried, 'a', 1), frame(0, 1, stored));
    const read = applyFrame(back, frame(1, 2, { ...stored, rev: 2, delivery: 'read' }));
    expect(linesOf(read).map(({ key, mark }) => [key, mark])).toEqual([['a', 'read']]);
  });

  it('does not hide what the visitor wrote earlier or elsewhere once it is answered', () => {
    const history = applyFrame(emptyTimeline, frame(0, 1, stored));
    const again = markWaiting(write(history, 'b'), 'b', { isTried: true });
    expect(bodies(again)).toEqual(['a', 'b']);
    const elsewhere = applyFrame(again, frame(1, 2, buildMessage(2, { from: 'me', body: 'other tab' })));
    expect(bodies(acknowledge(elsewhere, 'b', 3))).toEqual(['a', 'other tab', 'b']);
  });

  it('goes out one at a time, in the order written, past one that was refused', () => {
    const three = write(write(write(emptyTimeline, 'a'), 'b'), 'c');
    expect(nextToSend(three)?.id).toBe('a');
    const refused = markWaiting(three, 'a', { state: 'failed' });
    expect(nextToSend(refused)?.id).toBe('b');
    expect(nextToSend(acknowledge(refused, 'b', 1))?.id).toBe('c');
  });

  it('shows those that are sent before those that wait', () => {
    const failed = markWaiting(write(write(emptyTimeline, 'a'), 'b'), 'a', { state: 'failed' });
    expect(bodies(acknowledge(failed, 'b', 1))).toEqual(['b', 'a']);
  });

  it('does not hold back an earlier one of ours for a later one under way', () => {
    const both = write(write(emptyTimeline, 'a'), 'b');
    const first = acknowledge(markWaiting(both, 'a', { isTried: true }), 'a', 1);
    const second = markWaiting(applyFrame(first, frame(0, 1, stored)), 'b', { isTried: true });
    expect(bodies(second)).toEqual(['a', 'b']);
  });
});

describe('how far the visitor’s own messages have come', () => {
  const marksOf = (timeline: Timeline, receipts: { delivered: number; read: number }) =>
    linesOf(timeline, receipts).map(({ mark }) => mark);

  it('is told for each of them, and for nobody else’s', () => {
    const mine = (seq: number): VisitorMessage => buildMessage(seq, { from: 'me' });
    const three = applyFrame(emptyTimeline, frame(0, 4, mine(1), buildMessage(2), mine(3), mine(4)));
    expect(marksOf(three, { delivered: 0, read: 0 })).toEqual(['sent', null, 'sent', 'sent']);
    expect(marksOf(three, { delivered: 3, read: 1 })).toEqual(['read', null, 'delivered', 'sent']);
  });
});

describe('what a message brings besides its words', () => {
  it('shows the files of one that waits, and cannot fetch them yet', () => {
    const files = [{ id: 'f', name: 'a.pdf', mediaType: 'application/pdf', bytes: 3 }];
    const waiting = writeMessage(emptyTimeline, { id: 'x', body: '', at: '2026-11-21T10:00:00.000Z', files });
    expect(linesOf(waiting)[0]).toMatchObject({ attachments: [{ name: 'a.pdf', bytes: 3, url: '' }], mark: 'waiting' });
    expect(nextToSend(waiting)).toMatchObject({ files });
  });

  it('keeps the answers that a message offers', () => {
    const choices = [{ id: 'yes', label: 'Yes' }];
    const asked = applyFrame(emptyTimeline, frame(0, 1, buildMessage(1, { choices })));
    expect(linesOf(asked).at(-1)?.choices).toEqual(choices);
  });
});
