import {
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  ForgedWebhook,
  type Polled,
  type Press,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import { download } from '../wire/download.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { readJson } from '../wire/request-fields.js';
import { isSameSecret } from '../wire/same-secret.js';
import { agentOf, createBotApiClient, type BotApiClient } from './bot-api-client.js';
import { checkBot } from './check-bot.js';
import { messageOfKey } from './message-key.js';
import { botOf, messengerOf } from './messengers.js';
import { chatNumber, messageLimits } from './plan-send.js';
import { readUpdate } from './read-update.js';
import { sendMessage } from './send-message.js';
import { telegramConfig, telegramSecrets, type TelegramSettings } from './telegram-settings.js';
import { wayInOf } from './way-in.js';

type Account = ChannelAccount<TelegramSettings>;

/** What a deployment decides for all Telegram accounts. Durations in milliseconds unless named otherwise. */
export interface TelegramOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  /** How long one getUpdates waits at Telegram; at most 25 s, or proxies cut it. */
  longPollSeconds?: number;
  callTimeoutMs?: number;
}

/** The largest file of any messenger here; each account's own limit is checked when the message is planned. */
const largestUpload = 50 * 1024 * 1024;

/** Telegram, or any messenger with the same Bot API, by long polling or by webhook. */
export function createTelegramAdapter(options: TelegramOptions = {}): ChannelAdapter<TelegramSettings> {
  const longPollSeconds = Math.min(options.longPollSeconds ?? 25, 25);
  const callTimeoutMs = options.callTimeoutMs ?? 30_000;
  const clientOf = ({ settings }: Account) => createBotApiClient(settings, options.agentFor);
  const inTime = () => AbortSignal.timeout(callTimeoutMs);
  return {
    kind: 'telegram',
    capabilities: {
      reaches: ['telegram'],
      textLimit: messageLimits.text,
      attachments: { maxBytes: largestUpload, maxCount: messageLimits.files },
      subject: false,
      typing: true,
      idempotency: 'none',
    },
    config: telegramConfig,
    secrets: telegramSecrets,
    receive: readWebhook,
    poll: async (account, cursor, signal) => {
      const seconds = signal.aborted ? 0 : longPollSeconds;
      const updates = await fetchUpdates(clientOf(account), account, {
        cursor,
        seconds,
        signal,
        graceMs: callTimeoutMs,
      });
      return readBatch(updates, cursor, account);
    },
    send: (message, account) => {
      const messenger = messengerOf(account.settings);
      return sendMessage(message, { client: clientOf(account), inTime, bot: botOf(account.settings), messenger });
    },
    paceOf: ({ settings }) => messengerOf(settings).pace,
    mayReach: (address, { settings }) => chatNumber(address, messengerOf(settings)) !== null,
    answerPress: (press, account) => answerPress(clientOf(account), press, { account, inTime }),
    showTyping: (address, account) => showTyping(clientOf(account), address, { account, signal: inTime() }),
    startLink: (token, account) => startLink(clientOf(account), token, { account, signal: inTime() }),
    fetch: async (reference, account, limitBytes) =>
      download({
        url: await fileUrl(clientOf(account), reference, { account, signal: inTime() }),
        headers: {},
        limitBytes,
        mayFetch: (url) => url.origin === new URL(account.settings.apiRoot).origin,
        agentFor: () => agentOf(account.settings, options.agentFor),
      }),
    connect: (account) => prepare(clientOf(account), account, inTime()),
    check: (account, onStep) => checkBot(clientOf(account), { account, inTime }, onStep),
  };
}

function readWebhook(request: WebhookRequest, account: Account): WebhookReading {
  const { repeatsSecret } = messengerOf(account.settings);
  const given = repeatsSecret ? request.headers['x-telegram-bot-api-secret-token'] : request.path;
  if (!isSameSecret(given, account.settings.webhookSecret)) {
    throw new ForgedWebhook('The webhook secret is missing or wrong.');
  }
  const { event } = readUpdate(readJson(request.body), request.body, account.settings);
  return { events: [event], answer: { status: 200, contentType: 'application/json', body: '' } };
}

interface Wait {
  cursor: unknown;
  seconds: number;
  signal: AbortSignal;
  graceMs: number;
}

/** Asks for updates from the cursor on, which confirms all before it. Stopped early, it brings none and confirms nothing new. */
async function fetchUpdates(
  client: BotApiClient,
  { settings }: Account,
  { cursor, seconds, signal, graceMs }: Wait,
): Promise<unknown[]> {
  if (signal.aborted) {
    return [];
  }
  const limit = AbortSignal.timeout(seconds * 1000 + graceMs);
  const { updateKinds } = messengerOf(settings);
  const wanted = updateKinds === null ? {} : { allowed_updates: updateKinds };
  try {
    const updates = await client.call(
      'getUpdates',
      { offset: offsetOf(cursor), timeout: seconds, limit: 100, ...wanted },
      { purpose: 'ask', signal: AbortSignal.any([signal, limit]) },
    );
    return Array.isArray(updates) ? (updates as unknown[]) : [];
  } catch (error) {
    if (signal.aborted) {
      return [];
    }
    throw error;
  }
}

function offsetOf(cursor: unknown): number {
  const offset = typeof cursor === 'object' && cursor !== null && 'offset' in cursor ? cursor.offset : 0;
  return Number.isSafeInteger(offset) ? (offset as number) : 0;
}

function readBatch(updates: unknown[], cursor: unknown, account: Account): Polled {
  // Polled updates arrive in one JSON array, so each one's raw form is its own JSON again.
  const read = updates.map((update) => readUpdate(update, Buffer.from(JSON.stringify(update)), account.settings));
  const offset = read.reduce((next, { updateId }) => Math.max(next, (updateId ?? -1) + 1), offsetOf(cursor));
  return { events: read.map(({ event }) => event), cursor: { offset } };
}

/** The most that Telegram shows for a pressed button, in UTF-16 units. */
const longestAnswer = 200;

/**
 * Stops the spinner on the customer's button, and says why when it does nothing any more. One that was taken goes away with its
 * neighbours: a choice is made once.
 */
async function answerPress(
  client: BotApiClient,
  { id, of, words }: Press,
  { account, inTime }: { account: Account; inTime: () => AbortSignal },
): Promise<void> {
  const told = words === null ? {} : { text: words.slice(0, longestAnswer), show_alert: true };
  await client.call('answerCallbackQuery', { callback_query_id: id, ...told }, { purpose: 'ask', signal: inTime() });
  const chat = Number((of ?? '').split(':')[1]);
  const messageId = messageOfKey(of, botOf(account.settings), chat);
  if (messageId !== null) {
    const empty = { chat_id: chat, message_id: messageId, reply_markup: { inline_keyboard: [] } };
    await client.call('editMessageReplyMarkup', empty, { purpose: 'ask', signal: inTime() });
  }
}

interface Asking {
  account: Account;
  signal: AbortSignal;
}

/** Shown for five seconds, or until the next message. */
async function showTyping(client: BotApiClient, address: string, { account, signal }: Asking): Promise<void> {
  const chat = chatNumber(address, messengerOf(account.settings));
  if (chat !== null) {
    await client.call('sendChatAction', { chat_id: chat, action: 'typing' }, { purpose: 'ask', signal });
  }
}

/** A link goes by the bot's user name, which only the messenger knows. */
async function startLink(client: BotApiClient, token: string, { account, signal }: Asking): Promise<string> {
  const bot = await client.call('getMe', {}, { purpose: 'ask', signal });
  const name = typeof bot === 'object' && bot !== null && 'username' in bot ? bot.username : null;
  if (typeof name !== 'string' || !/^\w{1,64}$/.test(name)) {
    throw new ChannelError('no_username', 'The bot has no user name that a link could lead to.', {
      retry: 'after-reconnect',
    });
  }
  return `${messengerOf(account.settings).linkRoot}/${name}?start=${encodeURIComponent(token)}`;
}

async function fileUrl(client: BotApiClient, fileId: string, { account, signal }: Asking): Promise<string> {
  const file = await client.call('getFile', { file_id: fileId }, { purpose: 'ask', signal });
  const path = typeof file === 'object' && file !== null && 'file_path' in file ? file.file_path : null;
  if (typeof path !== 'string' || path.includes('..')) {
    throw new ChannelError('gone', 'Telegram does not hand out this file.', { retry: 'never' });
  }
  const { apiRoot, token } = account.settings;
  return `${apiRoot}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Points Telegram at this account's way in. Updates that wait there are kept in both directions. */
async function prepare(client: BotApiClient, account: Account, signal: AbortSignal): Promise<void> {
  const { mode, webhookSecret } = account.settings;
  const { repeatsSecret, updateKinds } = messengerOf(account.settings);
  if (mode === 'poll') {
    const keep = repeatsSecret ? { drop_pending_updates: false } : {};
    await client.call('deleteWebhook', keep, { purpose: 'ask', signal });
    return;
  }
  if (account.publicUrl === null || webhookSecret === undefined) {
    throw new ChannelError('misconfigured', 'A webhook needs a public address and a webhook secret.', {
      retry: 'after-reconnect',
    });
  }
  const url = wayInOf(account);
  // One connection at a time keeps the updates of a chat in order.
  const how = { secret_token: webhookSecret, allowed_updates: updateKinds, max_connections: 1 };
  const target = repeatsSecret ? { url, ...how } : { url };
  await client.call('setWebhook', target, { purpose: 'ask', signal });
}
