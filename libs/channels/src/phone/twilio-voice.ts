import {
  type ChannelAccount,
  ChannelError,
  UnreadableWebhook,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import type { CallOutcome, InboundCall, InboundEvent, Sender } from '../message.js';
import { download } from '../wire/download.js';
import { readQuery } from '../wire/request-fields.js';
import { basicAuth, emptyTwiml, isTwilioFile, readTwilioRequest } from '../wire/twilio-request.js';
import { callParty } from './call-party.js';
import type { PhoneDriver, PhoneOptions } from './phone-driver.js';
import type { TwilioVoiceSettings } from './phone-settings.js';

type Account = ChannelAccount<TwilioVoiceSettings>;
type Params = Record<string, string>;

/** Calls over Twilio Voice: a static answer to callers, and each call's life as events. */
export function createTwilioVoice(options: PhoneOptions): PhoneDriver<TwilioVoiceSettings> {
  const now = options.now ?? (() => new Date());
  return {
    receive: (request, account) => readWebhook(request, account, now),
    fetch: (reference, { settings }, limitBytes) =>
      download({
        url: reference,
        headers: { authorization: authOf(settings) },
        limitBytes,
        mayFetch: (url) => isTwilioFile(url, settings.baseUrl),
        agentFor: options.agentFor,
      }),
  };
}

async function readWebhook(request: WebhookRequest, account: Account, now: () => Date): Promise<WebhookReading> {
  const { accountSid, authToken, previousAuthToken } = account.settings;
  const params = await readTwilioRequest(request, {
    publicUrl: account.publicUrl,
    accountSid,
    authTokens: [authToken, previousAuthToken],
  });
  switch (request.path) {
    case 'voice':
      return { events: [ringingOf(params, request, account, now())], answer: greetingOf(account.settings) };
    case 'voice-status':
      return { events: [statusOf(params, request, account, now())], answer: emptyTwiml };
    case 'recording':
      return { events: [recordingOf(params, request, account)], answer: emptyTwiml };
    default:
      throw new UnreadableWebhook(`A phone channel has no way in named “${request.path}”.`);
  }
}

function ringingOf(params: Params, request: WebhookRequest, account: Account, at: Date): InboundCall {
  const call = callOf(params, request, account);
  return { ...call, externalId: `${call.callId}:voice`, startedAt: instantOf(params) ?? at };
}

interface Meaning {
  state: InboundCall['state'];
  outcome: CallOutcome | null;
}

/** Twilio's call states. What a completed or canceled incoming call was, `outcomeOf` says. */
const meanings: Record<string, Meaning> = {
  queued: { state: 'ringing', outcome: null },
  initiated: { state: 'ringing', outcome: null },
  ringing: { state: 'ringing', outcome: null },
  'in-progress': { state: 'answered', outcome: null },
  completed: { state: 'ended', outcome: 'answered' },
  busy: { state: 'ended', outcome: 'busy' },
  failed: { state: 'ended', outcome: 'failed' },
  'no-answer': { state: 'ended', outcome: 'missed' },
  canceled: { state: 'ended', outcome: 'cancelled' },
};

function statusOf(params: Params, request: WebhookRequest, account: Account, now: Date): InboundEvent {
  const status = required(params, 'CallStatus');
  const call = callOf(params, request, account);
  const order = wholeNumber(params['SequenceNumber']);
  const externalId = `${call.callId}:${status}:${order === null ? '' : String(order)}`;
  const meaning = Object.hasOwn(meanings, status) ? meanings[status] : undefined;
  if (meaning === undefined) {
    return { type: 'ignored', reason: `call:${status}`, externalId, raw: request.body };
  }
  return {
    ...call,
    externalId,
    order: order ?? 0,
    state: meaning.state,
    outcome: outcomeOf(meaning.outcome, call.direction, account.settings),
    ...timesOf(meaning.state, instantOf(params) ?? now, isGreetingOnly(call.direction, account.settings)),
    durationSeconds: wholeNumber(params['CallDuration']),
  };
}

// A caller who gave up was missed; one who only heard the greeting was too, although Twilio calls that completed.
function outcomeOf(
  outcome: CallOutcome | null,
  direction: 'in' | 'out',
  settings: TwilioVoiceSettings,
): CallOutcome | null {
  const wasMissed =
    (outcome === 'cancelled' && direction === 'in') || (outcome === 'answered' && isGreetingOnly(direction, settings));
  return wasMissed ? 'missed' : outcome;
}

function isGreetingOnly(direction: 'in' | 'out', { completedMeans }: TwilioVoiceSettings): boolean {
  return direction === 'in' && completedMeans === 'missed';
}

type Times = Pick<InboundCall, 'startedAt' | 'answeredAt' | 'endedAt'>;

function timesOf(state: InboundCall['state'], at: Date, onlyGreeted: boolean): Times {
  return {
    startedAt: state === 'ringing' ? at : null,
    answeredAt: state === 'answered' && !onlyGreeted ? at : null,
    endedAt: state === 'ended' ? at : null,
  };
}

/**
 * A recording of a call. Its webhook does not say whose call it was, so the URL it was ordered with names the party; the
 * signature covers that too. Without it the party is nobody but this call, and the call's own message knows better.
 */
function recordingOf(params: Params, request: WebhookRequest, account: Account): InboundEvent {
  const sid = required(params, 'RecordingSid');
  const status = params['RecordingStatus'] ?? 'completed';
  const externalId = `${sid}:${status}`;
  const url = params['RecordingUrl'];
  if (status !== 'completed' || url === undefined || !isFileOfTwilio(url, account)) {
    return { type: 'ignored', reason: `recording:${status}`, externalId, raw: request.body };
  }
  // What was recorded was answered; that it is over is for the call's own status to say.
  return { ...callOf(params, request, account), externalId, state: 'answered', recordingUrl: url };
}

function isFileOfTwilio(url: string, { settings }: Account): boolean {
  return URL.canParse(url) && isTwilioFile(new URL(url), settings.baseUrl);
}

function callOf(params: Params, request: WebhookRequest, account: Account): InboundCall {
  const callId = required(params, 'CallSid');
  const direction = (params['Direction'] ?? readQuery(request)['direction'] ?? 'inbound').startsWith('out')
    ? 'out'
    : 'in';
  return {
    type: 'call',
    externalId: null,
    raw: request.body,
    callId,
    order: 0,
    party: partyOf(params, request, { callId, direction, account }),
    direction,
    state: 'ringing',
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
  };
}

interface PartyContext {
  callId: string;
  direction: 'in' | 'out';
  account: Account;
}

function partyOf(params: Params, request: WebhookRequest, { callId, direction, account }: PartyContext): Sender {
  const raw = (direction === 'in' ? params['From'] : params['To']) ?? readQuery(request)['party'] ?? '';
  const name = params['CallerName'] ?? '';
  return callParty(raw, callId, { defaultCountry: account.settings.defaultCountry, name });
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function instantOf(params: Params): Date | null {
  const instant = new Date(params['Timestamp'] ?? '');
  return Number.isNaN(instant.getTime()) ? null : instant;
}

function required(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined || value === '') {
    throw new UnreadableWebhook(`${name} is missing.`);
  }
  return value;
}

function authOf({ accountSid, authToken }: TwilioVoiceSettings): string {
  if (authToken === undefined) {
    throw new ChannelError('misconfigured', 'The Twilio auth token is not set.', { retry: 'after-reconnect' });
  }
  return basicAuth(accountSid, authToken);
}

function greetingOf({ greeting }: TwilioVoiceSettings): WebhookReading['answer'] {
  const spoken =
    greeting.playUrl === undefined
      ? `<Say language="${escapeXml(greeting.language)}">${escapeXml(greeting.text)}</Say>`
      : `<Play>${escapeXml(greeting.playUrl)}</Play>`;
  const body = `<?xml version="1.0" encoding="UTF-8"?><Response>${spoken}<Hangup/></Response>`;
  return { ...emptyTwiml, body };
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? '');
}
