import { buffer } from 'node:stream/consumers';
import { ChannelError } from '../channel-adapter.js';
import type { Choice, OutboundAttachment, OutboundMessage } from '../message.js';
import { formatText, plainText, type TextPart } from './format-text.js';
import { messageOfKey } from './message-key.js';
import type { Messenger } from './messengers.js';

/** One call of the Bot API that a message needs. */
export interface SendCall {
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument';
  payload: Record<string, unknown>;
  /** The same without marks, for a messenger that cannot read them after all; null where there are none. */
  plain: Record<string, unknown> | null;
}

/** Whose bot sends. */
export interface SendingBot {
  bot: string;
  messenger: Messenger;
}

/** Lengths in UTF-16 units of what is read, after Telegram's own limits. */
const textLimit = 4096;
const captionLimit = 1024;

/** What one message may be: four parts of text are the most that it should become, and as many files as an album has. */
export const messageLimits = { text: 4 * textLimit, files: 10 };

const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);

/**
 * The calls for a message in order. A short text rides as the first file's caption, so that it needs no call of its own. Buttons stand
 * under the last one, where the customer ends reading.
 */
export async function planSend(message: OutboundMessage, sender: SendingBot): Promise<SendCall[]> {
  const chatId = chatOf(message, sender.messenger);
  refuseTooMuch(message);
  const isCaption = message.attachments.length > 0 && plainText(message.text).length <= captionLimit;
  const texts = formatText(message.text, textLimit).filter(({ text }) => text.trim() !== '');
  const calls = (isCaption ? [] : texts).map((part) => textCall(part, chatId, sender.messenger));
  for (const [index, attachment] of message.attachments.entries()) {
    const caption = isCaption && index === 0 ? texts[0] : undefined;
    calls.push(await fileCall(attachment, { chatId, caption, messenger: sender.messenger }));
  }
  const [first] = calls;
  const last = calls.at(-1);
  if (first === undefined || last === undefined) {
    throw new ChannelError('empty', 'The message holds neither text nor files.', { retry: 'never' });
  }
  addTo(first, replyTo(message, chatId, sender));
  addTo(last, keyboardOf(message.choices ?? []));
  return calls;
}

function refuseTooMuch({ text, attachments }: OutboundMessage): void {
  if (text.length > messageLimits.text) {
    throw new ChannelError('too_long', 'The text is longer than one message may be.', { retry: 'never' });
  }
  if (attachments.length > messageLimits.files) {
    throw new ChannelError('too_many_files', 'The message has more files than Telegram takes.', { retry: 'never' });
  }
}

/** The number of a chat, if the address is one of this messenger. */
export function chatNumber(address: string, { prefix }: Messenger): number | null {
  const number = address.startsWith(prefix) ? address.slice(prefix.length) : '';
  return /^-?\d+$/.test(number) && Number.isSafeInteger(Number(number)) ? Number(number) : null;
}

function chatOf({ to }: OutboundMessage, messenger: Messenger): number {
  const id = to.kind === 'telegram' ? chatNumber(to.address, messenger) : null;
  if (id === null) {
    throw new ChannelError('not_reachable', 'The bot reaches chats of its own messenger only.', { retry: 'never' });
  }
  return id;
}

function textCall({ text, html }: TextPart, chatId: number, messenger: Messenger): SendCall {
  const plain = { chat_id: chatId, text };
  return html === null || !messenger.takesHtml
    ? { method: 'sendMessage', payload: plain, plain: null }
    : { method: 'sendMessage', payload: { ...plain, text: html, parse_mode: 'HTML' }, plain };
}

interface FilePlace {
  chatId: number;
  caption: TextPart | undefined;
  messenger: Messenger;
}

async function fileCall(attachment: OutboundAttachment, { chatId, caption, messenger }: FilePlace): Promise<SendCall> {
  if (attachment.bytes > messenger.largestUpload) {
    throw new ChannelError('too_large', 'Telegram takes files of up to 50 MB.', { retry: 'never' });
  }
  const file = { source: await contentOf(attachment), filename: safeName(attachment.name) };
  const isPhoto = photoTypes.has(attachment.mediaType) && attachment.bytes <= messenger.largestPhoto;
  const content = { chat_id: chatId, [isPhoto ? 'photo' : 'document']: file };
  const method = isPhoto ? 'sendPhoto' : 'sendDocument';
  const plain = { ...content, ...(caption && { caption: caption.text }) };
  return caption === undefined || caption.html === null || !messenger.takesHtml
    ? { method, payload: plain, plain: null }
    : { method, payload: { ...content, caption: caption.html, parse_mode: 'HTML' }, plain };
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

/** What stands beside text or file. A file goes in a form, which has no objects but their JSON. */
function addTo(call: SendCall, more: Record<string, unknown>): void {
  const written = Object.entries(more).map(([name, value]) => [
    name,
    call.method === 'sendMessage' || typeof value !== 'object' ? value : JSON.stringify(value),
  ]);
  Object.assign(call.payload, Object.fromEntries(written));
  if (call.plain !== null) {
    Object.assign(call.plain, Object.fromEntries(written));
  }
}

function replyTo(message: OutboundMessage, chatId: number, { bot, messenger }: SendingBot): Record<string, unknown> {
  const messageId = messageOfKey(message.replyTo, bot, chatId);
  if (messageId === null) {
    return {};
  }
  return messenger.takesReplyParameters
    ? { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }
    : { reply_to_message_id: messageId };
}

/** Longer labels would be cut off on a phone with two in a row. */
const sharesRow = 18;

/** Scores are short enough to stand as the scale that they are. */
const isScore = 4;
const mostScores = 6;

function keyboardOf(choices: readonly Choice[]): Record<string, unknown> {
  if (choices.length === 0) {
    return {};
  }
  if (choices.some(({ id, label }) => !/^[\w.:-]{1,64}$/.test(id) || label.trim() === '')) {
    throw new ChannelError('bad_choices', 'A choice has an id or a label that a button cannot carry.', {
      retry: 'never',
    });
  }
  const buttons = choices.map(({ id, label }) => ({ text: label, callback_data: id }));
  const perRow = perRowOf(choices);
  const rows = buttons.flatMap((_, index) => (index % perRow === 0 ? [buttons.slice(index, index + perRow)] : []));
  return { reply_markup: { inline_keyboard: rows } };
}

function perRowOf(choices: readonly Choice[]): number {
  const longest = Math.max(...choices.map(({ label }) => label.length));
  if (longest <= isScore && choices.length > 2) {
    // Rows of about the same length: 7 scores are 4 and 3, not 6 and 1.
    return Math.ceil(choices.length / Math.ceil(choices.length / mostScores));
  }
  return longest <= sharesRow ? 2 : 1;
}

/** The same file as a document, for a photo that Telegram refuses as such; null when the call was no photo. */
export function asDocument(call: SendCall): SendCall | null {
  if (call.method !== 'sendPhoto') {
    return null;
  }
  const turn = ({ photo, ...payload }: Record<string, unknown>) => ({ ...payload, document: photo });
  return { method: 'sendDocument', payload: turn(call.payload), plain: call.plain && turn(call.plain) };
}
