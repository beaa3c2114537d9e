import type { AfterSendView, HeldMessageView } from '#contract';
import type { HeldRow } from './held-messages.query.js';

/** What a held message holds, as its writer sent it. */
export interface HeldWords {
  body: string;
  subject?: string | null;
  identityId?: string;
  channelId?: string;
  threadId?: string | null;
  cc?: string[];
  bcc?: string[];
  quote?: boolean;
  ticketId?: string;
  seen?: string;
  afterwards?: AfterSendView;
}

export function presentHeld(row: HeldRow): HeldMessageView {
  const { id, conversation_id: conversationId, remaining_ms: remaining, state, code, problem } = row;
  const { body, subject = null } = wordsIn(row);
  const remainingMs = Math.round(remaining);
  return { id, conversationId, remainingMs, state, code, problem, body, subject, written: presentWritten(row) };
}

export function wordsIn({ message }: Pick<HeldRow, 'message'>): HeldWords {
  return message as unknown as HeldWords;
}

function presentWritten(row: HeldRow): HeldMessageView['written'] {
  const words = wordsIn(row);
  return {
    at: row.held_at.toISOString(),
    channelId: words.channelId ?? null,
    channelKind: row.channel_kind,
    identityId: words.identityId ?? null,
    ...presentMail(words),
    ticketId: words.ticketId ?? null,
    seen: words.seen ?? null,
    attachments: filesIn(row),
    afterwards: words.afterwards ?? null,
  };
}

function presentMail(words: HeldWords): Pick<HeldMessageView['written'], 'threadId' | 'cc' | 'bcc' | 'quote'> {
  const { threadId = null, cc = [], bcc = [] } = words;
  return { threadId, cc, bcc, quote: words.quote ?? null };
}

/** Those that are still there to go along. */
export function filesIn({ files }: Pick<HeldRow, 'files'>): HeldMessageView['written']['attachments'] {
  return (files ?? []).map((file) => ({ ...file, url: `/api/attachments/${file.id}` }));
}
