import { UnreadableWebhook, type ChannelAccount, type WebhookRequest } from '../../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../../message.js';
import { readFields } from '../../wire/request-fields.js';
import type { GatewaySettings } from '../sms-settings.js';
import { fillRequest, templateValues, type FilledRequest } from './fill-template.js';
import { readPush } from './gateway-inbound.js';
import { planOf } from './gateway-settings.js';

/** What an account's maps make of a push that somebody pasted. */
export interface MapTrial {
  /** Every value in it with the path that a map would name it by. */
  fields: { path: string; value: string }[];
  /** What was read; `unreadable` says in plain English what is missing. */
  reading:
    | { type: 'message'; from: string; text: string; id: string | null; sentAt: Date | null }
    | { type: 'receipt'; of: string; state: string; error: string | null }
    | { type: 'ignored'; reason: string }
    | { type: 'unreadable'; reason: string };
}

const mostFields = 200;

/** Reads a pasted push as the account would: JSON, a form, or the address of a GET. Nobody needs to prove that it is the gateway's. */
export function tryGatewayMap(sample: string, { id, settings }: ChannelAccount<GatewaySettings>): MapTrial {
  const request = requestOf(sample.trim(), `/hooks/sms/${id}`);
  try {
    return { fields: listFields(readFields(request)), reading: readingOf(readPush(request, settings)) };
  } catch (error) {
    if (error instanceof UnreadableWebhook) {
      return { fields: fieldsOrNone(request), reading: { type: 'unreadable', reason: error.message } };
    }
    throw error;
  }
}

/** What a message would be sent as, the stars in it standing for secrets. */
export function previewGatewaySend(message: OutboundMessage, account: ChannelAccount<GatewaySettings>): FilledRequest {
  const { apiKey, inboundSecret, ...plain } = account.settings;
  const settings = {
    ...plain,
    ...(apiKey !== undefined && { apiKey: hidden }),
    ...(inboundSecret !== undefined && { inboundSecret: hidden }),
  };
  return fillRequest(planOf(settings).request, templateValues(message, { ...account, settings }));
}

const hidden = '***';

function requestOf(sample: string, path: string): WebhookRequest {
  if (/^[[{]/u.test(sample)) {
    return post(sample, path, 'application/json');
  }
  const [, query] = /^(?:GET\s+)?(?:https?:\/\/|\/)[^?\s]*\?(\S*)/iu.exec(sample) ?? [];
  return query === undefined
    ? post(sample, path, 'application/x-www-form-urlencoded')
    : { method: 'GET', path: '', originalUrl: `${path}?${query}`, headers: {}, body: new Uint8Array() };
}

function post(body: string, originalUrl: string, contentType: string): WebhookRequest {
  return {
    method: 'POST',
    path: '',
    originalUrl,
    headers: { 'content-type': contentType },
    body: Buffer.from(body),
  };
}

function readingOf(event: InboundEvent): MapTrial['reading'] {
  switch (event.type) {
    case 'message': {
      const { from, text, externalId, sentAt } = event;
      return { type: 'message', from: from.address, text, id: externalId, sentAt };
    }
    case 'receipt':
      return { type: 'receipt', of: event.providerId, state: event.state, error: event.error };
    case 'ignored':
      return { type: 'ignored', reason: event.reason };
    case 'call':
      return { type: 'unreadable', reason: 'This is a call.' };
  }
}

function fieldsOrNone(request: WebhookRequest): MapTrial['fields'] {
  try {
    return listFields(readFields(request));
  } catch {
    return [];
  }
}

/** In the order in which they stand, as far as maps can name them. */
function listFields(place: unknown, path = ''): MapTrial['fields'] {
  if (Array.isArray(place)) {
    return place.flatMap((inner, index) => listFields(inner, `${path}[${String(index)}]`)).slice(0, mostFields);
  }
  if (typeof place === 'object' && place !== null) {
    return Object.entries(place)
      .filter(([name]) => /^[\w-]+$/u.test(name))
      .flatMap(([name, inner]) => listFields(inner, path === '' ? name : `${path}.${name}`))
      .slice(0, mostFields);
  }
  return place === null || place === undefined ? [] : [{ path, value: String(place as string | number | boolean) }];
}
