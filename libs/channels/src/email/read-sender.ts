import { createHash } from 'node:crypto';
import type { Sender } from '../message.js';
import { normaliseEmail } from './email-address.js';
import type { MailHead, WrittenAddress } from './mime/read-head.js';

export interface ReadSender {
  from: Sender;
  /** Whether there was anything to take the sender from. */
  found: boolean;
}

/** What is known of a sender besides the head of the mail. */
interface SenderContext {
  envelopeFrom: string | null;
  verdict: 'pass' | 'fail' | 'none';
  /** Every address at which the account receives, in normal form. */
  own: ReadonlySet<string>;
}

/**
 * Who wrote it. Only the one address of the one From header can be vouched for by its domain; with a second one a verifier and a
 * mail program may mean different people. What is salvaged from other places is nobody's word.
 */
export function readSender(head: MailHead, raw: Uint8Array, context: SenderContext): ReadSender {
  const { written, isVouchedFor } = authorOf(head, context);
  const address = normaliseEmail(written?.address ?? '') ?? normaliseEmail(salvageSender(head, context));
  return {
    from: {
      kind: 'email',
      address: address ?? nobody(raw),
      trust: isVouchedFor ? 'channel_given' : 'unauthenticated',
      name: (written ?? head.addresses('from')[0])?.name ?? '',
    },
    found: address !== null,
  };
}

/** The first author that is an address, or whom a group of our own wrote for; null when From names nobody. */
function authorOf(head: MailHead, context: SenderContext): { written: WrittenAddress | null; isVouchedFor: boolean } {
  const author = head.addresses('from').find(({ address }) => normaliseEmail(address) !== null) ?? null;
  const member = author && memberBehind(head, author, context);
  const isVouchedFor = author !== null && member === null && isOnlyAuthor(head) && context.verdict === 'pass';
  return { written: member ?? author, isVouchedFor };
}

function isOnlyAuthor(head: MailHead): boolean {
  return head.count('from') === 1 && head.addresses('from').length === 1;
}

/**
 * The customer behind a group of the organisation's own: where a customer's domain would disown what the group passes on, the group puts
 * itself into From and says elsewhere who it was. That it was the group is what our domain must vouch for; who wrote to it is its word only.
 */
function memberBehind(head: MailHead, author: WrittenAddress, { own, verdict }: SenderContext): WrittenAddress | null {
  if (verdict !== 'pass' || !own.has(normaliseEmail(author.address) ?? '')) {
    return null;
  }
  const written = head.field('x-original-sender') ?? head.field('x-original-from') ?? '';
  const address = normaliseEmail(/<([^<>]+)>/u.exec(written)?.[1] ?? written);
  return address === null || own.has(address) ? null : { address, name: author.name.replace(viaGroup, '$1') };
}

/** `'Maryam' via Support`, as groups write it. */
const viaGroup = /^['"]?(.+?)['"]?\s+(?:via|durch|par|از طریق)\s.+$/iu;

function salvageSender(head: MailHead, { envelopeFrom }: SenderContext): string {
  const written = ['sender', 'reply-to', 'return-path'].flatMap((name) => head.addresses(name));
  const candidates = [...written.map(({ address }) => address), envelopeFrom ?? ''];
  return candidates.find((address) => normaliseEmail(address) !== null) ?? '';
}

/** An address of its own for every mail without a sender, so that strangers do not meet in one conversation. */
export function nobody(raw: Uint8Array): string {
  return `unknown-${createHash('sha256').update(raw).digest('hex').slice(0, 16)}@sender.invalid`;
}

/** What a mail may say once only, for who reads it sees one of two and a mail program perhaps the other. */
const saidOnce = ['from', 'subject', 'content-type', 'content-transfer-encoding'];

export function contradictsItself(head: MailHead): boolean {
  return saidOnce.some((name) => new Set(head.all(name).filter((value) => value !== '')).size > 1);
}
