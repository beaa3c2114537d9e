import { createHash, createHmac } from 'node:crypto';
import {
  ForgedWebhook,
  UnreadableWebhook,
  type ChannelAccount,
  type WebhookReading,
  type WebhookRequest,
} from '../../channel-adapter.js';
import type { InboundEvent } from '../../message.js';
import { readFields, readQuery } from '../../wire/request-fields.js';
import { isSameSecret } from '../../wire/same-secret.js';
import { readTextAt } from './read-path.js';
import { smsSender } from '../sms-sender.js';
import { withSmsFacts } from '../sms-facts.js';
import type { GatewaySettings } from '../sms-settings.js';
import { planOf, type InboundMap as Inbound } from './gateway-settings.js';

/** Reads what a gateway pushes, by the account's field maps: a message, or a report about one of ours. */
export function readGatewayWebhook(request: WebhookRequest, account: ChannelAccount<GatewaySettings>): WebhookReading {
  const { inbound, inboundSecret } = planOf(account.settings);
  if (inbound === undefined || !isProven(request, inbound.proof, inboundSecret)) {
    throw new ForgedWebhook('The gateway’s secret is missing or wrong.');
  }
  return {
    events: [readPush(request, account.settings)],
    answer: { status: 200, contentType: 'text/plain; charset=utf-8', body: inbound.answer },
  };
}

/** What a push says by the account's maps, whoever sent it. Throws UnreadableWebhook. */
export function readPush(request: WebhookRequest, settings: GatewaySettings): InboundEvent {
  const { inbound, defaultCountry } = planOf(settings);
  const fields = readFields(request);
  const raw = request.body.length > 0 ? request.body : Buffer.from(request.originalUrl);
  const event =
    readReport(inbound?.status, fields, raw) ??
    readMessage(inbound?.message, fields, { raw, defaultCountry, url: request.originalUrl });
  return withSmsFacts(event, settings);
}

function isProven(request: WebhookRequest, proof: Inbound['proof'], secret: string | undefined): boolean {
  switch (proof.as) {
    case 'header':
      return isSameSecret(request.headers[proof.name], secret);
    case 'query':
      return isSameSecret(readQuery(request)[proof.name], secret);
    case 'hmac':
      return hasRightHmac(request, proof, secret);
  }
}

// The HMAC covers the body only, so fields from a query would be nobody's word.
function hasRightHmac(
  request: WebhookRequest,
  proof: Extract<Inbound['proof'], { as: 'hmac' }>,
  secret: string | undefined,
): boolean {
  if (secret === undefined || request.method.toUpperCase() === 'GET') {
    return false;
  }
  const expected = createHmac(proof.algorithm, secret).update(request.body).digest(proof.encoding);
  return isSameSecret(request.headers[proof.name], proof.prefix + expected);
}

function readReport(map: Inbound['status'], fields: Record<string, unknown>, raw: Uint8Array): InboundEvent | null {
  const id = readTextAt(fields, map?.id);
  const status = readTextAt(fields, map?.state);
  if (map === undefined || id === null || status === null) {
    return null;
  }
  const origin = { externalId: `${id}:${status}`, raw };
  const state = Object.hasOwn(map.states, status) ? map.states[status] : undefined;
  return state === undefined
    ? { type: 'ignored', reason: `status:${status}`, ...origin }
    : {
        type: 'receipt',
        providerId: id,
        state,
        error: state === 'failed' ? failureOf(map, fields, status) : null,
        ...origin,
      };
}

function failureOf(map: NonNullable<Inbound['status']>, fields: Record<string, unknown>, status: string): string {
  return readTextAt(fields, map.error) ?? `status ${status}`;
}

interface MessageContext {
  raw: Uint8Array;
  defaultCountry: string;
  /** As it came: its octets may be another charset’s than the fields were read by. */
  url: string;
}

function readMessage(
  map: Inbound['message'],
  fields: Record<string, unknown>,
  { raw, defaultCountry, url }: MessageContext,
): InboundEvent {
  if (map === undefined) {
    throw new UnreadableWebhook('This channel takes no messages in.');
  }
  const from = readTextAt(fields, map.from);
  const charset = readTextAt(fields, map.charset);
  const text = textIn(url, map.text, charset) ?? readTextAt(fields, map.text) ?? '';
  if (from === null) {
    throw new UnreadableWebhook(`${map.from} is missing.`);
  }
  const time = readTextAt(fields, map.time);
  return {
    type: 'message',
    externalId: readTextAt(fields, map.id) ?? fingerprint(time, [from, text]),
    raw,
    from: smsSender(from, defaultCountry),
    claims: [],
    sentAt: time === null ? null : readInstant(time),
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
}

// Without the provider's own time two equal texts in a row may both be meant, so they are never taken for a repeat.
function fingerprint(time: string | null, parts: string[]): string | null {
  return time === null
    ? null
    : createHash('sha256')
        .update(JSON.stringify([time, ...parts]))
        .digest('base64url');
}

/** Reads an ISO time, or Unix time in seconds or milliseconds; null for anything else. */
function readInstant(text: string): Date | null {
  const number = /^\d{9,14}$/.test(text) ? Number(text) : null;
  const instant = number === null ? new Date(text) : new Date(number < 1e11 ? number * 1000 : number);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A field of an address in a charset that it names itself, as Kannel does; null where UTF-8 or an unknown one is meant. */
function textIn(url: string, name: string, charset: string | null): string | null {
  const octets = charset === null ? null : octetsIn(url, name);
  if (octets === null || charset === null || !/^(?:utf-?16|ucs-?2|iso-8859|windows-)/iu.test(charset)) {
    return null;
  }
  const known = /^(?:utf-?16(?:be)?|ucs-?2)$/iu.test(charset) ? 'utf-16be' : charset;
  try {
    return new TextDecoder(known).decode(octets);
  } catch {
    return null;
  }
}

function octetsIn(url: string, name: string): Uint8Array | null {
  const pairs = url.slice(url.indexOf('?') + 1).split('&');
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const spaced = value?.replaceAll('+', ' ');
  const latin = spaced?.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return latin === undefined ? null : Buffer.from(latin, 'latin1');
}
