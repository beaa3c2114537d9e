import { createHmac, randomBytes } from 'node:crypto';
import type { ChannelAccount, WebhookRequest } from '../channel-adapter.js';
import type { ChannelKind, InboundEvent } from '../message.js';
import type { MessagesSettings } from '../messages/messages-settings.js';
import { signWebhook } from '../messages/standard-webhook.js';
import { planOf } from '../sms/gateway/gateway-settings.js';
import { readBatch } from '../sms/smpp/read-delivered.js';
import { encodeShortMessage } from '../sms/smpp/short-message.js';
import type {
  GatewaySettings,
  KavenegarSettings,
  SmppSettings,
  SmsSettings,
  TwilioSmsSettings,
} from '../sms/sms-settings.js';
import type { TelegramSettings } from '../telegram/telegram-settings.js';

/** What somebody who sets up a channel pretends that a customer wrote. */
export interface SimulatedMessage {
  /** The provider's id of it, new for each. */
  id: string;
  /** An address of the channel's kind, as that provider writes it: a phone number, a chat's number, an id of a program's own. */
  from: string;
  name: string;
  text: string;
  at: Date;
}

/** A provider's request, and the account that takes it for true: secrets that the account lacks are made up for this one. */
export interface SimulatedRequest {
  request: WebhookRequest;
  account: ChannelAccount;
}

/** What the account's own reader made of it, where a provider delivers over a line of its own and not by a request. */
export interface SimulatedDelivery {
  events: InboundEvent[];
}

type Simulated = SimulatedRequest | SimulatedDelivery;
type Writer<Settings> = (message: SimulatedMessage, account: ChannelAccount<Settings>) => Simulated | null;

/**
 * Writes a message as the account's provider would send it, signed as that provider signs, so that the adapter's own reader reads it.
 * Null where a kind or a driver takes messages in no such way.
 */
export function writeInbound(kind: ChannelKind, message: SimulatedMessage, account: ChannelAccount): Simulated | null {
  const write = writers[kind] as Writer<unknown> | undefined;
  return write?.(message, account) ?? null;
}

const writers: Partial<Record<ChannelKind, unknown>> = {
  messages: writeOwn satisfies Writer<MessagesSettings>,
  telegram: writeTelegram satisfies Writer<TelegramSettings>,
  sms: writeSms satisfies Writer<SmsSettings>,
};

function writeOwn(
  { id, from, name, text, at }: SimulatedMessage,
  account: ChannelAccount<MessagesSettings>,
): SimulatedRequest {
  const body = Buffer.from(JSON.stringify({ from: { id: from, name }, text, sentAt: at.toISOString() }));
  // The signature is as old as its check: this request lies in no queue.
  const stamp = { id, timestamp: String(Math.floor(Date.now() / 1000)) };
  const signature = signWebhook(account.settings.secret, stamp, body);
  const headers = { 'webhook-id': id, 'webhook-timestamp': stamp.timestamp, 'webhook-signature': signature };
  return { account, request: post(body, { originalUrl: `/hooks/messages/${account.id}`, headers }) };
}

function writeTelegram(
  { id, from, name, text, at }: SimulatedMessage,
  account: ChannelAccount<TelegramSettings>,
): SimulatedRequest | null {
  const person = Number(from);
  if (!Number.isSafeInteger(person) || person <= 0) {
    return null;
  }
  const webhookSecret = account.settings.webhookSecret ?? randomBytes(16).toString('hex');
  // Far above the numbers that a bot has reached, and a new one each time.
  const number = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const update = {
    update_id: number,
    message: {
      message_id: number,
      date: Math.floor(at.getTime() / 1000),
      chat: { id: person, type: 'private', first_name: name || from },
      from: { id: person, is_bot: false, first_name: name || from },
      text,
    },
  };
  return {
    account: { ...account, settings: { ...account.settings, webhookSecret } },
    request: post(Buffer.from(JSON.stringify(update)), {
      originalUrl: `/hooks/telegram/${account.id}`,
      headers: { 'x-telegram-bot-api-secret-token': webhookSecret },
    }),
  };
}

function writeSms(message: SimulatedMessage, account: ChannelAccount<SmsSettings>): Simulated | null {
  switch (account.settings.driver) {
    case 'twilio':
      return writeTwilio(message, account as ChannelAccount<TwilioSmsSettings>);
    case 'gateway':
      return writeGateway(message, account as ChannelAccount<GatewaySettings>);
    case 'kavenegar':
      return writeKavenegar(message, account as ChannelAccount<KavenegarSettings>);
    case 'smpp':
      return deliverSmpp(message, account as ChannelAccount<SmppSettings>);
  }
}

function writeTwilio(
  { id, from, text }: SimulatedMessage,
  account: ChannelAccount<TwilioSmsSettings>,
): SimulatedRequest {
  const { settings } = account;
  const authToken = settings.authToken ?? randomBytes(16).toString('hex');
  const publicUrl = account.publicUrl ?? 'https://simulated.invalid';
  const originalUrl = `/hooks/twilio/${account.id}/sms`;
  const fields = {
    AccountSid: settings.accountSid,
    MessageSid: `SM${id.replaceAll('-', '')}`,
    From: from,
    To: settings.from ?? '',
    Body: text,
    NumMedia: '0',
  };
  const signed = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signature = createHmac('sha1', authToken)
    .update(publicUrl + originalUrl + signed.flat().join(''))
    .digest('base64');
  return {
    account: { ...account, publicUrl, settings: { ...settings, authToken } },
    request: post(Buffer.from(new URLSearchParams(fields).toString()), {
      path: 'sms',
      originalUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    }),
  };
}

function writeGateway(
  { id, from, text, at }: SimulatedMessage,
  account: ChannelAccount<GatewaySettings>,
): SimulatedRequest | null {
  const { inbound } = planOf(account.settings);
  if (!inbound?.message) {
    return null;
  }
  const inboundSecret = account.settings.inboundSecret ?? randomBytes(16).toString('hex');
  const { proof, message: map } = inbound;
  const fields = [
    [map.from, from],
    [map.text, text],
    [map.id, id],
    [map.time, at.toISOString()],
  ].reduce<unknown>((all, [path, value]) => (path === undefined ? all : putAt(all, stepsOf(path), value)), {});
  const body = Buffer.from(JSON.stringify(fields));
  const url = `/hooks/sms/${account.id}`;
  const query = proof.as === 'query' ? `?${new URLSearchParams({ [proof.name]: inboundSecret }).toString()}` : '';
  return {
    account: { ...account, settings: { ...account.settings, inboundSecret } },
    request: post(body, { originalUrl: url + query, headers: proofOf(proof, inboundSecret, body) }),
  };
}

/** As its panel pushes it. An account that fetches instead reads the same fields. */
function writeKavenegar(
  { id, from, text, at }: SimulatedMessage,
  account: ChannelAccount<KavenegarSettings>,
): SimulatedRequest {
  const { settings } = account;
  const inboundSecret = settings.inboundSecret ?? randomBytes(16).toString('hex');
  const date = String(Math.floor(at.getTime() / 1000));
  const fields = { messageid: id, from, to: settings.from, message: text, date };
  return {
    account: { ...account, settings: { ...settings, inboundSecret } },
    request: post(Buffer.from(new URLSearchParams(fields).toString()), {
      originalUrl: `/hooks/sms/${account.id}?${new URLSearchParams({ key: inboundSecret }).toString()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  };
}

const longestSource = 20;
const typeOfName = 5;

/** The unit that a message centre would deliver: an international number or a name, the words in UCS-2. */
function deliverSmpp(
  { id, from, text, at }: SimulatedMessage,
  { settings }: ChannelAccount<SmppSettings>,
): SimulatedDelivery | null {
  const [, digits] = /^\+(\d+)$/u.exec(from) ?? [];
  const source = digits === undefined ? { ton: typeOfName, npi: 0, digits: from } : { ton: 1, npi: 1, digits };
  if (!/^[\x20-\x7e]+$/u.test(source.digits) || source.digits.length > longestSource) {
    return null;
  }
  const body = encodeShortMessage({
    serviceType: '',
    source,
    dest: { ton: 0, npi: 1, digits: settings.from.replace(/^\+/u, '') },
    esmClass: 0,
    registered: 0,
    coding: 8,
    octets: Buffer.from(text, 'utf16le').swap16(),
    optionals: new Map(),
  });
  return readBatch({ name: id, bodies: [body] }, { settings, parts: {}, now: at.getTime() });
}

type Proof = NonNullable<ReturnType<typeof planOf>['inbound']>['proof'];

function proofOf(proof: Proof, secret: string, body: Buffer): Record<string, string> {
  switch (proof.as) {
    case 'header':
      return { [proof.name]: secret };
    case 'hmac':
      return { [proof.name]: proof.prefix + createHmac(proof.algorithm, secret).update(body).digest(proof.encoding) };
    case 'query':
      return {};
  }
}

/** The steps of a path such as `entries[0].id`; numbers are places in a list. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([\w-]+)/g)].map(([, index, name = '']) =>
    index === undefined ? name : Number(index),
  );
}

function putAt(place: unknown, [step, ...inner]: (string | number)[], value: unknown): unknown {
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'number') {
    const list = Array.isArray(place) ? [...(place as unknown[])] : [];
    list[step] = putAt(list[step], inner, value);
    return list;
  }
  const known = (place ?? {}) as Record<string, unknown>;
  return { ...known, [step]: putAt(known[step], inner, value) };
}

function post(
  body: Buffer,
  { path = '', originalUrl, headers }: { path?: string; originalUrl: string; headers: Record<string, string> },
): WebhookRequest {
  return { method: 'POST', path, originalUrl, headers: { 'content-type': 'application/json', ...headers }, body };
}
