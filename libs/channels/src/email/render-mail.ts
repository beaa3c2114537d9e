import { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { ChannelError } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import { normaliseEmail } from './email-address.js';
import { cleanLine } from './mime/clean-text.js';
import { replyAddress } from './thread-token.js';

/** Who a mail is from. */
export interface MailSender {
  address: string;
  fromName: string;
}

const mostReferences = 20;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
const letter = /\p{L}/u;

/**
 * A mail ready for nodemailer. Everything that people or other mails wrote goes through a strict form first: addresses through
 * normaliseEmail, ids through the shape of an id, subject and names onto one line, so that no value can add a header.
 * Throws a ChannelError that is never retried when the mail cannot be addressed.
 */
export function renderMail(message: OutboundMessage, sender: MailSender): SendMailOptions & { messageId: string } {
  const { mail } = message;
  if (mail === null) {
    throw new ChannelError('not_a_mail', 'The message has no mail headers.', { retry: 'never' });
  }
  const to = recipient(message.to.address);
  const parent = messageIdOrNull(mail.inReplyTo);
  return {
    messageId: ownMessageId(mail.messageId),
    from: { name: cleanLine(sender.fromName), address: sender.address },
    to: { name: cleanLine(message.toName), address: to },
    cc: copies(mail.cc, [to, sender.address]),
    ...(mail.threadToken === null ? {} : { replyTo: replyAddress(sender.address, mail.threadToken) }),
    subject: cleanLine(mail.subject),
    ...(parent === null ? {} : { inReplyTo: parent }),
    references: shorten(mail.references.flatMap((id) => messageIdOrNull(id) ?? [])),
    text: message.text,
    html: toHtml(message.text),
    textEncoding: 'base64',
    attachments: message.attachments.map((attachment) => ({
      filename: cleanLine(attachment.name) || 'attachment',
      contentType: mediaType(attachment.mediaType),
      content: readable(attachment.open()),
    })),
  };
}

function readable(stream: NodeJS.ReadableStream): Readable {
  return stream instanceof Readable ? stream : Readable.from(stream);
}

/** A recipient that mail can reach; `.invalid` is what Peyk gives to senders who named none. */
function recipient(written: string): string {
  const address = normaliseEmail(written);
  if (address === null || address.endsWith('.invalid')) {
    throw new ChannelError('no_address', 'There is no address to send this mail to.', { retry: 'never' });
  }
  return address;
}

function copies(cc: string[], known: string[]): string[] {
  const addresses = cc.flatMap((written) => normaliseEmail(written) ?? []);
  return [...new Set(addresses)].filter((address) => !known.includes(address));
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

/** The same text as simple HTML. Mail programs turn what is written right to left only when each block says so. */
function toHtml(text: string): string {
  const blocks = text.split(/\n{2,}/u).map((block) => {
    const dir = directionOf(block);
    const lines = block.split('\n').map(escapeHtml).join('<br>\n');
    return `<p dir="${dir}" style="margin:0 0 1em;text-align:${dir === 'rtl' ? 'right' : 'left'};unicode-bidi:plaintext">${lines}</p>`;
  });
  return `<div dir="${directionOf(text)}" style="font-family:Vazirmatn,Tahoma,Arial,sans-serif;font-size:15px;line-height:1.6">\n${blocks.join('\n')}\n</div>`;
}

function directionOf(text: string): 'rtl' | 'ltr' {
  return rightToLeft.test(letter.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\u200c': '&zwnj;' };
  return text.replace(/[&<>"\u200c]/gu, (sign) => named[sign] ?? sign);
}
