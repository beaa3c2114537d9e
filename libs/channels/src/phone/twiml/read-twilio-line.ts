import { type ChannelAccount, UnreadableWebhook, type WebhookRequest } from '../../channel-adapter.js';
import { readQuery } from '../../wire/request-fields.js';
import { isTwilioFile, readTwilioRequest } from '../../wire/twilio-request.js';
import type { DialResult, LineHappening } from '../line.js';
import type { TwilioVoiceSettings } from '../phone-settings.js';

type Words = Record<string, string>;

/** A proven request of Twilio about a line. */
export interface TwilioLineRequest {
  callId: string;
  /** The turn of the reply that it answers; 0 for a call that just arrived, or where the request names none. */
  turn: number;
  /** Null where nothing happened that a reply is due for. */
  happening: LineHappening | null;
  /** What the hub wrote into the address. */
  query: Words;
  params: Words;
}

const longestSpeech = 1000;

/** Reads what happened on a line. Throws ForgedWebhook before anything of the request is believed, then UnreadableWebhook. */
export async function readTwilioLine(
  request: WebhookRequest,
  { publicUrl, settings }: ChannelAccount<TwilioVoiceSettings>,
): Promise<TwilioLineRequest> {
  const { accountSid, authToken, previousAuthToken } = settings;
  const proof = { publicUrl, accountSid, authTokens: [authToken, previousAuthToken] };
  const params = await readTwilioRequest(request, proof);
  const query = { ...readQuery(request) };
  const callId = params['CallSid'] ?? '';
  if (callId === '') {
    throw new UnreadableWebhook('CallSid is missing.');
  }
  const turn = /^\d{1,6}$/u.test(query['turn'] ?? '') ? Number(query['turn']) : 0;
  const happening = happeningOf(request.path, { params, query, baseUrl: settings.baseUrl });
  return { callId, turn, happening, query, params };
}

/** A request of which only the address is known: what Twilio had collected with it is lost. Null for the first of a call, or none of ours. */
export function silenceOf(address: string): { turn: number; happening: LineHappening; query: Words } | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const path = url?.pathname.split('/').at(-1) ?? '';
  const query = Object.fromEntries(url?.searchParams ?? []);
  const happening = path === 'voice' ? null : happeningOf(path, { params: {}, query, baseUrl: address });
  return happening && { turn: Number(query['turn'] ?? 0) || 0, happening, query };
}

interface Told {
  params: Words;
  query: Words;
  baseUrl: string;
}

function happeningOf(path: string, told: Told): LineHappening | null {
  switch (path) {
    case 'voice':
      return arrivedOf(told.params);
    case 'voice-next':
      return nextOf(told);
    case 'voice-dialled':
      return dialledOf(told);
    case 'voice-recorded':
      return recordedOf(told);
    case 'voice-status':
      return noticeOf(told);
    default:
      return null;
  }
}

function arrivedOf(params: Words): LineHappening {
  return {
    kind: 'arrived',
    from: params['From'] ?? '',
    to: params['To'] ?? '',
    name: params['CallerName'] ?? '',
  };
}

function nextOf({ params, query }: Told): LineHappening | null {
  switch (query['of'] ?? '') {
    case 'gather':
      return {
        kind: 'heard',
        digits: (params['Digits'] ?? '').replace(/[^0-9*#]/gu, ''),
        speech: (params['SpeechResult'] ?? '').slice(0, longestSpeech),
      };
    case 'hold':
      return heldOf(params['QueueResult'] ?? 'leave');
    case 'nudge':
      return { kind: 'held' };
    case 'again':
      return { kind: 'played' };
    default:
      return null;
  }
}

/** A line that was nudged asks by another request, and what this one gets is not played. */
function heldOf(result: string): LineHappening | null {
  if (result === 'redirected' || result === 'redirected-from-bridged') {
    return null;
  }
  return result === 'hangup' ? { kind: 'hung_up' } : { kind: 'held' };
}

const dialResults: Words & Record<string, DialResult> = {
  completed: 'answered',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'cancelled',
};

function dialledOf({ params, query }: Told): LineHappening {
  const happening = legOf(params, query);
  // A caller who hangs up while a phone rings ends the call: nobody is left to ring the next one for.
  return happening.result !== 'answered' && endings.has(params['CallStatus'] ?? '') ? { kind: 'hung_up' } : happening;
}

function legOf(params: Words, query: Words): Extract<LineHappening, { kind: 'dialled' }> {
  const status = params['DialCallStatus'] ?? query['result'] ?? 'failed';
  const result = Object.hasOwn(dialResults, status) ? (dialResults[status] ?? 'failed') : 'failed';
  const seconds = wholeNumber(params['DialCallDuration']);
  // An answered talk is over by now; a length of null would say that it begins.
  return {
    kind: 'dialled',
    leg: query['leg'] ?? '',
    result,
    seconds: result === 'answered' ? (seconds ?? 0) : seconds,
  };
}

function recordedOf({ params, query, baseUrl }: Told): LineHappening {
  const reference = params['RecordingUrl'] ?? '';
  const isThere = query['of'] !== 'silence' && URL.canParse(reference) && isTwilioFile(new URL(reference), baseUrl);
  return {
    kind: 'recorded',
    reference: isThere ? reference : null,
    id: isThere ? (params['RecordingSid'] ?? null) : null,
    seconds: isThere ? (wholeNumber(params['RecordingDuration']) ?? 0) : 0,
  };
}

const endings = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** Of the caller's own leg, that they hung up; of somebody's who was rung, that the two talk now. */
function noticeOf({ params, query }: Told): LineHappening | null {
  const status = params['CallStatus'] ?? '';
  if ((params['ParentCallSid'] ?? '') === '') {
    return endings.has(status) ? { kind: 'hung_up' } : null;
  }
  const leg = query['leg'];
  return leg !== undefined && status === 'in-progress'
    ? { kind: 'dialled', leg, result: 'answered', seconds: null }
    : null;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/u.test(text) ? Number(text) : null;
}
