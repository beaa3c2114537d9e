import {
  type ChannelAccount,
  ChannelError,
  ForgedWebhook,
  UnreadableWebhook,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { CallOutcome, InboundCall, InboundEvent } from '../message.js';
import { readQuery } from '../wire/request-fields.js';
import { isSameSecret } from '../wire/same-secret.js';
import { callParty } from './call-party.js';
import { answerTo } from './pbx-events-answer.js';
import { detailsOf } from './pbx-events-details.js';
import { namesOf, readPbxFields, textOf, type Fields } from './pbx-events-fields.js';
import type { PhoneDriver, PhoneOptions } from './phone-driver.js';
import type { PbxSettings } from './phone-settings.js';

type Account = ChannelAccount<PbxSettings>;

/**
 * Calls as a telephone exchange reports them, in the generic CTI scheme that Zammad made public: newCall, answer and hangup,
 * as JSON or either kind of form, with a token in the URL or a header. Exchanges that report to Zammad need another URL and nothing else.
 * They may be told to reject a caller, or which number to call from.
 */
export function createPbxCalls(options: PhoneOptions): PhoneDriver<PbxSettings> {
  const now = options.now ?? (() => new Date());
  return {
    receive: (request, account) => readWebhook(request, account, { at: now(), isBlocked: options.isBlocked }),
    fetch: () => Promise.reject(new ChannelError('gone', 'This channel has no recordings.', { retry: 'never' })),
  };
}

async function readWebhook(
  request: WebhookRequest,
  account: Account,
  { at, isBlocked }: { at: Date } & Pick<PhoneOptions, 'isBlocked'>,
): Promise<WebhookReading> {
  if (!hasToken(request, account.settings.token)) {
    throw new ForgedWebhook('The token is missing or wrong.');
  }
  const fields = await readPbxFields(request);
  const event = eventOf(fields, { raw: rawOf(request), at, account });
  const answer = await answerTo(event, textOf(fields, ['to']), { account, isBlocked });
  return { events: [event], answer: { status: 200, contentType: 'application/json', body: JSON.stringify(answer) } };
}

/** The token may stand behind the channel in the path, in the query, or in a header: exchanges differ in what they can set. */
function hasToken(request: WebhookRequest, token: string | undefined): boolean {
  const bearer = (request.headers['authorization'] ?? '').replace(/^Bearer /i, '');
  const places = [request.path, readQuery(request)['token'], request.headers['x-peyk-token'], bearer];
  return places.map((given) => isSameSecret(given, token)).includes(true);
}

function rawOf(request: WebhookRequest): Uint8Array {
  return request.body.length > 0 ? request.body : Buffer.from(readQueryText(request));
}

// The address of a GET holds the token, which must not be stored with the event.
function readQueryText(request: WebhookRequest): string {
  const { token: _token, ...fields } = readQuery(request);
  return new URLSearchParams(fields).toString() || '-';
}

/** Calls are looked up by their ids; those of exchanges have some dozens of signs. */
const longestId = 200;

interface Context {
  raw: Uint8Array;
  at: Date;
  account: Account;
}

function eventOf(fields: Fields, context: Context): InboundEvent {
  const callId = required(fields, ['callId', 'callid', 'call_id']);
  const event = required(fields, ['event']);
  if (callId.length > longestId || event.length > longestId) {
    throw new UnreadableWebhook('callId or event is too long.');
  }
  const call = { ...callOf(fields, callId, context), details: detailsOf(fields, event, context.at) };
  switch (event) {
    case 'newCall':
      return { ...call, externalId: `${callId}:newCall`, startedAt: context.at };
    case 'answer':
      return {
        ...call,
        // A transferred call is answered again, by somebody else.
        externalId: `${callId}:answer:${(namesOf(fields).join(', ') || textOf(fields, ['answeringNumber'])).slice(0, longestId)}`,
        order: 1,
        state: 'answered',
        answeredAt: context.at,
      };
    case 'hangup': {
      const outcome = outcomeOf(textOf(fields, ['cause']), call.direction);
      return { ...call, externalId: `${callId}:hangup`, order: 2, state: 'ended', outcome, endedAt: context.at };
    }
    default:
      return { type: 'ignored', reason: `call:${event}`, externalId: `${callId}:${event}`, raw: context.raw };
  }
}

function callOf(fields: Fields, callId: string, { raw, account }: Context): InboundCall {
  const direction = directionOf(fields);
  const number = textOf(fields, [direction === 'in' ? 'from' : 'to']);
  return {
    type: 'call',
    externalId: null,
    raw,
    callId,
    order: 0,
    party: callParty(number, callId, { defaultCountry: account.settings.defaultCountry }),
    direction,
    state: 'ringing',
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: noteOf(fields),
  };
}

function directionOf(fields: Fields): 'in' | 'out' {
  const direction = required(fields, ['direction']);
  if (direction !== 'in' && direction !== 'out') {
    throw new UnreadableWebhook('direction must be in or out.');
  }
  return direction;
}

/** Who took part inside: the called line, the queue and the people. */
function noteOf(fields: Fields): string {
  const named = [
    ['user', namesOf(fields).join(', ')],
    ['queue', textOf(fields, ['queue'])],
    ['answered by', textOf(fields, ['answeringNumber'])],
  ];
  return named.flatMap(([name, value]) => (value ? [`${name ?? ''}: ${value}`] : [])).join(', ');
}

/** Null where the cause does not say whether anybody answered; the call's other events do. */
function outcomeOf(cause: string, direction: 'in' | 'out'): CallOutcome | null {
  switch (cause) {
    case 'busy':
      return 'busy';
    case 'cancel':
      return direction === 'in' ? 'missed' : 'cancelled';
    case 'noAnswer':
      return 'missed';
    case 'congestion':
    case 'notFound':
      return 'failed';
    case 'forwarded':
      // It went on to somebody else under another id, so nobody needs to call back; one that was answered before stays answered.
      return 'cancelled';
    default:
      return null;
  }
}

function required(fields: Fields, names: string[]): string {
  const value = textOf(fields, names);
  if (value === '') {
    throw new UnreadableWebhook(`${names[0] ?? ''} is missing.`);
  }
  return value;
}
