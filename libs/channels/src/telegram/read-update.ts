import type { InboundEvent, InboundMessage, Sender } from '../message.js';
import {
  botApiUpdate,
  type BotApiCallbackQuery,
  type BotApiChat,
  type BotApiMemberChange,
  type BotApiMessage,
  type BotApiPerson,
  type BotApiUpdate,
} from './bot-api-update.js';
import { messageKey } from './message-key.js';
import { botOf, messengerOf, type Messenger } from './messengers.js';
import { nameOf, readContent, type TelegramContent } from './read-content.js';
import type { TelegramSettings } from './telegram-settings.js';

/** An update as an event, and its number for the cursor. */
export interface ReadUpdate {
  event: InboundEvent;
  updateId: number | null;
}

/** What of an account's settings decides how its updates are read. */
export type ReadingRules = Pick<TelegramSettings, 'allowGroups' | 'token' | 'apiRoot' | 'messenger'>;

/** One update with what is known of the bot that it came to. */
interface Origin {
  /** How the update itself is known again. */
  externalId: string;
  raw: Uint8Array;
  bot: string;
  messenger: Messenger;
  allowGroups: boolean;
}

/**
 * Reads one update of the Bot API. Never throws: an update that cannot be read is kept as ignored, because refusing it would
 * make Telegram repeat it for ever and hold back everything behind it.
 */
export function readUpdate(value: unknown, raw: Uint8Array, rules: ReadingRules): ReadUpdate {
  const updateId = updateIdOf(value);
  const bot = botOf(rules);
  const externalId = updateId === null ? null : `${bot}:u${String(updateId)}`;
  const parsed = botApiUpdate.safeParse(value);
  if (!parsed.success || externalId === null) {
    const where = parsed.error?.issues[0]?.path.join('.') ?? 'update_id';
    return { event: { type: 'ignored', reason: `unreadable: ${where}`, externalId, raw }, updateId };
  }
  const { allowGroups } = rules;
  const origin = { externalId, raw, bot, messenger: messengerOf(rules), allowGroups };
  return { event: eventOf(parsed.data, origin), updateId };
}

function updateIdOf(value: unknown): number | null {
  const id = typeof value === 'object' && value !== null && 'update_id' in value ? value.update_id : null;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

function eventOf(update: BotApiUpdate, origin: Origin): InboundEvent {
  if (update.message !== undefined) {
    return eventOfMessage(update.message, origin);
  }
  if (update.edited_message !== undefined) {
    return eventOfEdit(update.edited_message, origin);
  }
  if (update.callback_query !== undefined) {
    return eventOfPress(update.callback_query, origin);
  }
  if (update.my_chat_member !== undefined) {
    return eventOfMembership(update.my_chat_member, origin);
  }
  return ignored(Object.keys(update).find((key) => key !== 'update_id') ?? 'empty', origin);
}

function ignored(reason: string, { externalId, raw }: Origin): InboundEvent {
  return { type: 'ignored', reason, externalId, raw };
}

function eventOfMessage(message: BotApiMessage, origin: Origin): InboundEvent {
  const { chat, reply_to_message: answered } = message;
  if (!isPrivate(chat) && !origin.allowGroups) {
    return ignored('group', origin);
  }
  const content = readContent(message, origin.messenger.largestDownload);
  if (content === null) {
    return ignored('notice', origin);
  }
  return {
    ...plainMessage(senderOf(chat, message.from, origin), origin),
    messageId: messageKey(origin.bot, chat.id, message.message_id),
    sentAt: new Date(message.date * 1000),
    text: isPrivate(chat) ? content.text : withAuthor(content.text, message.from),
    attachments: content.attachments,
    replyTo: answered === undefined ? null : messageKey(origin.bot, chat.id, answered.message_id),
    flags: content.isOversized ? ['oversized'] : [],
    ...(content.shared && { shared: content.shared }),
    ...(message.media_group_id !== undefined && {
      album: `${origin.bot}:${String(chat.id)}:${message.media_group_id}`,
    }),
    ...(isPrivate(chat) && tellingsOf(message, content)),
  };
}

/** What a message says of its sender. In a group it would be said of the group. */
function tellingsOf({ text = '' }: BotApiMessage, { proofs }: TelegramContent): Partial<InboundMessage> {
  const token = /^\/start(?:@\w+)?\s+([\w-]{1,64})\s*$/.exec(text)?.[1];
  return { ...(proofs.length > 0 && { proofs }), ...(token !== undefined && { startToken: token }) };
}

function eventOfEdit(message: BotApiMessage, origin: Origin): InboundEvent {
  const event = eventOfMessage(message, origin);
  if (event.type !== 'message') {
    return event;
  }
  const { proofs: _proofs, startToken: _token, ...edit } = event;
  return { ...edit, revises: messageKey(origin.bot, message.chat.id, message.message_id) };
}

function eventOfPress(press: BotApiCallbackQuery, origin: Origin): InboundEvent {
  const { message, data = '' } = press;
  const chat = message?.chat ?? { id: press.from.id };
  if (!isPrivate(chat) && !origin.allowGroups) {
    return ignored('group', origin);
  }
  const of = message === undefined ? null : messageKey(origin.bot, chat.id, message.message_id);
  return {
    ...plainMessage(senderOf(chat, press.from, origin), origin),
    kind: 'keys',
    text: labelOf(press) ?? data,
    replyTo: of,
    choice: { id: data, of },
    pressId: press.id,
  };
}

/** What the customer read on the button, as far as the message that it stands under comes along. */
function labelOf({ message, data }: BotApiCallbackQuery): string | undefined {
  const buttons = message?.reply_markup?.inline_keyboard?.flat() ?? [];
  return buttons.find((button) => button.callback_data === data)?.text;
}

/** Somebody who blocks a bot leaves it, somebody who lifts the block joins it again. In groups it says who may speak there. */
function eventOfMembership({ chat, new_chat_member: member }: BotApiMemberChange, origin: Origin): InboundEvent {
  const event = ignored(`my_chat_member:${member.status}`, origin);
  if (event.type !== 'ignored' || chat === undefined || !isPrivate(chat)) {
    return event;
  }
  const reachable = { kicked: 'blocked', left: 'blocked', member: 'yes' }[member.status] as
    'blocked' | 'yes' | undefined;
  return reachable === undefined
    ? event
    : { ...event, reach: { kind: 'telegram', address: addressOf(chat, origin), reachable } };
}

function plainMessage(from: Sender, { externalId, raw }: Origin): InboundMessage {
  return {
    type: 'message',
    externalId,
    raw,
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

/** The numeric chat id is the address: user names change hands, the id never does. A group is one customer, by its title. */
function senderOf(chat: BotApiChat, from: BotApiPerson | undefined, origin: Origin): Sender {
  const own = from === undefined ? '' : nameOf(from);
  const name = isPrivate(chat) ? own : (chat.title ?? own);
  return { kind: 'telegram', address: addressOf(chat, origin), trust: 'proven', name };
}

function addressOf(chat: BotApiChat, { messenger }: Origin): string {
  return `${messenger.prefix}${String(chat.id)}`;
}

function withAuthor(text: string, from: BotApiPerson | undefined): string {
  const name = from === undefined ? '' : nameOf(from);
  return name === '' ? text : `${name}: ${text}`;
}
