import {
  contentIdOf,
  mayBeQuotedTo,
  shownFile,
  type MailDress,
  type OutboundMessage,
  type OutgoingFile,
  type OutgoingMail,
  type QuotedMail,
} from '#channels';
import type { FileStorage } from '../platform/storage/file-storage.js';
import type { OutboundRow, QuotableRow } from './outbound.query.js';

/** How many Message-IDs of a long thread its References name: the first ones root it, the last ones place the answer. */
const chainEnds = 20;

const answerPrefix = /^(?:re|aw|sv|antw|پاسخ)\s*(?:\[\d+\])?\s*:/iu;

/** Where a message goes and under whose name. */
export interface Outlet {
  address: string;
  threadToken: string | null;
  /** This installation's id in the heads of its automatic mails. */
  instance: string;
  /** What customers know the account as; '' where its kind has no such name. */
  accountName: string;
  /** What the mails of programs wear; of people's they have the footer. */
  dress: MailDress;
  /** How many parts of the message have left already. */
  sentParts: number;
  /** Where a provider that fetches files itself finds one, by its id; null where the channel's reads what it is given. */
  linkTo: ((fileId: string) => string | undefined) | null;
}

/** Builds what an adapter sends from the stored message. Mail parts are there only for a message of a thread. */
export function composeOutbound(row: OutboundRow, outlet: Outlet, storage: FileStorage): OutboundMessage {
  return {
    id: row.id,
    to: { kind: row.identity_kind, address: outlet.address },
    toName: row.customer_name,
    text: row.body,
    attachments: filesOf(row, outlet, storage),
    mail: row.mail_id === null ? null : mailOf(row, row.mail_id, outlet),
    replyTo: null,
    ...(row.content.choices && { choices: row.content.choices }),
    ...(outlet.sentParts > 0 && { sentParts: outlet.sentParts }),
  };
}

/** A file that the text of a mail shows in place goes along under the id that the text shows it by. */
function filesOf(row: OutboundRow, { linkTo }: Outlet, storage: FileStorage): OutgoingFile[] {
  const shown = new Set(
    row.mail_id === null ? [] : [...row.body.matchAll(shownFile)].map(([, , id]) => id?.toLowerCase()),
  );
  return (row.files ?? []).map((file) => {
    const link = linkTo?.(file.id);
    return {
      name: file.name,
      mediaType: file.mediaType,
      bytes: file.bytes,
      open: () => storage.open(file.storageKey),
      ...(shown.has(file.id) && { contentId: contentIdOf(file.id) }),
      ...(link !== undefined && { link }),
    };
  });
}

function mailOf(row: OutboundRow, messageId: string, outlet: Outlet): OutgoingMail {
  const { cc = [], bcc = [] } = row.content;
  const recipients = [outlet.address, ...cc, ...bcc];
  return {
    messageId,
    inReplyTo: row.last_inbound,
    references: shortened(row.chain ?? []),
    subject: subjectOf(row),
    cc,
    bcc,
    onlyTo: row.only_to,
    threadToken: outlet.threadToken,
    agentName: row.agent_name ?? '',
    // What is told to many answers nobody, and must come back where it cannot be delivered.
    automatic: isAutomatic(row) ? { instance: outlet.instance } : null,
    ...(isAutomatic(row) ? { dress: outlet.dress } : { underneath: outlet.dress.footer }),
    unsubscribeUrl: stopAtOf(row),
    quote: (row.quotable ?? []).flatMap((mail) => quoted(mail, recipients, outlet.accountName)),
  };
}

/** Where the reader of what was told to many leaves its list. */
function stopAtOf({ content: { event } }: OutboundRow): string | null {
  return typeof event?.['stopAt'] === 'string' ? event['stopAt'] : null;
}

function isAutomatic(row: OutboundRow): boolean {
  return row.author !== 'agent' && !isOutreach(row);
}

function isOutreach({ content: { event } }: OutboundRow): boolean {
  return event?.name === 'outreach.message';
}

/** A mail is repeated only to those who had it: whoever joins later learns nothing of what was said before. */
function quoted(mail: QuotableRow, recipients: string[], accountName: string): QuotedMail[] {
  const { to = [], cc = [], hidden = [] } = mail.content;
  const isOurs = mail.direction === 'out';
  const people = { from: mail.address, to: isOurs ? [] : to, cc };
  const text = withoutHidden(mail.body, hidden).trim();
  return text === '' || !mayBeQuotedTo(people, recipients)
    ? []
    : [{ at: new Date(mail.at), author: isOurs ? accountName : mail.name || mail.address, text }];
}

/** What a mail itself repeats is somebody else's, and was not checked against these recipients. */
function withoutHidden(text: string, hidden: [number, number][]): string {
  return hidden.reduceRight((whole, [from, to]) => whole.slice(0, from) + whole.slice(to), text);
}

/** A thread keeps its subject; an answer says so the way mail programs expect. */
function subjectOf(row: OutboundRow): string {
  const subject = row.content.subject ?? row.thread_subject ?? '';
  const isAnswer = row.last_inbound !== null && !answerPrefix.test(subject);
  return isAnswer ? `Re: ${subject}` : subject;
}

function shortened(chain: string[]): string[] {
  return chain.length <= 2 * chainEnds ? chain : [...chain.slice(0, chainEnds), ...chain.slice(-chainEnds)];
}
