import type { Claim, InboundAttachment } from '../message.js';
import { normalisePhone } from '../phone-number.js';
import type { BotApiMessage } from './bot-api-update.js';

/** What somebody sent, in the channels' common terms. `isOversized` marks a file that Telegram's own API does not hand out. */
export interface TelegramContent {
  text: string;
  attachments: InboundAttachment[];
  claims: Claim[];
  isOversized: boolean;
}

interface SentFile {
  file_id: string;
  file_size?: number | undefined;
  file_name?: string | undefined;
  mime_type?: string | undefined;
}

/** The most that getFile serves on Telegram's servers; a self-hosted Bot API server may serve more. */
const largestDownload = 20 * 1024 * 1024;

/** Reads a message's text and files; null when it holds nothing a person sent, such as a notice about the chat. */
export function readContent(message: BotApiMessage): TelegramContent | null {
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
      contentId: null,
      source: { reference: file.file_id },
    })),
    claims: claimsOf(message),
    isOversized: files.some(({ file }) => (file.file_size ?? 0) > largestDownload),
  };
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
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  return `👤 ${[name, contact.phone_number].filter(Boolean).join(', ')}`;
}

function otherLines({ sticker, dice, poll }: BotApiMessage): (string | undefined)[] {
  return [
    sticker?.emoji,
    dice === undefined ? undefined : `${dice.emoji} ${String(dice.value)}`,
    poll === undefined ? undefined : [`📊 ${poll.question}`, ...poll.options.map(({ text }) => `• ${text}`)].join('\n'),
  ];
}

/**
 * The phone number a customer shares about themselves, as a claim. The card of somebody else links nobody, and even the own
 * card only says which number the Telegram account was made with.
 */
function claimsOf({ contact, from }: BotApiMessage): Claim[] {
  if (contact?.user_id === undefined || contact.user_id !== from?.id) {
    return [];
  }
  // Telegram gives the international number, on some clients without its plus.
  const phone = normalisePhone(`+${contact.phone_number.replace(/^\+/, '')}`, 'IR');
  return phone?.kind === 'phone' ? [{ kind: 'phone', address: phone.e164, source: 'form' }] : [];
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
  return { text: `[unsupported: ${kind}]`, attachments: [], claims: [], isOversized: false };
}
