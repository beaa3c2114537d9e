import type { MessageView, ReplyWay } from '#contract';

/** A thread of mails that an answer can continue. */
export interface MailThread {
  id: string;
  subject: string;
}

/** What an agent chooses instead of a thread to begin another. */
export const newThread = 'new';

type Placed = Pick<MessageView, 'threadId' | 'identityId' | 'channel' | 'subject' | 'mail'>;

/** The threads that a way has been used for, as far as the timeline is loaded: the one that the hub would continue first, then the newest. */
export function threadsOf(way: ReplyWay, messages: readonly Placed[]): MailThread[] {
  const threads = new Map<string, MailThread>();
  if (way.threadId !== null) {
    threads.set(way.threadId, { id: way.threadId, subject: way.subject ?? '' });
  }
  for (const { threadId, subject } of messages.filter((message) => isOfWay(message, way)).toReversed()) {
    if (threadId !== null && !threads.has(threadId)) {
      threads.set(threadId, { id: threadId, subject: subject ?? '' });
    }
  }
  return [...threads.values()];
}

function isOfWay({ identityId, channel, mail }: Placed, way: ReplyWay): boolean {
  return mail !== null && identityId === way.identityId && channel?.id === way.channelId;
}

/** The thread that an answer goes into; null for a mail that begins one. A choice that is there no more is forgotten. */
export function chooseThread(threads: readonly MailThread[], chosen: string | undefined): MailThread | null {
  return chosen === newThread ? null : (threads.find(({ id }) => id === chosen) ?? threads[0] ?? null);
}

const answerMarks = /^(?:(?:re|fwd?|aw|sv|پاسخ|جواب|ارجاع|بازارسال)\s*[:：]\s*)+/iu;

/**
 * Whether a mail under this subject stays in its thread. The hub decides with a longer list of prefixes; this says beforehand what is to
 * be expected.
 */
export function staysInThread(thread: MailThread, subject: string): boolean {
  return subject.trim() === '' || keyOf(subject) === keyOf(thread.subject);
}

/** Persian letters have Arabic twins, and nobody sees which one was typed. */
function keyOf(subject: string): string {
  return subject
    .normalize('NFKC')
    .trim()
    .replace(answerMarks, '')
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll(/[\s\u200c]+/gu, ' ')
    .toLowerCase();
}
