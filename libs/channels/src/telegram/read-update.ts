import type { InboundEvent, InboundMessage, Sender } from '../message.js';
import {
  botApiUpdate,
  type BotApiCallbackQuery,
  type BotApiChat,
  type BotApiMessage,
  type BotApiPerson,
  type BotApiUpdate,
} from './bot-api-update.js';
import { readContent } from './read-content.js';

/** An update as an event, its number for the cursor, and the button press that waits for an answer, if it is one. */
export interface ReadUpdate {
  event: InboundEvent;
  updateId: number | null;
  callbackQueryId: string | null;
}

/**
 * Reads one update of the Bot API. Never throws: an update that cannot be read is kept as ignored, because refusing it would
 * make Telegram repeat it for ever and hold back everything behind it.
 */
export function readUpdate(value: unknown, raw: Uint8Array, rules: { allowGroups: boolean }): ReadUpdate {
  const parsed = botApiUpdate.safeParse(value);
  if (!parsed.success) {
    const updateId = updateIdOf(value);
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const externalId = updateId === null ? null : `u${String(updateId)}`;
    return {
      event: { type: 'ignored', reason: `unreadable: ${where}`, externalId, raw },
      updateId,
      callbackQueryId: null,
    };
  }
  const update = parsed.data;
  return {
    event: eventOf(update, { externalId: `u${String(update.update_id)}`, raw }, rules.allowGroups),
    updateId: update.update_id,
    callbackQueryId: update.callback_query?.id ?? null,
  };
}

function updateIdOf(value: unknown): number | null {
  const id = typeof value === 'object' && value !== null && 'update_id' in value ? value.update_id : null;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

interface Origin {
  externalId: string;
  raw: Uint8Array;
}

function eventOf(update: BotApiUpdate, origin: Origin, allowGroups: boolean): InboundEvent {
  if (update.message !== undefined) {
    return eventOfMessage(update.message, origin, allowGroups);
  }
  if (update.callback_query !== undefined) {
    return eventOfPress(update.callback_query, origin, allowGroups);
  }
  return { type: 'ignored', reason: reasonOf(update), ...origin };
}

function reasonOf(update: BotApiUpdate): string {
  if (update.edited_message !== undefined) {
    return 'edit';
  }
  if (update.my_chat_member !== undefined) {
    return `my_chat_member:${update.my_chat_member.new_chat_member.status}`;
  }
  return Object.keys(update).find((key) => key !== 'update_id') ?? 'empty';
}

function eventOfMessage(message: BotApiMessage, origin: Origin, allowGroups: boolean): InboundEvent {
  if (!isPrivate(message.chat) && !allowGroups) {
    return { type: 'ignored', reason: 'group', ...origin };
  }
  const content = readContent(message);
  if (content === null) {
    return { type: 'ignored', reason: 'notice', ...origin };
  }
  const { chat, reply_to_message: answered } = message;
  return {
    ...plainMessage(senderOf(chat, message.from), origin),
    claims: content.claims,
    sentAt: new Date(message.date * 1000),
    text: content.text,
    attachments: content.attachments,
    replyTo: answered === undefined ? null : messageKey(chat.id, answered.message_id),
    flags: content.isOversized ? ['oversized'] : [],
  };
}

function eventOfPress(press: BotApiCallbackQuery, origin: Origin, allowGroups: boolean): InboundEvent {
  const chat = press.message?.chat ?? { id: press.from.id };
  if (!isPrivate(chat) && !allowGroups) {
    return { type: 'ignored', reason: 'group', ...origin };
  }
  return {
    ...plainMessage(senderOf(chat, press.from), origin),
    kind: 'keys',
    text: press.data ?? '',
    replyTo: press.message === undefined ? null : messageKey(chat.id, press.message.message_id),
  };
}

function plainMessage(from: Sender, origin: Origin): InboundMessage {
  return {
    type: 'message',
    ...origin,
    from,
    claims: [],
    sentAt: null,
    kind: 'text',
    text: '',
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
}

// Old samples lack the type; private chats are the ones with the person's own, positive id.
function isPrivate(chat: BotApiChat): boolean {
  return chat.type === undefined ? chat.id > 0 : chat.type === 'private';
}

/** The numeric chat id is the address: user names change hands, the id never does. */
function senderOf(chat: BotApiChat, from: BotApiPerson | undefined): Sender {
  const name = [from?.first_name, from?.last_name].filter(Boolean).join(' ');
  return { kind: 'telegram', address: String(chat.id), trust: 'proven', name: name || (chat.title ?? '') };
}

/** How a Telegram message is named to the rest of Peyk: its number is unique within its chat only. */
export function messageKey(chatId: number | string, messageId: number): string {
  return `${String(chatId)}:${String(messageId)}`;
}
