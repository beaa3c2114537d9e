import { v7 as uuid } from 'uuid';
import { isSameSubject, storableText, type InboundMessage, type MessageContent } from '#channels';
import type { Arrival, KnownArrival, Plan } from './plan-acceptance.js';
import { isForged } from './read-arrival.js';

/** The most addresses that one mail adds to a thread. */
const mostCompanions = 50;

/** What a mail names of older ones, for the read: the nearest first. A forged one names nothing. */
export function namedMails({ event, threadId, namedThreadId }: Arrival): {
  thread: string | null;
  named: string | null;
  mail_ids: string[] | null;
} {
  const mail = event.type === 'message' && !isForged(event) ? event.mail : null;
  const ids = mail ? [mail.inReplyTo, ...mail.references.toReversed()].filter((id) => id !== null) : [];
  return {
    thread: mail ? threadId : null,
    named: mail ? (namedThreadId ?? null) : null,
    mail_ids: ids.length > 0 ? [...new Set(ids)].slice(0, 50) : null,
  };
}

/**
 * A mail belongs to a thread: the one it proves to continue, else one of its own. A subject of its own begins a thread of its own,
 * so that what is answered leaves under the subject it is about. Ids that nobody here knows stay with the new thread: what else
 * answers them is of it.
 */
export function planThread(plan: Plan, { ord, arrival, known }: KnownArrival): string | null {
  const { event } = arrival;
  if (event.type !== 'message' || !event.mail) {
    return null;
  }
  const companions = companionsOf(arrival, event);
  if (known.thread_id && (event.report || isSameSubject(known.thread_subject ?? '', event.mail.subject))) {
    if (companions.length > 0) {
      plan.growing.push({ ord, thread: known.thread_id, who: companions });
    }
    return known.thread_id;
  }
  const thread = newThread({ ord, arrival, known }, event.mail.subject, [event.from.address, ...companions]);
  plan.threads.push(thread);
  return thread.id;
}

function newThread(
  { ord, arrival, known }: KnownArrival,
  subject: string,
  participants: string[],
): Plan['threads'][number] {
  const answersKnown = known.thread_id !== null || known.related_thread !== null;
  return {
    ord,
    id: uuid(),
    conversation: known.conversation_id as string,
    channel: arrival.channelId,
    subject: storableText(subject),
    participants,
    verified: arrival.event.type === 'message' && arrival.event.from.trust !== 'unauthenticated',
    other_ids: answersKnown ? [] : (namedMails(arrival).mail_ids ?? []).map(storableText),
  };
}

/** What a mail that points at a thread without continuing it keeps: the thread, and a hint where its sender has no part in that. */
export function relationOf(
  known: KnownArrival['known'],
  event: Arrival['event'],
  thread: string | null,
): Pick<MessageContent, 'relatedThread' | 'flags'> {
  const pointedAt = known.related_thread ?? known.thread_id;
  if (event.type !== 'message' || !pointedAt || pointedAt === thread) {
    return {};
  }
  return {
    relatedThread: pointedAt,
    ...(known.related_thread && { flags: [...event.flags, 'possibly_related'] }),
  };
}

/** Whom a mail was addressed to besides us. Only a sender whose domain vouches for the mail brings others into a thread. */
function companionsOf({ companions }: Arrival, { from, report }: InboundMessage): string[] {
  return from.trust === 'unauthenticated' || report
    ? []
    : (companions ?? []).filter((address) => address !== from.address).slice(0, mostCompanions);
}
