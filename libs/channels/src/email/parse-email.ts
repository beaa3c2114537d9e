import { createHash } from 'node:crypto';
import type { Claim, InboundMessage, MailHeaders, MessageFlag, Sender } from '../message.js';
import { automaticFlags } from './automatic-mail.js';
import { normaliseEmail, splitTag } from './email-address.js';
import { cleanText } from './mime/clean-text.js';
import { readHead, type MailHead } from './mime/read-head.js';
import { readParts, type MailParts, type PartLimits } from './mime/read-parts.js';
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

/**
 * Brings a mail to the form of every message. It never rejects and loses nothing: a mail beyond the limits or broken past reading
 * comes out flagged, with what could be read of it, and its raw bytes are kept for a better reader.
 */
export async function parseEmail(
  raw: Uint8Array,
  context: MailContext,
  limits: MailLimits = mailLimits,
): Promise<InboundMessage> {
  const head = await readHead(raw);
  const parts = raw.length > limits.mailBytes ? tooLarge : await readParts(raw, limits);
  const own = new Set(context.accountAddresses.map((address) => normaliseEmail(address) ?? address));
  const sender = readSender(head, raw, context);
  const mail = mailHeaders(head, context, own);
  return {
    type: 'message',
    externalId: externalId(head, raw),
    raw,
    from: sender.from,
    claims: replyClaims(head, sender.from.address, own),
    sentAt: head.sentAt,
    kind: 'text',
    text: cleanText(parts.text),
    attachments: parts.attachments,
    mail,
    replyTo: mail.inReplyTo,
    flags: [
      ...trustFlags(sender, context),
      ...automaticFlags(head, sender.from, context.envelopeFrom, own),
      ...damageFlags(parts, sender),
    ],
  };
}

const tooLarge: MailParts = { text: '', attachments: [], fault: 'oversized' };

interface ReadSender {
  from: Sender;
  /** Whether there was anything to take the sender from. */
  found: boolean;
}

/**
 * Who wrote it. Only the one address of the one From header can be vouched for by its domain; with a second one a verifier and a
 * mail program may mean different people. What is salvaged from other places is nobody's word.
 */
function readSender(head: MailHead, raw: Uint8Array, context: MailContext): ReadSender {
  const authors = head.addresses('from');
  const author = authors.find(({ address }) => normaliseEmail(address) !== null);
  const salvaged = normaliseEmail(author?.address ?? salvageSender(head, context));
  return {
    from: {
      kind: 'email',
      address: salvaged ?? nobody(raw),
      trust: author && isOnlyAuthor(head) && context.verdict === 'pass' ? 'channel_given' : 'unauthenticated',
      name: (author ?? authors[0])?.name ?? '',
    },
    found: salvaged !== null,
  };
}

function isOnlyAuthor(head: MailHead): boolean {
  return head.count('from') === 1 && head.addresses('from').length === 1;
}

function salvageSender(head: MailHead, { envelopeFrom }: MailContext): string {
  const written = ['sender', 'reply-to', 'return-path'].flatMap((name) => head.addresses(name));
  const candidates = [...written.map(({ address }) => address), envelopeFrom ?? ''];
  return candidates.find((address) => normaliseEmail(address) !== null) ?? '';
}

/** An address of its own for every mail without a sender, so that strangers do not meet in one conversation. */
function nobody(raw: Uint8Array): string {
  return `unknown-${sha256(raw).slice(0, 16)}@sender.invalid`;
}

function trustFlags({ from }: ReadSender, { verdict }: MailContext): MessageFlag[] {
  if (from.trust === 'channel_given') {
    return [];
  }
  return verdict === 'fail' ? ['forged'] : ['unverified'];
}

function damageFlags({ fault }: MailParts, { found }: ReadSender): MessageFlag[] {
  if (fault) {
    return [fault];
  }
  return found ? [] : ['malformed'];
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
  return `${head.messageId} ${sha256(bodyOf(raw)).slice(0, 32)}`;
}

function bodyOf(raw: Uint8Array): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  return end === -1 ? '' : text.slice(end + 2).trimEnd();
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
