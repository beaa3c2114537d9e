import { randomUUID } from 'node:crypto';
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
import { checkEndpoint } from './check-endpoint.js';
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
const mostFiles = 10;

/** The organisation's own channel: its programs post signed messages, and replies are posted back signed. */
export function createMessagesAdapter(options: MessagesOptions = {}): ChannelAdapter<MessagesSettings> {
  const now = options.now ?? (() => new Date());
  return {
    kind: 'messages',
    capabilities: {
      reaches: ['external'],
      textLimit: null,
      attachments: { maxBytes: largestFile, maxCount: mostFiles },
      subject: false,
      typing: false,
      idempotency: 'provider',
      receipts: 'read',
    },
    config: messagesConfig,
    secrets: messagesSecrets,
    receive: (request, account) => readWebhook(request, account, now()),
    send: (message, account) => send(message, account, { ...options, now }),
    check: (account, onStep) =>
      checkEndpoint(
        account.settings.url,
        async (body) => void (await post({ id: randomUUID(), body: () => body }, account, { ...options, now })),
        onStep,
      ),
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

type Calling = MessagesOptions & { now: () => Date };

async function send(message: OutboundMessage, account: Account, options: Calling): Promise<Sent> {
  const answer = await post({ id: message.id, body: () => bodyOf(message, account) }, account, options);
  return { providerId: idOf(answer.body) ?? message.id, state: 'sent' };
}

/** Something for the program, under an id that stays over its repeats. */
interface Post {
  id: string;
  body: () => object | Promise<object>;
}

/** Posts once, signed. Throws ChannelError unless the program took it. */
async function post({ id, body }: Post, account: Account, options: Calling): Promise<ExchangeAnswer> {
  const { url, secret } = account.settings;
  if (url === undefined) {
    throw new ChannelError('misconfigured', 'This channel has no address to send to.', { retry: 'after-reconnect' });
  }
  const bytes = Buffer.from(JSON.stringify(await body()));
  const stamp = { id, timestamp: String(Math.floor(options.now().getTime() / 1000)) };
  const call = {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': stamp.timestamp,
      'webhook-signature': signWebhook(secret, stamp, bytes),
    },
    body: bytes,
    timeoutMs: options.sendTimeoutMs ?? 20_000,
    limitBytes: 64 * 1024,
    agentFor: options.agentFor,
  };
  const answer = await exchange(call).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'keyed');
  });
  if (answer.status < 200 || answer.status >= 300) {
    throw errorOfStatus({ status: answer.status, said: '', retryAfter: answer.headers['retry-after'] }, 'keyed');
  }
  return answer;
}

async function bodyOf(message: OutboundMessage, account: Account): Promise<object> {
  const prefix = `${namespaceOf(account)}:`;
  if (message.to.kind !== 'external' || !message.to.address.startsWith(prefix)) {
    throw new ChannelError('not_reachable', 'This person is not one of this channel’s.', { retry: 'never' });
  }
  checkFiles(message);
  return {
    type: 'message',
    id: message.id,
    to: { id: message.to.address.slice(prefix.length), name: message.toName },
    text: message.text,
    replyTo: message.replyTo,
    attachments: await Promise.all(message.attachments.map(fileOf)),
  };
}

function checkFiles({ attachments }: OutboundMessage): void {
  if (attachments.length > mostFiles) {
    throw new ChannelError('too_many_files', `This channel takes up to ${String(mostFiles)} files.`, {
      retry: 'never',
    });
  }
  if (attachments.some(({ bytes }) => bytes > largestFile)) {
    throw new ChannelError('too_large', 'This channel takes files of up to 10 MB.', { retry: 'never' });
  }
}

async function fileOf(attachment: OutboundAttachment): Promise<object> {
  const content = await buffer(attachment.open()).catch(() => {
    throw new ChannelError('attachment_unreadable', `The file “${attachment.name}” cannot be read.`, { retry: 'soon' });
  });
  return { name: attachment.name, mediaType: attachment.mediaType, content: content.toString('base64') };
}

/** The program may name the message with an id of its own for receipts; otherwise ours is the name. */
function idOf(body: Buffer): string | null {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
    return typeof id === 'string' && id !== '' ? id : null;
  } catch {
    return null;
  }
}
