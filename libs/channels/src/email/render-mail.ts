import { Readable } from 'node:stream';
import type { DKIMOptions, SendMailOptions } from 'nodemailer';
import { ChannelError } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import { automaticEnvelope } from './automatic-headers.js';
import { normaliseEmail } from './email-address.js';
import { cleanLine } from './mime/clean-text.js';
import { signing } from './outgoing/dkim.js';
import { logoContentId } from './outgoing/dress-mail.js';
import { layOutMail } from './outgoing/lay-out-mail.js';
import type { OutgoingFile, OutgoingMail } from './outgoing/outgoing-mail.js';
import { outgoingOf, type OutgoingSettings } from './outgoing/outgoing-settings.js';
import { mostCopies } from './outgoing/reply-all.js';
import { unsubscribeHeaders } from './outgoing/unsubscribe.js';
import { replyAddress } from './thread-token.js';

/** Who a mail is from, and how that account's mails look. */
export interface MailSender {
  address: string;
  fromName: string;
  outgoing?: OutgoingSettings | undefined;
  dkimPrivateKey?: string | undefined;
}

/** Repeats our Message-ID where no server on the way replaces it: a copy in a Sent folder or a returned head tells by it whose it is. */
export const ownIdHeader = 'X-Peyk-Message-ID';

/** A mail as nodemailer takes it. */
export type RenderedMail = SendMailOptions & { messageId: string; dkim?: DKIMOptions };

const mostReferences = 20;

/**
 * A mail ready for nodemailer. Everything that people or other mails wrote goes through a strict form first: addresses through
 * normaliseEmail, ids through the shape of an id, subject and names onto one line, so that no value can add a header.
 * Throws a ChannelError that is never retried when the mail cannot be addressed.
 */
export function renderMail(message: OutboundMessage, sender: MailSender): RenderedMail {
  const mail: OutgoingMail | null = message.mail;
  if (mail === null) {
    throw new ChannelError('not_a_mail', 'The message has no mail headers.', { retry: 'never' });
  }
  const settings = outgoingOf(sender);
  const key = signing(sender.address, settings, sender.dkimPrivateKey);
  return {
    messageId: ownMessageId(mail.messageId),
    from: { name: fromName(mail, sender, settings), address: sender.address },
    ...recipients(message, mail, sender),
    ...(mail.threadToken !== null &&
      settings.plusAddresses && { replyTo: replyAddress(sender.address, mail.threadToken) }),
    ...chain(mail),
    subject: cleanLine(mail.subject),
    ...envelopeAndHeaders(message, mail, sender),
    ...bodies(message, mail, sender, settings),
    textEncoding: 'base64',
    attachments: [...message.attachments.map(attached), ...logoOf(mail)],
    ...(key && { dkim: key }),
  };
}

function fromName(
  { agentName }: OutgoingMail,
  { fromName: account }: MailSender,
  { fromStyle }: OutgoingSettings,
): string {
  const agent = cleanLine(agentName ?? '');
  return fromStyle === 'agent' && agent !== '' ? `${agent} · ${cleanLine(account)}` : cleanLine(account);
}

function recipients(message: OutboundMessage, mail: OutgoingMail, sender: MailSender) {
  const to = recipient(message.to.address);
  const cc = copies(mail.cc, [to, sender.address]);
  const bcc = copies(mail.bcc ?? [], [to, sender.address, ...cc]);
  return { to: { name: cleanLine(message.toName), address: to }, cc, ...(bcc.length > 0 && { bcc }) };
}

/** What a program wrote leaves without a sender to return it to, and says in its head what it is. */
function envelopeAndHeaders(
  message: OutboundMessage,
  mail: OutgoingMail,
  sender: MailSender,
): Pick<SendMailOptions, 'headers' | 'envelope'> {
  const list = Object.entries(unsubscribeHeaders(mail.unsubscribeUrl)).map(([key, value]) => ({ key, value }));
  const own = [{ key: ownIdHeader, value: ownMessageId(mail.messageId) }, ...list];
  const envelopeTo = reached(message, mail, sender);
  if (!mail.automatic) {
    return { headers: own, ...(mail.onlyTo && { envelope: { from: sender.address, to: envelopeTo } }) };
  }
  const { envelopeFrom, headers } = automaticEnvelope(mail.automatic.instance);
  return { headers: [...headers, ...own], envelope: { from: envelopeFrom, to: envelopeTo } };
}

/** Whom the servers are to bring it. What it may be for only is a choice among its own recipients and adds nobody. */
function reached(message: OutboundMessage, mail: OutgoingMail, sender: MailSender): string[] {
  const { to, cc, bcc = [] } = recipients(message, mail, sender);
  const all = [to.address, ...cc, ...bcc];
  const chosen = all.filter((address) => mail.onlyTo?.includes(address) ?? true);
  if (chosen.length === 0) {
    throw new ChannelError('no_address', 'None of those who missed this mail is to be written to any more.', {
      retry: 'never',
    });
  }
  return chosen;
}

function chain(mail: OutgoingMail): Pick<SendMailOptions, 'inReplyTo' | 'references'> {
  const parent = messageIdOrNull(mail.inReplyTo);
  return {
    ...(parent !== null && { inReplyTo: parent }),
    references: shorten(mail.references.flatMap((id) => messageIdOrNull(id) ?? [])),
  };
}

function bodies(message: OutboundMessage, mail: OutgoingMail, sender: MailSender, settings: OutgoingSettings) {
  return layOutMail({
    body: message.text,
    settings,
    names: {
      agent: mail.agentName ?? '',
      account: sender.fromName,
      address: sender.address,
      customer: message.toName,
    },
    images: imagesOf(message.attachments),
    quote: mail.quote ?? [],
    table: mail.table ?? null,
    dress: mail.dress ?? null,
    underneath: mail.underneath ?? null,
    threadToken: mail.threadToken,
  });
}

/** Content ids by the file's own id, which is their left part. Only pictures are shown in place. */
function imagesOf(files: OutgoingFile[]): Map<string, string> {
  return new Map(
    files.flatMap(({ contentId, mediaType: type }) =>
      contentId && /^image\/(?!svg)/u.test(type) ? [[contentId.split('@', 1)[0] ?? '', contentId]] : [],
    ),
  );
}

function attached(file: OutgoingFile) {
  const { name, mediaType: type, contentId } = file;
  return {
    filename: cleanLine(name) || 'attachment',
    contentType: mediaType(type),
    content: readable(file.open()),
    ...(contentId && { cid: contentId, contentDisposition: 'inline' as const }),
  };
}

function readable(stream: NodeJS.ReadableStream): Readable {
  return stream instanceof Readable ? stream : Readable.from(stream);
}

function logoOf({ dress }: OutgoingMail) {
  const logo = dress?.logo ?? null;
  return logo === null
    ? []
    : [
        {
          filename: logo.mediaType === 'image/png' ? 'logo.png' : 'logo.jpg',
          contentType: logo.mediaType,
          content: Readable.from([logo.bytes]),
          cid: logoContentId,
          contentDisposition: 'inline' as const,
        },
      ];
}

/** A recipient that mail can reach; `.invalid` is what Peyk gives to senders who named none. */
function recipient(written: string): string {
  const address = normaliseEmail(written);
  if (address === null || address.endsWith('.invalid')) {
    throw new ChannelError('no_address', 'There is no address to send this mail to.', { retry: 'never' });
  }
  return address;
}

function copies(written: string[], known: string[]): string[] {
  const addresses = written.flatMap((one) => normaliseEmail(one) ?? []);
  return [...new Set(addresses)].filter((address) => !known.includes(address)).slice(0, mostCopies);
}

function ownMessageId(written: string): string {
  const id = messageIdOrNull(written);
  if (id === null) {
    throw new ChannelError('message_id', 'The Message-ID of this mail is malformed.', { retry: 'never' });
  }
  return id;
}

/** An id with its brackets, or null for what is no id. Ids of strangers may look odd; they may not hold a space or a line end. */
function messageIdOrNull(written: string | null): string | null {
  const id = written?.trim() ?? '';
  return /^<[^<>\s\p{Cc}]{1,900}>$/u.test(id) ? id : null;
}

/** The first ids tell where the thread began and the last where it stands; servers refuse headers that grow for ever. */
function shorten(ids: string[]): string[] {
  return ids.length <= 2 * mostReferences ? ids : [...ids.slice(0, mostReferences), ...ids.slice(-mostReferences)];
}

function mediaType(written: string): string {
  return /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/u.test(written) ? written : 'application/octet-stream';
}
