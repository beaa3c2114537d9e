import type { InboundEvent, InboundMessage } from '../../message.js';
import { readAuthenticationResults } from '../authentication-results.js';
import { normaliseEmail } from '../email-address.js';
import { readHead, type MailHead } from '../mime/read-head.js';
import type { MailContext, ParseMail } from '../parse-email.js';
import { type DnsLookup, type SenderVerdict, verifySender } from '../verify-sender.js';
import type { MailboxMail } from './imap-mailbox.js';
import { readBeginning, readUnfetched } from './read-incomplete-mail.js';

/** The account as far as reading its mail goes. */
export interface MailboxOwner {
  /** Every address at which the account receives. */
  addresses: string[];
  verifySenders: boolean;
  fallbackCharset?: string;
  trustedAuthServer: string;
  lookup?: DnsLookup;
  parse: ParseMail;
}

/** Brings a mail of a mailbox to the form of every event. What lay among the sent mails is a message of ours to its first recipient. */
export async function readMailboxMail(mail: MailboxMail, owner: MailboxOwner): Promise<InboundEvent> {
  const { raw, isSent } = mail;
  const head = await readHead(raw);
  const context = {
    envelopeTo: [],
    envelopeFrom: null,
    accountAddresses: owner.addresses,
    ...(owner.fallbackCharset !== undefined && { fallbackCharset: owner.fallbackCharset }),
    ...(isSent ? { verdict: 'none' as const, checks: null } : await judge(raw, head, owner)),
  };
  const message = await read(mail, context, owner);
  return isSent ? asOurs(message, head, owner) : message;
}

function read({ raw, extent }: MailboxMail, context: MailContext, { parse }: MailboxOwner): Promise<InboundMessage> {
  switch (extent) {
    case 'whole':
      return parse(raw, context);
    case 'beginning':
      return readBeginning(raw, context, parse);
    case 'unreadable':
      return readUnfetched(raw, context);
  }
}

/** A From that names two addresses is read differently by verifiers and mail programs: no word of anybody is about both. */
async function judge(raw: Uint8Array, head: MailHead, owner: MailboxOwner): Promise<SenderVerdict> {
  const found = await verdictOf(raw, head, owner);
  const isPlain = head.all('from').every((value) => [...value.matchAll(/</gu)].length < 2);
  return isPlain || found.verdict !== 'pass' ? found : { ...found, verdict: 'none' };
}

async function verdictOf(raw: Uint8Array, head: MailHead, owner: MailboxOwner): Promise<SenderVerdict> {
  const [author] = head.addresses('from');
  const domain =
    normaliseEmail(author?.address ?? '')
      ?.split('@')
      .at(-1) ?? '';
  const told = readAuthenticationResults(head.all('authentication-results'), {
    server: owner.trustedAuthServer,
    domain,
  });
  if (told) {
    return told;
  }
  const origin = { raw, envelopeFrom: '', remoteAddress: null, helo: '' };
  return verifySender(origin, { enabled: owner.verifySenders, ...(owner.lookup && { lookup: owner.lookup }) });
}

/** An answer that was written with another mail program. It belongs to the conversation of the one it was written to. */
function asOurs(message: InboundMessage, head: MailHead, { addresses }: MailboxOwner): InboundEvent {
  const recipient = ['to', 'cc', 'bcc']
    .flatMap((name) => head.addresses(name))
    .map(({ address, name }) => ({ address: normaliseEmail(address), name }))
    .find(({ address }) => address !== null && !addresses.includes(address));
  if (!recipient || recipient.address === null) {
    return {
      type: 'ignored',
      externalId: message.externalId,
      raw: message.raw,
      reason: 'a sent mail to nobody outside',
    };
  }
  return {
    ...message,
    from: { kind: 'email', address: recipient.address, trust: 'unauthenticated', name: recipient.name },
    sentByUs: true,
    claims: [],
    flags: message.flags.filter((flag) => flag === 'malformed' || flag === 'oversized'),
    checks: null,
  };
}
