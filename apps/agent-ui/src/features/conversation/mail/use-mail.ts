import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ConversationView, ReplyWay } from '#contract';
import type { Draft } from '../../../api/drafts.js';
import { hub, type MailGoal, type Outgoing, type ReplyOptions } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { isAddress } from './mail-addresses.js';
import { chooseThread, staysInThread, threadsOf, type MailThread } from './mail-route.js';

/** What an answer by mail has besides its words. */
export interface Mailing {
  threads: MailThread[];
  /** Which one it continues; null for a mail that begins one. */
  thread: MailThread | null;
  subject: string;
  /** Its subject is another than the thread's, so it begins a thread of its own. */
  leavesThread: boolean;
  cc: string[];
  bcc: string[];
  quote: boolean;
  options: ReplyOptions | undefined;
  /** What keeps it from being sent. */
  lacks: 'subject' | 'addresses' | null;
}

/** The mail side of the composer; undefined while the answer goes another way. */
export function useMail(view: ConversationView, way: ReplyWay | undefined, draft: Draft): Mailing | undefined {
  const mailWay = way?.channelKind === 'email' ? way : undefined;
  const threads = mailWay ? threadsOf(mailWay, view.messages) : [];
  const thread = chooseThread(threads, draft.threadId);
  const options = useReplyOptions(view, mailWay, thread);
  return mailWay && { threads, thread, options, ...written(draft, thread, options) };
}

/** What the agent wrote, or what it starts from. */
function written(draft: Draft, thread: MailThread | null, options: ReplyOptions | undefined) {
  const { cc = [], bcc = [], subject = thread?.subject ?? '' } = draft;
  return {
    subject,
    cc,
    bcc,
    leavesThread: thread !== null && !staysInThread(thread, subject),
    quote: draft.quote ?? options?.quote ?? false,
    lacks: lackOf(subject, thread, [...cc, ...bcc]),
  };
}

/** Who an answer to everybody reaches depends on the newest mail, so each message asks anew. */
function useReplyOptions({ id, messages }: ConversationView, way: ReplyWay | undefined, thread: MailThread | null) {
  const goal = goalOf(way, thread);
  const newest = messages.findLast(({ mail }) => mail !== null)?.id ?? '';
  return useQuery({
    queryKey: keys.replyOptions(id, goal, newest),
    queryFn: ({ signal }) => hub.replyOptions(id, goal, signal),
    enabled: way !== undefined && !way.claimed && way.unavailable === null,
    placeholderData: keepPreviousData,
    retry: false,
  }).data;
}

function goalOf(way: ReplyWay | undefined, thread: MailThread | null): MailGoal {
  return { channelId: way?.channelId ?? '', identityId: way?.identityId ?? '', threadId: thread?.id ?? null };
}

function lackOf(subject: string, thread: MailThread | null, copies: readonly string[]): Mailing['lacks'] {
  if (!copies.every(isAddress)) {
    return 'addresses';
  }
  return thread === null && subject.trim() === '' ? 'subject' : null;
}

/** The mail's part of what goes to the hub. */
export function mailOf({ thread, subject, cc, bcc, quote }: Mailing): Partial<Outgoing> {
  return {
    ...(thread && { threadId: thread.id }),
    ...(subject.trim() && { subject: subject.trim() }),
    ...(cc.length > 0 && { cc }),
    ...(bcc.length > 0 && { bcc }),
    quote,
  };
}
