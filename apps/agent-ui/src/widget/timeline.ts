import type { VisitorMessage } from '#contract';

/** A message of the visitor's that the chat has not seen come back. */
export interface Waiting {
  /** The visitor's own UUID for it: sent again under the same one, it is stored once. */
  id: string;
  body: string;
  /** When it was written, by the visitor's clock. */
  at: string;
  state: 'waiting' | 'failed';
  /** It went out at least once, so it may be stored without our knowing. */
  isTried: boolean;
  /** The last seq on the screen when it was written: stored, it has a later one. */
  after: number;
  /** The place the hub gave it, once it said so. */
  seq: number | null;
  /** Files that are with the hub already, by the ids that it gave them. */
  files?: readonly SentFile[];
  /** What it chooses of what a message of ours offered; `body` is its label. */
  choice?: { id: string; of: string };
}

/** A file of a message that waits. */
export interface SentFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
}

/** What the visitor writes, by the id that they give it. */
export type Written = Pick<Waiting, 'id' | 'body' | 'at' | 'files' | 'choice'>;

/** How far the visitor's messages have come, as seqs: with an agent who is there, and read. */
export interface Receipts {
  delivered: number;
  read: number;
}

/** The conversation as the chat knows it. `messages` are by seq, without repeats; `waiting` in the order they were written. */
export interface Timeline {
  /** Everything up to this rev is here. */
  rev: number;
  /** The newest rev heard of. Beyond `rev` there is something to ask for. */
  heard: number;
  messages: readonly VisitorMessage[];
  waiting: readonly Waiting[];
}

/** How far a message has come. An agent's has no mark. */
export type Mark = 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as it is shown. `key` stays the same from the send button to the last receipt. */
export interface Line extends Pick<VisitorMessage, 'at' | 'from' | 'name' | 'body' | 'attachments' | 'choices'> {
  key: string;
  mark: Mark | null;
}

const noReceipts: Receipts = { delivered: 0, read: 0 };

export const emptyTimeline: Timeline = { rev: 0, heard: 0, messages: [], waiting: [] };

/** A frame that continues what is here is laid in, an old one dropped, a later one only heard of: the gap is asked for. */
export function applyFrame(
  timeline: Timeline,
  frame: { since: number; rev: number; messages: readonly VisitorMessage[] },
): Timeline {
  const heard = Math.max(timeline.heard, frame.rev);
  if (frame.rev <= timeline.rev || frame.since > timeline.rev) {
    return { ...timeline, heard };
  }
  return { ...foldMessages(timeline, frame.messages), rev: frame.rev, heard };
}

/** Lays in what the hub answered to a rev; frames may have moved on meanwhile, so nothing is taken back. */
export function applyCatchUp(
  timeline: Timeline,
  answer: { rev: number; messages: readonly VisitorMessage[] },
): Timeline {
  const rev = Math.max(timeline.rev, answer.rev);
  return { ...foldMessages(timeline, answer.messages), rev, heard: Math.max(timeline.heard, rev) };
}

export function isBehind({ rev, heard }: Timeline): boolean {
  return heard > rev;
}

export function lastSeqOf({ messages }: Timeline): number {
  return messages.at(-1)?.seq ?? 0;
}

export function writeMessage(timeline: Timeline, written: Written): Timeline {
  const message: Waiting = { ...written, state: 'waiting', isTried: false, after: lastSeqOf(timeline), seq: null };
  return { ...timeline, waiting: [...timeline.waiting, message] };
}

/** The message to send now: they go one at a time, so that they are stored in the order they were written. */
export function nextToSend({ waiting }: Timeline): Waiting | null {
  return waiting.find(({ state, seq }) => state === 'waiting' && seq === null) ?? null;
}

/** A new place for a waiting message: tried, refused, or to be tried again. */
export function markWaiting(
  timeline: Timeline,
  id: string,
  change: Partial<Pick<Waiting, 'state' | 'isTried'>>,
): Timeline {
  return { ...timeline, waiting: timeline.waiting.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/** The hub has stored the message at this seq. The ones still waiting will come after it. */
export function acknowledge(timeline: Timeline, id: string, seq: number): Timeline {
  const waiting = timeline.waiting.map((one) =>
    one.id === id ? { ...one, seq } : { ...one, after: Math.max(one.after, seq) },
  );
  return foldMessages({ ...timeline, waiting }, []);
}

/**
 * The lines to show: what is stored, then what waits. A message of ours may come back before the answer that names its place
 * does; while one is under way, what may be that message is held back, so that nothing is ever shown twice.
 */
export function linesOf({ messages, waiting }: Timeline, receipts: Receipts = noReceipts): Line[] {
  const underWay = waiting.find(({ isTried, seq, state }) => isTried && seq === null && state === 'waiting');
  const isHeld = ({ from, seq }: VisitorMessage): boolean =>
    from === 'me' && underWay !== undefined && seq > underWay.after;
  return [
    ...messages.filter((message) => !isHeld(message)).map((message) => lineOfMessage(message, receipts)),
    ...waiting.filter(({ seq }) => seq !== null).map(lineOfWaiting),
    ...waiting.filter(({ seq }) => seq === null).map(lineOfWaiting),
  ];
}

/** How many of the others' messages lie after this seq. */
export function countUnread({ messages }: Timeline, seen: number): number {
  return messages.filter(({ from, seq }) => from !== 'me' && seq > seen).length;
}

function foldMessages(timeline: Timeline, arrived: readonly VisitorMessage[]): Timeline {
  const bySeq = new Map(timeline.messages.map((message) => [message.seq, message]));
  for (const message of arrived) {
    const known = bySeq.get(message.seq);
    if (!known || message.rev > known.rev) {
      bySeq.set(message.seq, known ? { ...message, id: known.id } : message);
    }
  }
  // The hub may know a message of ours by another id; on the screen it keeps the one it was written under.
  for (const { seq, id } of timeline.waiting) {
    const stored = seq === null ? undefined : bySeq.get(seq);
    if (stored) {
      bySeq.set(stored.seq, { ...stored, id });
    }
  }
  const messages = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
  const stored = new Set(messages.map(({ id }) => id));
  return { ...timeline, messages, waiting: timeline.waiting.filter(({ id }) => !stored.has(id)) };
}

function lineOfMessage(message: VisitorMessage, receipts: Receipts): Line {
  const { id, from, name, at, body, attachments, choices } = message;
  const mark = from === 'me' ? markOf(message, receipts) : null;
  return { key: id, from, name, at, body, attachments, mark, ...(choices && { choices }) };
}

function markOf({ seq, delivery }: VisitorMessage, { delivered, read }: Receipts): Mark {
  if (seq <= read || delivery === 'read') {
    return 'read';
  }
  return seq <= delivered || delivery === 'delivered' ? 'delivered' : 'sent';
}

function lineOfWaiting({ id, at, body, state, seq, files = [] }: Waiting): Line {
  const attachments = files.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes, url: '' }));
  return { key: id, from: 'me', name: '', at, body, attachments, mark: seq === null ? state : 'sent' };
}
