import { type ChannelAccount, UnreadableWebhook, type WebhookRequest } from '../channel-adapter.js';
import type { CallLeg, CallOutcome, InboundCall, InboundEvent, Sender } from '../message.js';
import { readQuery } from '../wire/request-fields.js';
import { isTwilioFile } from '../wire/twilio-request.js';
import { callParty } from './call-party.js';
import type { TwilioVoiceSettings } from './phone-settings.js';

type Account = ChannelAccount<TwilioVoiceSettings>;
type Params = Record<string, string>;

/** The first ring of a call. `at`: when it came, where Twilio does not say. */
export function ringingOf(params: Params, request: WebhookRequest, account: Account, at: Date): InboundCall {
  const call = callOf(params, request, account);
  return { ...call, externalId: `${call.callId}:voice`, startedAt: instantOf(params) ?? at };
}

interface Meaning {
  state: InboundCall['state'];
  outcome: CallOutcome | null;
  /** What it is for somebody of ours who was rung. */
  leg: CallLeg['outcome'];
}

/** Twilio's call states. What a completed or canceled incoming call was, `outcomeOf` says. */
const meanings: Record<string, Meaning> = {
  queued: { state: 'ringing', outcome: null, leg: 'ringing' },
  initiated: { state: 'ringing', outcome: null, leg: 'ringing' },
  ringing: { state: 'ringing', outcome: null, leg: 'ringing' },
  'in-progress': { state: 'answered', outcome: null, leg: 'answered' },
  completed: { state: 'ended', outcome: 'answered', leg: 'answered' },
  busy: { state: 'ended', outcome: 'busy', leg: 'busy' },
  failed: { state: 'ended', outcome: 'failed', leg: 'failed' },
  'no-answer': { state: 'ended', outcome: 'missed', leg: 'no_answer' },
  canceled: { state: 'ended', outcome: 'cancelled', leg: 'cancelled' },
};

/** Whose leg of a call a state is told of: the caller's own, that of somebody of ours who was rung, or that of a customer whom we called. */
type Rung = 'caller' | 'agent' | 'customer';

interface Told {
  status: string;
  meaning: Meaning;
  at: Date;
  params: Params;
  account: Account;
}

/** A state of a call, or of a leg of it. */
export function statusOf(params: Params, request: WebhookRequest, account: Account, now: Date): InboundEvent {
  const status = required(params, 'CallStatus');
  const order = wholeNumber(params['SequenceNumber']);
  const externalId = `${required(params, 'CallSid')}:${status}:${order === null ? '' : String(order)}`;
  const meaning = Object.hasOwn(meanings, status) ? meanings[status] : undefined;
  if (meaning === undefined) {
    return { type: 'ignored', reason: `call:${status}`, externalId, raw: request.body };
  }
  const rung = rungOf(params, request);
  const call = { ...callOf(params, request, account), externalId };
  if (rung === 'caller' && meaning.state !== 'ended' && isPeyks(call.direction, account.settings)) {
    // For Twilio it is answered as soon as Peyk speaks: how it goes, the line itself knows better.
    return { type: 'ignored', reason: `call:${status}`, externalId, raw: request.body };
  }
  const told = { status, meaning, at: instantOf(params) ?? now, params, account };
  return rung === 'agent'
    ? agentLegOf(call, told, readQuery(request)['leg'])
    : { ...call, order: order ?? 0, ...stateOf(call.direction, told) };
}

function rungOf(params: Params, request: WebhookRequest): Rung {
  const named = readQuery(request)['rung'];
  return named === 'agent' || named === 'customer'
    ? named
    : (params['ParentCallSid'] ?? '') === ''
      ? 'caller'
      : 'agent';
}

type State = Pick<
  InboundCall,
  'state' | 'outcome' | 'startedAt' | 'answeredAt' | 'endedAt' | 'durationSeconds' | 'details'
>;

function stateOf(direction: 'in' | 'out', told: Told): Partial<State> {
  const { status, meaning, at, params, account } = told;
  const cause = meaning.state === 'ended' ? { cause: status } : {};
  const details = { ...detailsOf(params, direction), ...cause };
  return {
    state: meaning.state,
    outcome: outcomeOf(meaning.outcome, direction, account.settings),
    ...timesOf(meaning.state, at, isGreetingOnly(direction, account.settings)),
    durationSeconds: isPeyks(direction, account.settings) ? null : wholeNumber(params['CallDuration']),
    details,
  };
}

/** Somebody of ours was rung. */
function agentLegOf(call: InboundCall, told: Told, named: string | undefined): InboundCall {
  const grown = call.direction === 'in' ? rungForCaller(told) : rungToCallOut(told);
  return { ...call, ...grown, details: { ...call.details, legs: [legOf(call, told, named)] } };
}

/** The call goes on whatever became of it, and is answered once they are there. */
function rungForCaller({ meaning, at, params }: Told): Partial<State> {
  if (meaning.state === 'answered') {
    return { state: 'answered', answeredAt: at };
  }
  return { durationSeconds: meaning.leg === 'answered' ? wholeNumber(params['CallDuration']) : null };
}

/** Their leg is the call itself, which is over with it; without them the customer was not called. */
function rungToCallOut({ meaning, at }: Told): Partial<State> {
  return meaning.state === 'ended'
    ? { state: 'ended', endedAt: at, outcome: meaning.leg === 'answered' ? null : 'cancelled' }
    : {};
}

function legOf({ callId, direction }: InboundCall, { meaning, at, params }: Told, named: string | undefined): CallLeg {
  const instant = at.toISOString();
  const own = direction === 'in' ? required(params, 'CallSid') : `dial ${callId}`;
  return {
    id: named ?? own,
    // Whoever named the leg knows it by the address that the agent has here.
    to: named === undefined ? (params['To'] ?? '') : '',
    agentId: null,
    startedAt: meaning.state === 'ringing' ? instant : null,
    answeredAt: meaning.state === 'answered' ? instant : null,
    endedAt: meaning.state === 'ended' ? instant : null,
    outcome: meaning.leg,
  };
}

// A caller who gave up was missed; one who only heard the greeting was too, although Twilio calls that completed. Whom Peyk spoke with, it knows.
function outcomeOf(
  outcome: CallOutcome | null,
  direction: 'in' | 'out',
  settings: TwilioVoiceSettings,
): CallOutcome | null {
  if (outcome === 'answered' && isPeyks(direction, settings)) {
    return null;
  }
  const wasMissed =
    (outcome === 'cancelled' && direction === 'in') || (outcome === 'answered' && isGreetingOnly(direction, settings));
  return wasMissed ? 'missed' : outcome;
}

/** Peyk itself speaks with who calls. */
function isPeyks(direction: 'in' | 'out', { answers }: TwilioVoiceSettings): boolean {
  return direction === 'in' && answers === 'peyk';
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
export function recordingOf(params: Params, request: WebhookRequest, account: Account): InboundEvent {
  const sid = required(params, 'RecordingSid');
  const status = params['RecordingStatus'] ?? 'completed';
  const externalId = `${sid}:${status}`;
  const url = params['RecordingUrl'];
  if (status !== 'completed' || url === undefined || !isFileOfTwilio(url, account)) {
    return { type: 'ignored', reason: `recording:${status}`, externalId, raw: request.body };
  }
  const call = callOf(params, request, account);
  const recordings = [{ id: sid, url, seconds: wholeNumber(params['RecordingDuration']) }];
  // What was recorded was answered, where Peyk itself does not know better; that it is over is for the call's own status to say.
  const state = account.settings.answers === 'peyk' ? 'ringing' : 'answered';
  return { ...call, externalId, state, recordingUrl: url, details: { ...call.details, recordings } };
}

/** A message that a caller left while Peyk could not speak with them. */
export function voicemailOf(params: Params, request: WebhookRequest, account: Account, at: Date): InboundEvent {
  const recording = recordingOf(params, request, account);
  return recording.type === 'call'
    ? {
        ...recording,
        externalId: `${recording.externalId ?? ''}:voicemail`,
        state: 'ended',
        outcome: 'voicemail',
        endedAt: at,
      }
    : recording;
}

function isFileOfTwilio(url: string, { settings }: Account): boolean {
  return URL.canParse(url) && isTwilioFile(new URL(url), settings.baseUrl);
}

function callOf(params: Params, request: WebhookRequest, account: Account): InboundCall {
  const callId = params['ParentCallSid'] || required(params, 'CallSid');
  const direction = directionOf(params, request);
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
    details: detailsOf(params, direction),
  };
}

/** A leg towards somebody of ours goes out, though the call that it belongs to came in. */
function directionOf(params: Params, request: WebhookRequest): 'in' | 'out' {
  const named = readQuery(request)['direction'];
  if (named === 'in' || named === 'out') {
    return named;
  }
  const isLeg = (params['ParentCallSid'] ?? '') !== '';
  return !isLeg && (params['Direction'] ?? 'inbound').startsWith('out') ? 'out' : 'in';
}

/** Our own number is known of the call itself only; a leg is between two others. */
function detailsOf(params: Params, direction: 'in' | 'out'): NonNullable<InboundCall['details']> {
  const isLeg = (params['ParentCallSid'] ?? '') !== '';
  const ours = (direction === 'in' ? params['To'] : params['From']) ?? '';
  return { source: 'twilio', ...(!isLeg && ours !== '' && { line: ours }) };
}

interface PartyContext {
  callId: string;
  direction: 'in' | 'out';
  account: Account;
}

function partyOf(params: Params, request: WebhookRequest, { callId, direction, account }: PartyContext): Sender {
  const raw = readQuery(request)['party'] ?? (direction === 'in' ? params['From'] : params['To']) ?? '';
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
