import { type ChannelAccount, ChannelError, type Sent } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { exchange, type Exchange, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend, errorOfStatus, inDoubt } from '../../wire/sending-errors.js';
import { checkOutbound } from '../check-outbound.js';
import { fillBody, fillHeaders, fillUrl, templateValues } from './fill-template.js';
import { readGatewayWebhook } from './gateway-inbound.js';
import { readPath, readTextAt } from './read-path.js';
import { defaultSendTimeoutMs, type SmsDriver, type SmsOptions } from '../sms-driver.js';
import type { GatewaySettings } from '../sms-settings.js';

/** SMS over any HTTP gateway: requests by template, answers and webhooks by field maps. */
export function createGatewaySms(options: SmsOptions): SmsDriver<GatewaySettings> {
  return {
    receive: (request, account) => Promise.resolve().then(() => readGatewayWebhook(request, account)),
    send: (message, account) => send(message, account, options),
    fetch: () =>
      Promise.reject(new ChannelError('attachments_unsupported', 'An SMS carries no files.', { retry: 'never' })),
  };
}

async function send(
  message: OutboundMessage,
  { settings }: ChannelAccount<GatewaySettings>,
  options: SmsOptions,
): Promise<Sent> {
  checkOutbound(message);
  const answer = await exchange(callOf(message, settings, options)).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'blind');
  });
  return readAnswer(answer, settings);
}

function callOf(message: OutboundMessage, settings: GatewaySettings, options: SmsOptions): Exchange {
  const values = templateValues(message, settings);
  const { contentType, body } = fillBody(settings.request.body, values);
  return {
    method: settings.request.method,
    url: fillUrl(settings.request.url, values),
    headers: {
      accept: 'application/json',
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...fillHeaders(settings.request.headers, values),
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs: options.sendTimeoutMs ?? defaultSendTimeoutMs,
    limitBytes: 256 * 1024,
    agentFor: options.agentFor,
  };
}

/** Reads a gateway's answer. Many say 200 to everything and state success inside, so that is where it is looked for. */
function readAnswer(answer: ExchangeAnswer, settings: GatewaySettings): Sent {
  const { success, id, error } = settings.response;
  const body = parse(answer.body);
  const said = withoutSecret(readTextAt(body, error) ?? '', settings);
  if (answer.status < 200 || answer.status >= 300) {
    throw errorOfStatus({ status: answer.status, said, retryAfter: answer.headers['retry-after'] }, 'blind');
  }
  const stated = success === undefined ? undefined : readPath(body, success.path);
  if (success !== undefined && stated === undefined) {
    throw inDoubt('unreadable_answer', 'The gateway’s answer states neither success nor failure.', 'blind');
  }
  if (success !== undefined && !success.values.some((value) => String(value) === String(stated))) {
    throw new ChannelError('refused', said || `The gateway refused the message (${String(stated)}).`, {
      retry: 'never',
    });
  }
  return { providerId: readTextAt(body, id), state: 'sent' };
}

// Some gateways quote the request, and with it the key, in their errors.
function withoutSecret(said: string, { apiKey }: GatewaySettings): string {
  return apiKey === undefined ? said : said.replaceAll(apiKey, '…');
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
