import type { Bucket, SendingPace } from '../channel-adapter.js';
import type { TelegramSettings } from './telegram-settings.js';

/** What sets one messenger with this Bot API apart from another. Sizes in bytes; null means no limit that is known. */
export interface Messenger {
  name: 'telegram' | 'bale';
  /** Stands before the ids of its people: messengers count them apart, and number 42 of one is not number 42 of the other. */
  prefix: '' | 'bale:';
  /** It takes `parse_mode: HTML`. Elsewhere a text leaves without its marks. */
  takesHtml: boolean;
  /** It repeats our secret in a header. Elsewhere the secret is part of the address that it calls. */
  repeatsSecret: boolean;
  /** It knows `reply_parameters`; before that there was `reply_to_message_id`. */
  takesReplyParameters: boolean;
  /** The kinds of update that we ask for; null where it does not let one choose. */
  updateKinds: readonly string[] | null;
  largestDownload: number | null;
  largestUpload: number;
  largestPhoto: number;
  /** Where its links to a bot begin. */
  linkRoot: string;
  pace: SendingPace;
}

const megabyte = 1024 * 1024;

/** Short runs to one chat are let through; what is steadily faster is refused with 429. */
const oneChat: Bucket = { burst: 5, perSecond: 1 };
const oneGroup: Bucket = { burst: 5, perSecond: 20 / 60 };

function paceOf(perSecond: number): SendingPace {
  return {
    account: { burst: perSecond, perSecond },
    each: (address) => (/(?:^|:)-/.test(address) ? oneGroup : oneChat),
  };
}

/**
 * All that Bot API 10.1 can send, for what is not asked for is lost: Telegram leaves some kinds out unless they are named. Those that mean
 * nothing here are kept as they came.
 */
const everyKind = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
] as const;

const telegram: Messenger = {
  name: 'telegram',
  prefix: '',
  takesHtml: true,
  repeatsSecret: true,
  takesReplyParameters: true,
  updateKinds: everyKind,
  largestDownload: 20 * megabyte,
  largestUpload: 50 * megabyte,
  largestPhoto: 10 * megabyte,
  linkRoot: 'https://t.me',
  pace: paceOf(30),
};

/** Bale documents fewer fields than Telegram and no limits, so it is asked for no more than both have and as gently. */
const bale: Messenger = {
  ...telegram,
  name: 'bale',
  prefix: 'bale:',
  takesHtml: false,
  repeatsSecret: false,
  takesReplyParameters: false,
  updateKinds: null,
  linkRoot: 'https://ble.ir',
  pace: paceOf(20),
};

/** The messenger of an account: the one that its settings name, else the one whose address it has. */
export function messengerOf({ messenger, apiRoot }: Pick<TelegramSettings, 'messenger' | 'apiRoot'>): Messenger {
  const isBale = messenger === undefined ? /(?:^|\.)bale\.ai$/.test(new URL(apiRoot).hostname) : messenger === 'bale';
  return isBale ? bale : telegram;
}

/** The bot's own number, which its token begins with. Ids of chats and messages mean nothing without it. */
export function botOf({ token }: Pick<TelegramSettings, 'token'>): string {
  return token.split(':', 1)[0] ?? '';
}
