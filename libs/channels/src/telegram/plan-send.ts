import { buffer } from 'node:stream/consumers';
import { ChannelError } from '../channel-adapter.js';
import type { OutboundAttachment, OutboundMessage } from '../message.js';
import { splitText } from './split-text.js';

/** One call of the Bot API that a message needs. A photo that Telegram refuses as such goes again as a document. */
export interface SendCall {
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument';
  payload: Record<string, unknown>;
}

/** Lengths in UTF-16 units, after Telegram's own limits. */
const textLimit = 4096;
const captionLimit = 1024;
const largestPhoto = 10 * 1024 * 1024;
export const largestUpload = 50 * 1024 * 1024;

const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** The calls for a message in order. A short text rides as the first file's caption, so that it needs no call of its own. */
export async function planSend(message: OutboundMessage): Promise<SendCall[]> {
  const chatId = chatOf(message);
  const isCaption = message.attachments.length > 0 && message.text.length <= captionLimit;
  const texts = isCaption ? [] : splitText(message.text, textLimit).filter((part) => part.trim() !== '');
  const calls: SendCall[] = texts.map((text) => ({ method: 'sendMessage', payload: { chat_id: chatId, text } }));
  for (const [index, attachment] of message.attachments.entries()) {
    const caption = isCaption && index === 0 && message.text.trim() !== '' ? { caption: message.text } : {};
    calls.push(await fileCall(attachment, { chat_id: chatId, ...caption }));
  }
  if (calls[0] === undefined) {
    throw new ChannelError('empty', 'The message holds neither text nor files.', { retry: 'never' });
  }
  Object.assign(calls[0].payload, replyParameters(message));
  return calls;
}

function chatOf({ to }: OutboundMessage): number {
  const id = Number(to.address);
  if (to.kind !== 'telegram' || !/^-?\d+$/.test(to.address) || !Number.isSafeInteger(id)) {
    throw new ChannelError('not_reachable', 'Telegram reaches Telegram chats only.', { retry: 'never' });
  }
  return id;
}

function replyParameters({ to, replyTo }: OutboundMessage): object {
  const [chat, messageId] = (replyTo ?? '').split(':');
  return chat === to.address && /^\d+$/.test(messageId ?? '')
    ? { reply_parameters: { message_id: Number(messageId), allow_sending_without_reply: true } }
    : {};
}

async function fileCall(attachment: OutboundAttachment, payload: Record<string, unknown>): Promise<SendCall> {
  if (attachment.bytes > largestUpload) {
    throw new ChannelError('too_large', 'Telegram takes files of up to 50 MB.', { retry: 'never' });
  }
  const file = { source: await contentOf(attachment), filename: safeName(attachment.name) };
  return photoTypes.has(attachment.mediaType) && attachment.bytes <= largestPhoto
    ? { method: 'sendPhoto', payload: { ...payload, photo: file } }
    : { method: 'sendDocument', payload: { ...payload, document: file } };
}

// Read whole before anything leaves: a stream that broke half way would leave the send in doubt for a fault of ours.
async function contentOf(attachment: OutboundAttachment): Promise<Buffer> {
  try {
    return await buffer(attachment.open());
  } catch {
    throw new ChannelError('attachment_unreadable', `The file “${attachment.name}” cannot be read.`, { retry: 'soon' });
  }
}

// The client writes the name into a multipart header as it is.
function safeName(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/["\\\u0000-\u001f\u007f]/g, '_') || 'file';
}

/** The same file as a document; null when the call was no photo. */
export function asDocument(call: SendCall): SendCall | null {
  if (call.method !== 'sendPhoto') {
    return null;
  }
  const { photo, ...payload } = call.payload;
  return { method: 'sendDocument', payload: { ...payload, document: photo } };
}
