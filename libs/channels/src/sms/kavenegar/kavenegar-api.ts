import { type ChannelAccount, ChannelError } from '../../channel-adapter.js';
import { exchange, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend } from '../../wire/sending-errors.js';
import { defaultSendTimeoutMs, type SmsOptions } from '../sms-driver.js';
import type { KavenegarSettings } from '../sms-settings.js';
import { errorOfKavenegar } from './kavenegar-errors.js';

export type KavenegarAccount = ChannelAccount<KavenegarSettings>;
export type Entry = Record<string, unknown>;

/**
 * One call of Kavenegar's REST API. @returns its entries. Throws ChannelError, by what the answer states: its HTTP status may be 200
 * whatever happened. The key is in the address, so no error ever shows one.
 */
export async function callKavenegar(
  { settings }: KavenegarAccount,
  call: { method: string; form: Record<string, string>; sends?: boolean },
  options: SmsOptions,
): Promise<Entry[]> {
  if (settings.apiKey === undefined) {
    throw new ChannelError('misconfigured', 'Kavenegar’s API key is not set.', { retry: 'after-reconnect' });
  }
  const answer = await exchange({
    method: 'POST',
    url: `${settings.baseUrl}/v1/${encodeURIComponent(settings.apiKey)}/${call.method}.json`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(call.form).toString(),
    timeoutMs: options.sendTimeoutMs ?? defaultSendTimeoutMs,
    limitBytes: 2 * 1024 * 1024,
    agentFor: options.agentFor,
  }).catch((error: unknown) => {
    throw errorOfBrokenSend(error, call.sends ? 'blind' : 'keyed');
  });
  return entriesOf(answer, settings.apiKey);
}

function entriesOf(answer: ExchangeAnswer, apiKey: string): Entry[] {
  const body = parse(answer.body);
  const stated = body['return'] as { status?: unknown; message?: unknown } | null | undefined;
  const error = errorOfKavenegar({
    status: answer.status,
    retryAfter: answer.headers['retry-after'],
    stated: typeof stated?.status === 'number' ? stated.status : null,
    message: typeof stated?.message === 'string' ? stated.message.replaceAll(apiKey, '…') : '',
  });
  if (error !== null) {
    throw error;
  }
  const entries = body['entries'];
  return (Array.isArray(entries) ? entries : [entries]).filter(
    (entry): entry is Entry => typeof entry === 'object' && entry !== null,
  );
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A field of an entry as text; '' when it is not there. */
export function textOf(entry: Entry, name: string): string {
  const value = entry[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
