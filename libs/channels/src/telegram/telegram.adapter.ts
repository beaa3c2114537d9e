import {
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  ForgedWebhook,
  type Polled,
  type Sent,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import { download } from '../wire/download.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { readJson } from '../wire/request-fields.js';
import { isSameSecret } from '../wire/same-secret.js';
import { agentOf, createBotApiClient, type BotApiClient } from './bot-api-client.js';
import { asDocument, largestUpload, planSend, type SendCall } from './plan-send.js';
import { messageKey, readUpdate } from './read-update.js';
import { telegramConfig, telegramSecrets, type TelegramSettings } from './telegram-settings.js';

type Account = ChannelAccount<TelegramSettings>;

/** What a deployment decides for all Telegram accounts. Durations in milliseconds unless named otherwise. */
export interface TelegramOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  /** How long one getUpdates waits at Telegram; at most 25 s, or proxies cut it. */
  longPollSeconds?: number;
  callTimeoutMs?: number;
}

const updateKinds = ['message', 'edited_message', 'callback_query', 'my_chat_member'];

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
      // Longer texts leave in parts of 4,096; four of them are the most that one message should become.
      textLimit: 16_384,
      attachments: { maxBytes: largestUpload, maxCount: 10 },
      subject: false,
      typing: false,
      idempotency: 'none',
    },
    config: telegramConfig,
    secrets: telegramSecrets,
    receive: readWebhook,
    poll: async (account, cursor, signal) => {
      const seconds = signal.aborted ? 0 : longPollSeconds;
      const client = clientOf(account);
      const updates = await fetchUpdates(client, { cursor, seconds, signal, graceMs: callTimeoutMs });
      return readBatch(updates, cursor, { account, answer: (id) => answerPress(client, id, inTime()) });
    },
    send: (message, account) => sendMessage(clientOf(account), message, inTime),
    fetch: async (reference, account, limitBytes) =>
      download({
        url: await fileUrl(clientOf(account), reference, { account, signal: inTime() }),
        headers: {},
        limitBytes,
        mayFetch: (url) => url.origin === new URL(account.settings.apiRoot).origin,
        agentFor: () => agentOf(account.settings, options.agentFor),
      }),
    connect: (account) => prepare(clientOf(account), account, inTime()),
  };
}

function readWebhook(request: WebhookRequest, account: Account): WebhookReading {
  const given = request.headers['x-telegram-bot-api-secret-token'];
  if (!isSameSecret(given, account.settings.webhookSecret)) {
    throw new ForgedWebhook('The webhook secret is missing or wrong.');
  }
  const { event, callbackQueryId } = readUpdate(readJson(request.body), request.body, account.settings);
  // The answer of a webhook may carry one call: it stops the button's spinner without a request of ours.
  const body =
    callbackQueryId === null
      ? ''
      : JSON.stringify({ method: 'answerCallbackQuery', callback_query_id: callbackQueryId });
  return { events: [event], answer: { status: 200, contentType: 'application/json', body } };
}

interface Wait {
  cursor: unknown;
  seconds: number;
  signal: AbortSignal;
  graceMs: number;
}

/** Asks for updates from the cursor on, which confirms all before it. Stopped early, it brings none and confirms nothing new. */
async function fetchUpdates(client: BotApiClient, { cursor, seconds, signal, graceMs }: Wait): Promise<unknown[]> {
  if (signal.aborted) {
    return [];
  }
  const limit = AbortSignal.timeout(seconds * 1000 + graceMs);
  try {
    const updates = await client.call(
      'getUpdates',
      { offset: offsetOf(cursor), timeout: seconds, limit: 100, allowed_updates: updateKinds },
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

interface BatchContext {
  account: Account;
  answer: (callbackQueryId: string) => Promise<void>;
}

async function readBatch(updates: unknown[], cursor: unknown, { account, answer }: BatchContext): Promise<Polled> {
  // Polled updates arrive in one JSON array, so each one's raw form is its own JSON again.
  const read = updates.map((update) => readUpdate(update, Buffer.from(JSON.stringify(update)), account.settings));
  const offset = read.reduce((next, { updateId }) => Math.max(next, (updateId ?? -1) + 1), offsetOf(cursor));
  const presses = read.flatMap(({ callbackQueryId }) => (callbackQueryId === null ? [] : [callbackQueryId]));
  await Promise.all(presses.map(answer));
  return { events: read.map(({ event }) => event), cursor: { offset } };
}

// Only stops the spinner on the customer's button; a failure costs nothing else and must not hold the batch back.
async function answerPress(client: BotApiClient, id: string, signal: AbortSignal): Promise<void> {
  await client
    .call('answerCallbackQuery', { callback_query_id: id }, { purpose: 'ask', signal })
    .catch(() => undefined);
}

async function sendMessage(client: BotApiClient, message: OutboundMessage, inTime: () => AbortSignal): Promise<Sent> {
  const calls = await planSend(message);
  const ids: string[] = [];
  for (const call of calls) {
    try {
      ids.push(messageKey(message.to.address, await sendOne(client, call, inTime)));
    } catch (error) {
      throw ids.length === 0 ? error : partlySent(error, ids.length, calls.length);
    }
  }
  return { providerId: ids[0] ?? null, state: 'sent' };
}

async function sendOne(client: BotApiClient, call: SendCall, inTime: () => AbortSignal): Promise<number> {
  try {
    return messageIdOf(await client.call(call.method, call.payload, { purpose: 'send', signal: inTime() }));
  } catch (error) {
    const document = asDocument(call);
    // A picture of unusual proportions is refused as a photo, and nothing has left then.
    if (
      document !== null &&
      error instanceof ChannelError &&
      /photo|image/i.test(error.message) &&
      error.code === 'refused'
    ) {
      return sendOne(client, document, inTime);
    }
    throw error;
  }
}

function messageIdOf(result: unknown): number {
  const id = typeof result === 'object' && result !== null && 'message_id' in result ? result.message_id : null;
  if (typeof id !== 'number') {
    throw new ChannelError('unreadable_answer', 'Telegram’s answer names no message.', {
      retry: 'never',
      doubtful: true,
    });
  }
  return id;
}

// Sending again would repeat the parts that arrived, so only a person may decide.
function partlySent(error: unknown, sent: number, all: number): ChannelError {
  const why = error instanceof ChannelError ? error.message : 'unknown';
  const message = `Only ${String(sent)} of ${String(all)} parts left: ${why}`;
  return new ChannelError('partly_sent', message, { retry: 'never', doubtful: true });
}

async function fileUrl(
  client: BotApiClient,
  fileId: string,
  { account, signal }: { account: Account; signal: AbortSignal },
): Promise<string> {
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
  if (mode === 'poll') {
    await client.call('deleteWebhook', { drop_pending_updates: false }, { purpose: 'ask', signal });
    return;
  }
  if (account.publicUrl === null || webhookSecret === undefined) {
    throw new ChannelError('misconfigured', 'A webhook needs a public address and a webhook secret.', {
      retry: 'after-reconnect',
    });
  }
  const url = `${account.publicUrl}/hooks/telegram/${account.id}`;
  // One connection at a time keeps the updates of a chat in order.
  const how = { secret_token: webhookSecret, allowed_updates: updateKinds, max_connections: 1 };
  await client.call('setWebhook', { url, ...how }, { purpose: 'ask', signal });
}
