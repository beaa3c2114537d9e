import { buffer } from 'node:stream/consumers';
import {
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  type Sent,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { OutboundAttachment, OutboundMessage } from '../message.js';
import { exchange, type AgentChoice, type ExchangeAnswer } from '../wire/http-exchange.js';
import { readJson } from '../wire/request-fields.js';
import { errorOfBrokenSend, errorOfStatus } from '../wire/sending-errors.js';
import { messagesConfig, messagesSecrets, type MessagesSettings } from './messages-settings.js';
import { readInbound } from './read-inbound.js';
import { checkWebhook, signWebhook } from './standard-webhook.js';

type Account = ChannelAccount<MessagesSettings>;

/** What a deployment decides for all channels of this kind. */
export interface MessagesOptions {
  /** The agent of outgoing connections: the hub's guard against private addresses. */
  agentFor?: AgentChoice;
  now?: () => Date;
  sendTimeoutMs?: number;
}

const largestFile = 10 * 1024 * 1024;

/** The organisation's own channel: its programs post signed messages, and replies are posted back signed. */
export function createMessagesAdapter(options: MessagesOptions = {}): ChannelAdapter<MessagesSettings> {
  const now = options.now ?? (() => new Date());
  return {
    kind: 'messages',
    capabilities: {
      reaches: ['external'],
      textLimit: null,
      attachments: { maxBytes: largestFile, maxCount: 10 },
      subject: false,
      typing: false,
      idempotency: 'provider',
    },
    config: messagesConfig,
    secrets: messagesSecrets,
    receive: (request, account) => readWebhook(request, account, now()),
    send: (message, account) => send(message, account, { ...options, now }),
  };
}

function readWebhook(request: WebhookRequest, account: Account, now: Date): WebhookReading {
  const { secret, previousSecret } = account.settings;
  const webhookId = request.headers['webhook-id'] ?? '';
  const proof = {
    id: webhookId,
    timestamp: request.headers['webhook-timestamp'] ?? '',
    signature: request.headers['webhook-signature'] ?? '',
  };
  checkWebhook([secret, previousSecret], proof, { body: request.body, now });
  const origin = { webhookId, raw: request.body, namespace: namespaceOf(account) };
  const event = readInbound(readJson(request.body), origin);
  return { events: [event], answer: { status: 200, contentType: 'application/json', body: '{"accepted":true}' } };
}

function namespaceOf({ id, settings }: Account): string {
  return settings.namespace ?? id;
}

async function send(
  message: OutboundMessage,
  account: Account,
  options: MessagesOptions & { now: () => Date },
): Promise<Sent> {
  const { url, secret } = account.settings;
  if (url === undefined) {
    throw new ChannelError('misconfigured', 'This channel has no address to send to.', { retry: 'after-reconnect' });
  }
  const body = Buffer.from(JSON.stringify(await bodyOf(message, account)));
  const stamp = { id: message.id, timestamp: String(Math.floor(options.now().getTime() / 1000)) };
  const call = {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': message.id,
      'webhook-id': stamp.id,
      'webhook-timestamp': stamp.timestamp,
      'webhook-signature': signWebhook(secret, stamp, body),
    },
    body,
    timeoutMs: options.sendTimeoutMs ?? 20_000,
    limitBytes: 64 * 1024,
    agentFor: options.agentFor,
  };
  const answer = await exchange(call).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'keyed');
  });
  return readAnswer(answer, message);
}

async function bodyOf(message: OutboundMessage, account: Account): Promise<object> {
  const prefix = `${namespaceOf(account)}:`;
  if (message.to.kind !== 'external' || !message.to.address.startsWith(prefix)) {
    throw new ChannelError('not_reachable', 'This person is not one of this channel’s.', { retry: 'never' });
  }
  return {
    type: 'message',
    id: message.id,
    to: { id: message.to.address.slice(prefix.length), name: message.toName },
    text: message.text,
    replyTo: message.replyTo,
    attachments: await Promise.all(message.attachments.map(fileOf)),
  };
}

async function fileOf(attachment: OutboundAttachment): Promise<object> {
  if (attachment.bytes > largestFile) {
    throw new ChannelError('too_large', 'This channel takes files of up to 10 MB.', { retry: 'never' });
  }
  const content = await buffer(attachment.open()).catch(() => {
    throw new ChannelError('attachment_unreadable', `The file “${attachment.name}” cannot be read.`, { retry: 'soon' });
  });
  return { name: attachment.name, mediaType: attachment.mediaType, content: content.toString('base64') };
}

/** Reads the program's answer. It may name the message with an id of its own for receipts; otherwise ours is the name. */
function readAnswer(answer: ExchangeAnswer, message: OutboundMessage): Sent {
  if (answer.status < 200 || answer.status >= 300) {
    throw errorOfStatus({ status: answer.status, said: '', retryAfter: answer.headers['retry-after'] }, 'keyed');
  }
  return { providerId: idOf(answer.body) ?? message.id, state: 'sent' };
}

function idOf(body: Buffer): string | null {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
    return typeof id === 'string' && id !== '' ? id : null;
  } catch {
    return null;
  }
}
