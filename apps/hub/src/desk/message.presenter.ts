import type { MailView, MessageView } from '#contract';
import type { MailContent } from '../delivery/mail-content.js';
import { presentCall } from './call.presenter.js';
import type { MessageRow } from './message-rows.query.js';

/** What the presenter knows of configured channels; see settings/channel-directory. */
export interface ChannelNames {
  nameOf(channelId: string): { id: string; kind: NonNullable<MessageView['channel']>['kind']; name: string } | null;
}

/** A message as its reader gets it. A withheld one keeps place, time and direction, and nothing that somebody wrote. */
export function presentMessage(row: MessageRow, channels: ChannelNames, withheld = false): MessageView {
  const shown = withheld
    ? { ...row, body: '', content: {}, files: null, delivery_error: null, author_name: null }
    : row;
  const channel = row.channel_id === null ? null : channels.nameOf(row.channel_id);
  const isMail = channel?.kind === 'email' && !withheld && row.redacted_at === null;
  return {
    ...presentPlace(row),
    ...presentContent(shown),
    channel,
    mail: isMail ? presentMail(row) : null,
    author: { kind: row.author, id: row.author_id, name: shown.author_name ?? '' },
    body: shown.body,
    deliveryError: shown.delivery_error,
    withheld,
  };
}

/** What is true of a message for every reader. */
function presentPlace(row: MessageRow) {
  return {
    id: row.id,
    conversation: row.conversation_id,
    seq: row.seq,
    rev: row.rev,
    at: row.at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    threadId: row.thread_id,
    identityId: row.identity_id,
    ticketId: row.ticket_id,
    ticketReason: row.ticket_reason,
    direction: row.direction,
    kind: row.kind,
    delivery: row.delivery,
    editedAt: row.edited_at?.toISOString() ?? null,
    redactedAt: row.redacted_at?.toISOString() ?? null,
  };
}

function presentContent({
  content,
  files,
}: Pick<MessageRow, 'content' | 'files'>): Pick<
  MessageView,
  'subject' | 'flags' | 'call' | 'event' | 'attachments' | 'choices' | 'shared'
> {
  return {
    subject: content.subject ?? null,
    flags: content.flags ?? [],
    call: content.call ? presentCall(content.call) : null,
    event: content.event ?? null,
    ...(content.choices && { choices: content.choices }),
    ...(content.shared && { shared: content.shared }),
    attachments: (files ?? []).map((file) => ({ ...file, url: `/api/attachments/${file.id}` })),
  };
}

/** Only what came from outside was kept as it came. */
function presentMail({ content, direction }: Pick<MessageRow, 'content' | 'direction'>): MailView {
  const { to = [], cc = [], bcc = [], hidden = [], hasHtml = false } = content as MailContent;
  return {
    to,
    cc,
    bcc,
    hidden,
    hasHtml,
    hasSource: hasHtml || direction === 'in',
    ...presentFindings(content),
  };
}

function presentFindings({
  report,
  checks,
  relatedThread,
  calendar,
}: MessageRow['content']): Pick<MailView, 'report' | 'checks' | 'relatedThreadId' | 'calendar'> {
  return {
    report: report ? { kind: report.kind, recipients: report.recipients, awayUntil: report.awayUntil } : null,
    checks: checks ?? null,
    relatedThreadId: relatedThread ?? null,
    calendar: calendar ?? null,
  };
}
