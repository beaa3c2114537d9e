import { type ChannelAccount, ChannelError } from '../channel-adapter.js';
import { errorOfTwilio } from '../sms/twilio/twilio-errors.js';
import { exchange, type AgentChoice, type ExchangeAnswer } from '../wire/http-exchange.js';
import { errorOfBrokenSend } from '../wire/sending-errors.js';
import { basicAuth } from '../wire/twilio-request.js';
import type { TwilioVoiceSettings } from './phone-settings.js';

type Account = ChannelAccount<TwilioVoiceSettings>;
type Form = Record<string, string | string[]>;

const timeoutMs = 8000;
const limitBytes = 1024 * 1024;

/** A call that Twilio is to make. `url` answers what is played once somebody is there, `statusUrl` hears how it goes. */
export interface TwilioCallWish {
  to: string;
  from: string;
  url: string;
  statusUrl: string;
}

/** What can be asked of Twilio about calls. All of it throws ChannelError, and nothing else. */
export interface TwilioVoiceApi {
  /** Takes a call from what it hears now to another document. */
  redirect(account: Account, callId: string, url: string): Promise<void>;
  /** Resolves with the CallSid. A repeat would call again, so a broken request is in doubt. */
  dial(account: Account, wish: TwilioCallWish): Promise<string>;
  /** While paused, a recording keeps silence in place of what is said. */
  record(account: Account, callId: string, act: 'pause' | 'resume'): Promise<void>;
  /** Deletes a recording at Twilio; one that is gone already counts as deleted. */
  forget(account: Account, recordingId: string): Promise<void>;
}

export function createTwilioVoiceApi(options: { agentFor?: AgentChoice | undefined } = {}): TwilioVoiceApi {
  const call = (account: Account, path: string, form: Form | null) =>
    callTwilio(account, { path, form }, options.agentFor);
  return {
    redirect: async (account, callId, Url) => {
      await call(account, `/Calls/${encodeURIComponent(callId)}.json`, { Url, Method: 'POST' });
    },
    dial: async (account, { to, from, url, statusUrl }) => {
      const StatusCallbackEvent = ['initiated', 'ringing', 'answered', 'completed'];
      const form = { To: to, From: from, Url: url, Method: 'POST', StatusCallback: statusUrl, StatusCallbackEvent };
      return sidOf(await call(account, '/Calls.json', form));
    },
    record: async (account, callId, act) => {
      const form = act === 'pause' ? { Status: 'paused', PauseBehavior: 'silence' } : { Status: 'in-progress' };
      await call(account, `/Calls/${encodeURIComponent(callId)}/Recordings/Twilio.CURRENT.json`, form);
    },
    forget: async (account, recordingId) => {
      await call(account, `/Recordings/${encodeURIComponent(recordingId)}.json`, null);
    },
  };
}

/** A form is posted; without one the thing is deleted. */
async function callTwilio(
  { settings }: Account,
  { path, form }: { path: string; form: Form | null },
  agentFor: AgentChoice | undefined,
): Promise<ExchangeAnswer> {
  const { baseUrl, accountSid, authToken } = settings;
  if (authToken === undefined) {
    throw new ChannelError('misconfigured', 'The Twilio auth token is not set.', { retry: 'after-reconnect' });
  }
  const answer = await exchange({
    method: form === null ? 'DELETE' : 'POST',
    url: `${baseUrl}/2010-04-01/Accounts/${accountSid}${path}`,
    headers: {
      authorization: basicAuth(accountSid, authToken),
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    ...(form !== null && { body: formBody(form) }),
    timeoutMs,
    limitBytes,
    agentFor,
  }).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'blind');
  });
  if (isDone(answer.status, form === null)) {
    return answer;
  }
  throw errorOfTwilio({ status: answer.status, retryAfter: answer.headers['retry-after'], ...refusalOf(answer) });
}

function formBody(form: Form): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}

function isDone(status: number, isDeletion: boolean): boolean {
  return (status >= 200 && status < 300) || (isDeletion && status === 404);
}

function refusalOf({ body }: ExchangeAnswer): { code: number | null; message: string } {
  const { code, message } = read(body);
  return { code: typeof code === 'number' ? code : null, message: typeof message === 'string' ? message : '' };
}

function sidOf({ body }: ExchangeAnswer): string {
  const { sid } = read(body);
  if (typeof sid !== 'string') {
    throw new ChannelError('unreadable', 'Twilio named no call.', { retry: 'never', doubtful: true });
  }
  return sid;
}

function read(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
