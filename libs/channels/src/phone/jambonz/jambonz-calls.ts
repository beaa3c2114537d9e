import {
  ChannelError,
  UnreadableWebhook,
  type ChannelAccount,
  type WebhookReading,
  type WebhookRequest,
} from '../../channel-adapter.js';
import type { InboundEvent } from '../../message.js';
import { callParty } from '../call-party.js';
import type { PhoneDriver, PhoneOptions } from '../phone-driver.js';
import type { JambonzSettings } from '../phone-settings.js';
import { readJambonzLine, textOf } from './read-jambonz.js';

type Account = ChannelAccount<JambonzSettings>;
type Json = Record<string, unknown>;

const nothing = { status: 200, contentType: 'application/json', body: '[]' };

/**
 * Calls over jambonz. What is said on a line is the hub's; here are the events of its first ring and its end, which are stored like those
 * of other providers.
 */
export function createJambonzCalls(options: PhoneOptions): PhoneDriver<JambonzSettings> {
  const now = options.now ?? (() => new Date());
  return {
    receive: (request, account) => Promise.resolve().then(() => readWebhook(request, account, now())),
    fetch: () => Promise.reject(new ChannelError('gone', 'This channel has no recordings.', { retry: 'never' })),
  };
}

function readWebhook(request: WebhookRequest, account: Account, at: Date): WebhookReading {
  const { callId, body } = readJambonzLine(request, account, at);
  if (request.path !== 'call' && request.path !== 'status') {
    throw new UnreadableWebhook(`A jambonz channel has no way in named “${request.path}”.`);
  }
  const event =
    request.path === 'call' ? ringing(callId, body, request, account, at) : told(callId, body, request, account, at);
  return { events: [event], answer: nothing };
}

function ringing(callId: string, body: Json, request: WebhookRequest, account: Account, at: Date): InboundEvent {
  return { ...callOf(callId, body, request, account), externalId: `${callId}:call`, startedAt: at };
}

/** For jambonz a call is answered as soon as Peyk speaks; whether anybody was reached, the line itself knows better. */
function told(callId: string, body: Json, request: WebhookRequest, account: Account, at: Date): InboundEvent {
  const status = textOf(body, 'call_status');
  const externalId = `${callId}:${status}`;
  if (textOf(body, 'parent_call_sid') !== '' || !/^(completed|failed|busy|no-answer|canceled)$/u.test(status)) {
    return { type: 'ignored', reason: `call:${status}`, externalId, raw: request.body };
  }
  const call = callOf(callId, body, request, account);
  return {
    ...call,
    externalId,
    state: 'ended',
    endedAt: at,
    details: { ...call.details, cause: textOf(body, 'sip_reason') || status },
  };
}

function callOf(callId: string, body: Json, request: WebhookRequest, { settings }: Account) {
  const direction = textOf(body, 'direction') === 'outbound' ? ('out' as const) : ('in' as const);
  const [theirs, ours] = direction === 'in' ? ['from', 'to'] : ['to', 'from'];
  const line = textOf(body, ours as string);
  const where = { defaultCountry: settings.defaultCountry, name: textOf(body, 'caller_name') };
  return {
    type: 'call' as const,
    externalId: null,
    raw: request.body,
    callId,
    order: 0,
    party: callParty(textOf(body, theirs as string), callId, where),
    direction,
    state: 'ringing' as const,
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    details: { source: 'jambonz' as const, ...(line !== '' && { line }) },
  };
}
