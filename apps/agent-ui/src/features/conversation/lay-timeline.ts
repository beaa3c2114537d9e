import type { MessageView, TicketView } from '#contract';
import type { Waiting } from './outbox.js';

export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'ticket'; key: string; ticket: TicketView }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: MessageView; continues: boolean }
  /** Keys of a telephone that were pressed one after the other. */
  | { kind: 'keys'; key: string; messages: MessageView[] }
  | { kind: 'waiting'; key: string; waiting: Waiting };

interface Laying {
  messages: readonly MessageView[];
  tickets: readonly TicketView[];
  /** Ours, on their way to the hub. */
  waiting: readonly Waiting[];
  /** The first message that was unread when the conversation was opened. */
  firstUnread: string | null;
  /** Names the reader's calendar day of an instant. */
  dayOf: (at: string) => string;
}

const closeTogetherMs = 3 * 60_000;

/**
 * Lays a timeline out: days, ticket boundaries and the line above what is new between the messages, and what is on its
 * way at the end. Keys stay the same when older messages are laid before; the scroll position is kept by them.
 */
export function layTimeline({ messages, waiting, ...context }: Laying): TimelineItem[] {
  const said = messages
    .flatMap((message, index) => layMessage(message, messages[index - 1], context))
    .reduce(joinKeys, []);
  const arrived = new Set(messages.map(({ id }) => id));
  const onTheWay = waiting.filter(({ message }) => !arrived.has(message.id));
  return [...said, ...onTheWay.map((one): TimelineItem => ({ kind: 'waiting', key: one.message.id, waiting: one }))];
}

type Context = Omit<Laying, 'messages' | 'waiting'>;

/** A message with whatever begins at it. */
function layMessage(
  message: MessageView,
  before: MessageView | undefined,
  { tickets, firstUnread, dayOf }: Context,
): TimelineItem[] {
  const day = dayOf(message.at);
  const ticket = tickets.find(({ id }) => id === message.ticketId);
  const borders: TimelineItem[] = [];
  if (!before || dayOf(before.at) !== day) {
    borders.push({ kind: 'day', key: `day ${day}`, at: message.at });
  }
  if (ticket && ticket.id !== before?.ticketId) {
    borders.push({ kind: 'ticket', key: `ticket before ${message.id}`, ticket });
  }
  if (message.id === firstUnread) {
    borders.push({ kind: 'new', key: 'new' });
  }
  const isContinued = borders.length === 0 && before !== undefined && continues(before, message);
  return [...borders, { kind: 'message', key: message.id, message, continues: isContinued }];
}

/** Lays an item behind the others; keys go to those right before them. */
function joinKeys(laid: TimelineItem[], item: TimelineItem): TimelineItem[] {
  if (item.kind !== 'message' || !isPressedOnPhone(item.message)) {
    laid.push(item);
    return laid;
  }
  const before = laid.at(-1);
  if (before?.kind === 'keys') {
    before.messages.push(item.message);
  } else {
    laid.push({ kind: 'keys', key: item.key, messages: [item.message] });
  }
  return laid;
}

/** Choices of chats are keys as well, and read as words. */
function isPressedOnPhone({ kind, channel, withheld }: MessageView): boolean {
  return kind === 'keys' && channel?.kind === 'phone' && !withheld;
}

/** Said by the same author in the same breath: shown closer, and named once. */
function continues(before: MessageView, message: MessageView): boolean {
  return (
    before.kind === message.kind &&
    before.author.kind === message.author.kind &&
    before.author.id === message.author.id &&
    before.channel?.id === message.channel?.id &&
    new Date(message.at).getTime() - new Date(before.at).getTime() < closeTogetherMs
  );
}

/** The first message from outside that the reader has not read, per the marks of each part. */
export function findFirstUnread(messages: readonly MessageView[], read: Record<string, number>): string | null {
  return (
    messages.find(({ direction, conversation, seq }) => direction === 'in' && seq > (read[conversation] ?? 0))?.id ??
    null
  );
}
