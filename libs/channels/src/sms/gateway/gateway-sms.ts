import { reachServer } from '../../wire/reach-server.js';
import { type ChannelAccount, ChannelError, type CheckStep, type Sent } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { exchange, ExchangeFailed, type Exchange, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend, errorOfStatus, inDoubt } from '../../wire/sending-errors.js';
import { checkOutbound, fitsIn } from '../check-outbound.js';
import { sendInParts } from '../send-in-parts.js';
import { splitText } from '../split-text.js';
import { fillRequest, templateValues } from './fill-template.js';
import { readGatewayWebhook } from './gateway-inbound.js';
import { takeStep } from '../take-step.js';
import { readPath, readTextAt } from './read-path.js';
import { defaultSendTimeoutMs, type SmsDriver, type SmsOptions } from '../sms-driver.js';
import type { GatewaySettings } from '../sms-settings.js';
import { planOf, type GatewayPlan } from './gateway-settings.js';

type Account = ChannelAccount<GatewaySettings>;

const reachMs = 10_000;

/** SMS over any HTTP gateway: requests by template, answers and webhooks by field maps. */
export function createGatewaySms(options: SmsOptions): SmsDriver<GatewaySettings> {
  return {
    receive: (request, account) => Promise.resolve().then(() => readGatewayWebhook(request, account)),
    send: (message, account) => send(message, account, options),
    check: (account, onStep) => check(account, onStep, options),
  };
}

async function send(message: OutboundMessage, account: Account, options: SmsOptions): Promise<Sent> {
  checkOutbound(message);
  const parts = splitText(message.text, fitsIn({ segments: account.settings.maxSegments }));
  return sendInParts(parts, message, (text) => sendOne({ ...message, text }, account, options));
}

async function sendOne(message: OutboundMessage, account: Account, options: SmsOptions): Promise<Sent> {
  const plan = planOf(account.settings);
  const answer = await exchange(callOf(message, account, { plan, options })).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'blind');
  });
  const sent = readAnswer(answer, account.settings, plan.response);
  return plan.response.reportsOwnId ? { ...sent, providerId: message.id } : sent;
}

function callOf(
  message: OutboundMessage,
  account: Account,
  { plan, options }: { plan: GatewayPlan; options: SmsOptions },
): Exchange {
  return {
    ...fillRequest(plan.request, templateValues(message, account)),
    timeoutMs: options.sendTimeoutMs ?? defaultSendTimeoutMs,
    limitBytes: 256 * 1024,
    agentFor: options.agentFor,
  };
}

/** Reads a gateway's answer. Many say 200 to everything and state success inside, so that is where it is looked for. */
function readAnswer(answer: ExchangeAnswer, settings: GatewaySettings, response: GatewayPlan['response']): Sent {
  const { success, error } = response;
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
  return { providerId: idIn(body, response, said), state: 'sent' };
}

function idIn(body: unknown, { id, needsId }: GatewayPlan['response'], said: string): string | null {
  const found = readTextAt(body, id);
  if (needsId && (found === null || !(Number(found) > 0))) {
    throw new ChannelError('refused', said || 'The gateway gave the message no number.', { retry: 'never' });
  }
  return found;
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

/** What a gateway takes can only be tried by sending; whether it is there can be tried without. */
async function check(account: Account, onStep: (step: CheckStep) => void, options: SmsOptions): Promise<void> {
  await takeStep('gateway.reach', onStep, async () => {
    const { protocol, hostname, port } = new URL(planOf(account.settings).request.url.replace(/[{}]/gu, ''));
    const place = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
    await reachServer(place, reachMs, options.agentFor).catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      throw errorOfBrokenSend(new ExchangeFailed(typeof code === 'string' ? code : 'unknown', false), 'keyed');
    });
    return 'The gateway can be reached. Send a test message to see whether it takes one.';
  });
}
