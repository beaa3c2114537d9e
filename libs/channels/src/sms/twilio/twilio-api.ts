import { type ChannelAccount, ChannelError } from '../../channel-adapter.js';
import { exchange, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend } from '../../wire/sending-errors.js';
import { basicAuth } from '../../wire/twilio-request.js';
import { defaultSendTimeoutMs, type SmsOptions } from '../sms-driver.js';
import type { TwilioSmsSettings } from '../sms-settings.js';
import { errorOfTwilio } from './twilio-errors.js';

type Account = ChannelAccount<TwilioSmsSettings>;
type Json = Record<string, unknown>;

/** Lists of a thousand messages are long. */
const limitBytes = 8 * 1024 * 1024;

/** The Authorization header of an account. Throws ChannelError while it has no token. */
export function authOf({ settings }: Account): string {
  if (settings.authToken === undefined) {
    throw new ChannelError('misconfigured', 'The Twilio auth token is not set.', { retry: 'after-reconnect' });
  }
  return basicAuth(settings.accountSid, settings.authToken);
}

/**
 * One call of Twilio's REST API, under the account's own address. This is plain HTTP and not the SDK's client: that one costs tens
 * of megabytes, may repeat by itself, and does not tell a request that never left from one in doubt.
 */
export async function callTwilio(
  account: Account,
  call: { path: string; form?: URLSearchParams },
  options: SmsOptions,
): Promise<Json> {
  const { baseUrl, accountSid } = account.settings;
  const isAbsolute = call.path.startsWith('/2010-04-01/');
  const answer = await exchange({
    method: call.form ? 'POST' : 'GET',
    url: isAbsolute ? `${baseUrl}${call.path}` : `${baseUrl}/2010-04-01/Accounts/${accountSid}${call.path}`,
    headers: {
      authorization: authOf(account),
      accept: 'application/json',
      ...(call.form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(call.form && { body: call.form.toString() }),
    timeoutMs: options.sendTimeoutMs ?? defaultSendTimeoutMs,
    limitBytes,
    agentFor: options.agentFor,
  }).catch((error: unknown) => {
    throw errorOfBrokenSend(error, call.form ? 'blind' : 'keyed');
  });
  return readAnswer(answer);
}

function readAnswer(answer: ExchangeAnswer): Json {
  const body = parse(answer.body);
  if (answer.status < 200 || answer.status >= 300) {
    throw errorOfTwilio({
      status: answer.status,
      retryAfter: answer.headers['retry-after'],
      code: typeof body['code'] === 'number' ? body['code'] : null,
      message: typeof body['message'] === 'string' ? body['message'] : '',
    });
  }
  return body;
}

function parse(body: Buffer): Json {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}
