import { createHash } from 'node:crypto';
import type { Claim, InboundMessage, MailHeaders, MailReport, MessageFlag, SenderChecks } from '../message.js';
import { automaticFlags } from './automatic-mail.js';
import { normaliseEmail, splitTag } from './email-address.js';
import { cleanText, longestText } from './mime/clean-text.js';
import { readHead, type MailHead } from './mime/read-head.js';
import type { PartLimits } from './mime/part-parser.js';
import { readParts, type MailParts } from './mime/read-parts.js';
import { visibleReply } from './visible-reply/visible-reply.js';
import { contradictsItself, nobody, readSender, type ReadSender } from './read-sender.js';
import { readReport } from './reports/read-report.js';
import { looksLikeThreadToken } from './thread-token.js';

/** What the way in knows about a mail besides its bytes. */
export interface MailContext {
  /** Recipients of the envelope; empty when a mailbox was read. */
  envelopeTo: string[];
  /** Sender of the envelope: '' is the null sender of bounces, null means that it is not known. */
  envelopeFrom: string | null;
  /** Every address at which the account receives, aliases included. */
  accountAddresses: string[];
  /** Whether the From domain vouches for this mail (verifySender). */
  verdict: 'pass' | 'fail' | 'none';
  /** What the verdict rests on, to be shown with the mail. */
  checks?: SenderChecks | null;
  /** What the inbox takes mail for that names no charset and is no UTF-8; windows-1256 when absent. */
  fallbackCharset?: string;
}

/** Sizes in bytes, times in milliseconds. */
export interface MailLimits extends PartLimits {
  mailBytes: number;
}

/** What a mail may be before it is kept unread, with its head and its raw form only. */
export const mailLimits: MailLimits = {
  mailBytes: 35 * 1024 * 1024,
  fileBytes: 25 * 1024 * 1024,
  parts: 100,
  depth: 20,
  timeMs: 5_000,
};

/** parseEmail, or the like of it in a thread of its own. */
export type ParseMail = (raw: Uint8Array, context: MailContext, limits?: MailLimits) => Promise<InboundMessage>;

const hashStep = 1024 * 1024;

/**
 * Brings a mail to the form of every message. It never rejects and loses nothing: a mail beyond the limits or broken past reading
 * comes out flagged, with what could be read of it, and its raw bytes are kept for a better reader.
 */
export async function parseEmail(
  raw: Uint8Array,
  context: MailContext,
  limits: MailLimits = mailLimits,
): Promise<InboundMessage> {
  const isTooLarge = raw.length > limits.mailBytes;
  return asMessage(
    raw,
    context,
    isTooLarge ? unread('oversized') : await readParts(raw, limits, context.fallbackCharset),
  );
}

/** The message of a mail that is only known by its head, because reading the rest of it was too much. */
export function parseHeadOnly(raw: Uint8Array, context: MailContext): Promise<InboundMessage> {
  return asMessage(raw, context, unread('malformed'), true);
}

/** The message of a mail of which not even the head can be read: its bytes, from nobody in particular. Takes no time to make. */
export function unreadableMail(raw: Uint8Array): InboundMessage {
  const address = nobody(raw);
  return {
    type: 'message',
    externalId: `sha256:${sha256(raw)}`,
    raw,
    from: { kind: 'email', address, trust: 'unauthenticated', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text: notes.malformed,
    attachments: [],
    mail: { messageId: null, inReplyTo: null, references: [], subject: '', to: [], cc: [], threadToken: null },
    replyTo: null,
    flags: ['unverified', 'malformed'],
  };
}

async function asMessage(
  raw: Uint8Array,
  context: MailContext,
  parts: MailParts,
  isHeadOnly = false,
): Promise<InboundMessage> {
  const head = await readHead(raw, context.fallbackCharset);
  const own = new Set(context.accountAddresses.map((address) => normaliseEmail(address) ?? address));
  const sender = readSender(head, raw, { ...context, own });
  const mail = mailHeaders(head, context, own);
  const text = cleanText(parts.text);
  const automatic = automaticFlags(head, sender.from, context.envelopeFrom, own);
  const report = isHeadOnly ? null : soundReport(readReport(raw, context.envelopeFrom), automatic);
  const hidden = visibleReply({ text, html: parts.textPage });
  return {
    type: 'message',
    externalId: externalId(head, raw),
    raw,
    from: sender.from,
    claims: replyClaims(head, sender.from.address, own),
    sentAt: head.sentAt,
    kind: 'text',
    text: withNote(text, parts),
    attachments: parts.attachments,
    mail,
    replyTo: mail.inReplyTo,
    flags: [...trustFlags(sender, context), ...withReport(automatic, report), ...damageFlags(parts, sender, head)],
    ...(hidden.length > 0 && { hidden }),
    ...(parts.html !== null && { hasHtml: true }),
    ...(report && { report }),
    ...(parts.calendar && { calendar: parts.calendar }),
    ...(context.checks && { checks: context.checks }),
  };
}

/** What is told of a text that is not all here. A note stands behind the text, where it moves no offset. */
function withNote(text: string, parts: MailParts): string {
  if (text === '') {
    return parts.fault ? notes[parts.fault] : '';
  }
  return parts.text.length > longestText ? `${text}\n\n${notes.cut}` : text;
}

/** For readers of either language. */
export const notes = {
  cut: 'This mail is longer than is shown here. The original is kept and can be downloaded.\nاین ایمیل طولانی‌تر از آن است که اینجا دیده می‌شود. اصل آن نگه داشته شده است و می‌توانید آن را دریافت کنید.',
  oversized:
    'This mail is too large to be shown here. The original is kept and can be downloaded.\nاین ایمیل بزرگ‌تر از آن است که اینجا نمایش داده شود. اصل آن نگه داشته شده است و می‌توانید آن را دریافت کنید.',
  beginning:
    'This mail is too large to be fetched. Only its beginning is kept here; the whole of it is still in the mailbox.\nاین ایمیل بزرگ‌تر از آن است که دریافت شود. فقط آغاز آن اینجا نگه داشته شده است؛ خود ایمیل هنوز در صندوق پستی است.',
  unfetched:
    'The mail server did not hand this mail over, though it was asked several times. What came of it is kept here; the mail itself is still in the mailbox.\nسرور ایمیل این نامه را با وجود چند بار درخواست تحویل نداد. آنچه رسیده اینجا نگه داشته شده است؛ خود ایمیل هنوز در صندوق پستی است.',
  malformed:
    'This mail could not be read. The original is kept and can be downloaded.\nاین ایمیل خوانده نشد. اصل آن نگه داشته شده است و می‌توانید آن را دریافت کنید.',
};

function unread(fault: 'oversized' | 'malformed'): MailParts {
  return { text: '', textPage: null, html: null, attachments: [], calendar: null, fault };
}

function trustFlags({ from }: ReadSender, { verdict }: MailContext): MessageFlag[] {
  if (from.trust === 'channel_given') {
    return [];
  }
  return verdict === 'fail' ? ['forged'] : ['unverified'];
}

function damageFlags({ fault }: MailParts, { found }: ReadSender, head: MailHead): MessageFlag[] {
  if (fault) {
    return [fault];
  }
  return found && !contradictsItself(head) ? [] : ['malformed'];
}

/** A subject alone makes no report: people write about parcels that could not be delivered. */
function soundReport(report: MailReport | null, automatic: readonly MessageFlag[]): MailReport | null {
  const isBare = report?.kind === 'bounce' && report.recipients.length === 0;
  return isBare && !automatic.includes('automatic') ? null : report;
}

/** What a report is about shows on the message, and nothing answers a report. */
function withReport(flags: MessageFlag[], report: MailReport | null): MessageFlag[] {
  const shown = { bounce: 'bounce', complaint: 'complaint', away: 'out_of_office' } as const;
  return report ? [...new Set<MessageFlag>(['automatic', ...flags, shown[report.kind]])] : flags;
}

/** A Reply-To may name anybody, so it is remembered as a claim and never becomes the sender. */
function replyClaims(head: MailHead, from: string, own: ReadonlySet<string>): Claim[] {
  const addresses = head.addresses('reply-to').map(({ address }) => normaliseEmail(address));
  const claimed = new Set(addresses.filter((address) => address !== null && address !== from && !own.has(address)));
  return [...claimed].slice(0, 5).map((address) => ({ kind: 'email', address: address ?? '', source: 'reply_to' }));
}

function mailHeaders(head: MailHead, context: MailContext, own: ReadonlySet<string>): MailHeaders {
  const to = normalAddresses(head, 'to');
  const cc = normalAddresses(head, 'cc');
  return {
    messageId: head.messageId,
    originalId: head.field('x-peyk-message-id')?.trim() ?? null,
    inReplyTo: head.inReplyTo,
    references: head.references,
    subject: head.subject,
    to,
    cc,
    threadToken: findThreadToken([...context.envelopeTo, ...deliveredTo(head), ...to, ...cc], own),
  };
}

function normalAddresses(head: MailHead, name: string): string[] {
  const addresses = head.addresses(name).flatMap(({ address }) => normaliseEmail(address) ?? []);
  return [...new Set(addresses)];
}

/** Where servers on the way wrote the envelope's recipient, which a blind copy shows nowhere else. */
function deliveredTo(head: MailHead): string[] {
  return ['delivered-to', 'x-original-to', 'x-forwarded-to', 'envelope-to'].flatMap((name) => head.field(name) ?? []);
}

function findThreadToken(recipients: string[], own: ReadonlySet<string>): string | null {
  for (const recipient of recipients) {
    const { mailbox, tag } = splitTag(normaliseEmail(recipient) ?? '');
    if (tag !== null && own.has(mailbox) && looksLikeThreadToken(tag)) {
      return tag;
    }
  }
  return null;
}

/**
 * The key of deduplication: one mail that comes by two ways is one, while two mails of a program that repeats its Message-ID are
 * two. The body's hash ignores how lines end, since servers on the way change that.
 */
function externalId(head: MailHead, raw: Uint8Array): string {
  if (head.messageId === null) {
    return `sha256:${sha256(raw)}`;
  }
  return `${head.messageId} ${bodyHash(raw).slice(0, 32)}`;
}

/** Hashes in steps: a large mail must not stand in memory a second and a third time. */
function bodyHash(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const hash = createHash('sha256');
  let held = '';
  for (let at = bodyStart(bytes); at < bytes.length; at += hashStep) {
    const text = (held + bytes.toString('latin1', at, at + hashStep)).replaceAll('\r\n', '\n');
    // Blanks at the end of the mail do not count, and a line end may be cut in two here.
    const kept = text.trimEnd();
    held = text.slice(kept.length);
    hash.update(kept);
    if (held.length > hashStep) {
      hash.update(held);
      held = '';
    }
  }
  return hash.digest('hex');
}

function bodyStart(bytes: Buffer): number {
  const ends = ['\n\n', '\n\r\n'].map((mark) => [bytes.indexOf(mark), mark.length] as const);
  const [end = bytes.length] = ends
    .flatMap(([at, length]) => (at === -1 ? [] : [at + length]))
    .toSorted((a, b) => a - b);
  return end;
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
