import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ChannelAccount, ForgedWebhook, UnreadableWebhook, type WebhookRequest } from '../../channel-adapter.js';
import { readJson, readQuery } from '../../wire/request-fields.js';
import type { DialResult, LineHappening } from '../line.js';
import type { JambonzSettings } from '../phone-settings.js';

type Json = Record<string, unknown>;

/** A proven request of jambonz about a line. */
export interface JambonzLineRequest {
  callId: string;
  turn: number;
  happening: LineHappening | null;
  /** The caller's call, where this tells that whoever was rung for them has answered. Which leg that is, jambonz does not say. */
  answeredFor: string | null;
  query: Record<string, string>;
  body: Json;
}

const toleranceSeconds = 300;
const longestSpeech = 1000;

/** Reads what happened on a line. Throws ForgedWebhook before anything of the request is believed, then UnreadableWebhook. */
export function readJambonzLine(
  request: WebhookRequest,
  { settings }: ChannelAccount<JambonzSettings>,
  now: Date,
): JambonzLineRequest {
  prove(request, settings.webhookSecret, now);
  const body = readJson(request.body);
  const query = { ...readQuery(request) };
  const callId = textOf(body, 'call_sid');
  if (callId === '') {
    throw new UnreadableWebhook('call_sid is missing.');
  }
  const turn = /^\d{1,6}$/u.test(query['turn'] ?? '') ? Number(query['turn']) : 0;
  const answeredFor = request.path === 'status' ? answeredForOf(body) : null;
  return { callId, turn, happening: happeningOf(request.path, body, query), answeredFor, query, body };
}

/** `Jambonz-Signature: t=<seconds>,v1=<hex>`: HMAC-SHA256 over the time, a dot and the body. */
export function signJambonz(secret: string, seconds: number, body: Uint8Array): string {
  const signature = createHmac('sha256', secret)
    .update(`${String(seconds)}.`)
    .update(body)
    .digest('hex');
  return `t=${String(seconds)},v1=${signature}`;
}

function prove({ headers, body }: WebhookRequest, secret: string | undefined, now: Date): void {
  const given = headers['jambonz-signature'] ?? '';
  const seconds = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/u.exec(given)?.[1] ?? Number.NaN);
  if (secret === undefined || !(Math.abs(now.getTime() / 1000 - seconds) <= toleranceSeconds)) {
    throw new ForgedWebhook('The signature is missing, old, or cannot be checked.');
  }
  const [, expected = ''] = signJambonz(secret, seconds, body).split('v1=');
  const isOurs = [...given.matchAll(/v1=([0-9a-f]{64})/gu)]
    .map(([, signature = '']) => timingSafeEqual(Buffer.from(signature), Buffer.from(expected)))
    .includes(true);
  if (!isOurs) {
    throw new ForgedWebhook('The signature is not jambonz’s.');
  }
}

function happeningOf(path: string, body: Json, query: Record<string, string>): LineHappening | null {
  switch (path) {
    case 'call':
      return { kind: 'arrived', from: textOf(body, 'from'), to: textOf(body, 'to'), name: textOf(body, 'caller_name') };
    case 'next':
      return nextOf(body, query['of'] ?? '');
    case 'dialled':
      return dialledOf(body, query['leg'] ?? '');
    case 'status':
      return isOver(body) ? { kind: 'hung_up' } : null;
    default:
      return null;
  }
}

function nextOf(body: Json, of: string): LineHappening | null {
  switch (of) {
    case 'gather':
      return {
        kind: 'heard',
        digits: textOf(body, 'digits').replace(/[^0-9*#]/gu, ''),
        speech: speechOf(body['speech']).slice(0, longestSpeech),
      };
    case 'hold':
      return textOf(body, 'queue_result', 'queueResult') === 'hangup' ? { kind: 'hung_up' } : { kind: 'held' };
    case 'nudge':
      return { kind: 'held' };
    case 'record':
      return { kind: 'recorded', reference: null, id: null, seconds: 0 };
    case 'again':
      return { kind: 'played' };
    default:
      return null;
  }
}

/** The transcript that the recogniser believes in most comes first. */
function speechOf(speech: unknown): string {
  const { alternatives } = (typeof speech === 'object' && speech !== null ? speech : {}) as { alternatives?: unknown };
  const [best] = Array.isArray(alternatives) ? (alternatives as unknown[]) : [];
  const { transcript } = (typeof best === 'object' && best !== null ? best : {}) as { transcript?: unknown };
  return typeof transcript === 'string' ? transcript : '';
}

const dialResults: Record<string, DialResult> = {
  completed: 'answered',
  'in-progress': 'answered',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
};

function dialledOf(body: Json, leg: string): LineHappening {
  const status = textOf(body, 'dial_call_status');
  const result = Object.hasOwn(dialResults, status) ? (dialResults[status] ?? 'failed') : 'failed';
  if (result !== 'answered' && isOver(body)) {
    // The caller hung up while a phone rang: nobody is left to ring the next one for.
    return { kind: 'hung_up' };
  }
  const seconds = Number(textOf(body, 'dial_call_duration', 'duration') || 0);
  // A talk that was answered is over by now; jambonz may not say how long it was.
  return { kind: 'dialled', leg, result, seconds: Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : 0 };
}

const endings = new Set(['completed', 'failed', 'busy', 'no-answer', 'canceled']);

/** Whom we rang has a call of their own, which names the caller's. */
function answeredForOf(body: Json): string | null {
  const parent = textOf(body, 'parent_call_sid');
  return parent !== '' && textOf(body, 'call_status') === 'in-progress' ? parent : null;
}

/** Of the caller's own leg only: how it went with whom we rang is told when the dial is over. */
function isOver(body: Json): boolean {
  return textOf(body, 'parent_call_sid') === '' && endings.has(textOf(body, 'call_status'));
}

/** The first of these fields that holds something, as text. */
export function textOf(body: Json, ...names: string[]): string {
  const found = names.map((name) => body[name]).find((value) => typeof value === 'string' || typeof value === 'number');
  return found === undefined ? '' : String(found).trim();
}
