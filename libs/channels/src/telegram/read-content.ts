import type { InboundAttachment, InboundMessage, SharedThings } from '../message.js';
import { normalisePhone } from '../phone-number.js';
import type { BotApiMessage, BotApiPerson } from './bot-api-update.js';

/** What somebody sent, in the channels' common terms. `isOversized` marks a file that the messenger does not hand out. */
export interface TelegramContent {
  text: string;
  attachments: InboundAttachment[];
  shared: SharedThings | null;
  proofs: NonNullable<InboundMessage['proofs']>;
  isOversized: boolean;
}

interface SentFile {
  file_id: string;
  file_unique_id?: string | undefined;
  file_size?: number | undefined;
  file_name?: string | undefined;
  mime_type?: string | undefined;
}

/**
 * Reads a message's text and files; null when it holds nothing a person sent, such as a notice about the chat. `largestDownload` is the
 * most that the messenger hands out, in bytes.
 */
export function readContent(message: BotApiMessage, largestDownload: number | null): TelegramContent | null {
  const files = filesOf(message);
  const lines = [message.text ?? message.caption, placeLine(message), contactLine(message), ...otherLines(message)];
  const text = lines.filter((line) => line !== undefined && line !== '').join('\n');
  if (text === '' && files.length === 0) {
    return unsupported(message);
  }
  return {
    text,
    attachments: files.map(({ file, name, type }) => ({
      name: file.file_name ?? name,
      mediaType: file.mime_type ?? type,
      // The id by which a file is known again; the one that it is fetched by may differ each time.
      contentId: file.file_unique_id ?? null,
      source: { reference: file.file_id },
    })),
    shared: sharedOf(message),
    proofs: proofsOf(message),
    isOversized: files.some(({ file }) => (file.file_size ?? 0) > (largestDownload ?? Infinity)),
  };
}

/** What is more than words and files; null when nothing is. */
function sharedOf(message: BotApiMessage): SharedThings | null {
  const { location, venue, contact, sticker, voice } = message;
  const shared: SharedThings = {
    ...(location && { place: placeOf(location, venue) }),
    ...(contact && { contact: { name: nameOf(contact), phone: contact.phone_number, own: isOwnCard(message) } }),
    ...(sticker && { sticker: { emoji: sticker.emoji ?? '' } }),
    ...(voice && { voice: { seconds: Math.round(voice.duration ?? 0) } }),
    ...contextOf(message),
  };
  return Object.keys(shared).length === 0 ? null : shared;
}

/** As much of an answered message as tells which one it is, in UTF-16 units. */
const longestAnswered = 300;

/** What a message belongs to: one that it passes on, one that it answers. */
function contextOf(message: BotApiMessage): SharedThings {
  const { forward_origin: origin, reply_to_message: answered } = message;
  const text = answeredText(message);
  return {
    ...(origin && { forwardedFrom: originOf(origin) }),
    ...(text !== '' && { answers: { text, ours: answered?.from?.is_bot === true } }),
  };
}

/** What its sender marked of the message that they answer, else how that begins; '' when it has no words. */
function answeredText({ reply_to_message: answered, quote }: BotApiMessage): string {
  const { text, caption } = answered ?? {};
  const [words = ''] = [quote?.text, text, caption].filter((one) => one !== undefined);
  return words.slice(0, longestAnswered).toWellFormed();
}

function placeOf(
  { latitude, longitude, live_period: live }: NonNullable<BotApiMessage['location']>,
  venue: BotApiMessage['venue'],
): NonNullable<SharedThings['place']> {
  const { title = '', address = '' } = venue ?? {};
  return { latitude, longitude, title, address, live: live !== undefined };
}

function originOf(origin: NonNullable<BotApiMessage['forward_origin']>): string {
  const { sender_user: person, sender_user_name: hidden, sender_chat: group, chat } = origin;
  const names = [person && nameOf(person), hidden, group?.title, chat?.title];
  return names.find((name) => name !== undefined && name !== '') ?? '';
}

/** What somebody calls themselves; '' when they do not say. */
export function nameOf({ first_name: first, last_name: last }: Pick<BotApiPerson, 'first_name' | 'last_name'>): string {
  return [first, last].filter(Boolean).join(' ');
}

function filesOf(message: BotApiMessage): { file: SentFile; name: string; type: string }[] {
  const number = String(message.message_id);
  // An animation comes with a copy of itself as `document`, for old clients.
  const kinds: [SentFile | undefined, string, string][] = [
    [largestPhoto(message), `photo-${number}.jpg`, 'image/jpeg'],
    [message.animation, `animation-${number}.mp4`, 'video/mp4'],
    [message.animation === undefined ? message.document : undefined, `file-${number}`, 'application/octet-stream'],
    [message.audio, `audio-${number}.mp3`, 'audio/mpeg'],
    [message.voice, `voice-${number}.ogg`, 'audio/ogg'],
    [message.video, `video-${number}.mp4`, 'video/mp4'],
    [message.video_note, `video-${number}.mp4`, 'video/mp4'],
    [message.sticker, ...stickerForm(message)],
  ];
  return kinds.flatMap(([file, name, type]) => (file === undefined ? [] : [{ file, name, type }]));
}

function largestPhoto(message: BotApiMessage): SentFile | undefined {
  const [first, ...others] = message.photo ?? [];
  if (first === undefined) {
    return undefined;
  }
  return others.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), first);
}

function stickerForm(message: BotApiMessage): [string, string] {
  const name = `sticker-${String(message.message_id)}`;
  if (message.sticker?.is_animated === true) {
    return [`${name}.tgs`, 'application/x-tgsticker'];
  }
  return message.sticker?.is_video === true ? [`${name}.webm`, 'video/webm'] : [`${name}.webp`, 'image/webp'];
}

function placeLine({ location, venue }: BotApiMessage): string | undefined {
  if (location === undefined) {
    return undefined;
  }
  const point = `${String(location.latitude)}, ${String(location.longitude)}`;
  return venue === undefined ? `📍 ${point}` : `📍 ${venue.title}, ${venue.address} (${point})`;
}

function contactLine({ contact }: BotApiMessage): string | undefined {
  if (contact === undefined) {
    return undefined;
  }
  return `👤 ${[nameOf(contact), contact.phone_number].filter(Boolean).join(', ')}`;
}

function otherLines({ sticker, dice, poll }: BotApiMessage): (string | undefined)[] {
  return [
    sticker?.emoji,
    dice === undefined ? undefined : `${dice.emoji} ${String(dice.value)}`,
    poll === undefined ? undefined : [`📊 ${poll.question}`, ...poll.options.map(({ text }) => `• ${text}`)].join('\n'),
  ];
}

/** Telegram names the account that a card is of. One that is passed on says nothing about whoever passed it on. */
function isOwnCard({ contact, from, forward_origin: origin }: BotApiMessage): boolean {
  return contact?.user_id !== undefined && contact.user_id === from?.id && origin === undefined;
}

/** The phone number that a customer shares about themselves: Telegram vouches for it. The card of somebody else proves nothing. */
function proofsOf(message: BotApiMessage): TelegramContent['proofs'] {
  if (message.contact === undefined || !isOwnCard(message)) {
    return [];
  }
  // Telegram gives the international number, on some clients without its plus.
  const phone = normalisePhone(`+${message.contact.phone_number.replace(/^\+/, '')}`, 'IR');
  return phone?.kind === 'phone' ? [{ kind: 'phone', address: phone.e164, trust: 'channel_given' }] : [];
}

const envelope = new Set([
  'message_id',
  'message_thread_id',
  'date',
  'chat',
  'from',
  'sender_chat',
  'reply_to_message',
  'external_reply',
  'quote',
  'via_bot',
  'edit_date',
  'media_group_id',
  'reply_markup',
  'forward_origin',
  'has_protected_content',
  'is_from_offline',
  'author_signature',
]);

/** Notices about the chat itself; anything else unknown was sent by a person and must not vanish. */
const notices =
  /^(new_chat|left_chat|delete_chat|group_chat|supergroup_chat|channel_chat|migrate_|pinned_message|message_auto_delete|forum_topic|general_forum|video_chat_|chat_background|boost_|write_access|proximity_alert)/;

function unsupported(message: BotApiMessage): TelegramContent | null {
  const kind = Object.keys(message).find((key) => !envelope.has(key) && message[key] !== undefined);
  if (kind === undefined || notices.test(kind)) {
    return null;
  }
  return { text: `[unsupported: ${kind}]`, attachments: [], shared: null, proofs: [], isOversized: false };
}
