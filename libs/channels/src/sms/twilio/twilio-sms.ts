import {
  type ChannelAccount,
  ChannelError,
  type Sent,
  UnreadableWebhook,
  type WebhookReading,
  type WebhookRequest,
} from '../../channel-adapter.js';
import type { InboundAttachment, InboundEvent, InboundReceipt, OutboundMessage } from '../../message.js';
import { download } from '../../wire/download.js';
import { exchange, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend, inDoubt } from '../../wire/sending-errors.js';
import { basicAuth, emptyTwiml, isTwilioFile, readTwilioRequest } from '../../wire/twilio-request.js';
import { checkOutbound } from '../check-outbound.js';
import { defaultSendTimeoutMs, type SmsDriver, type SmsOptions } from '../sms-driver.js';
import { smsSender } from '../sms-sender.js';
import type { TwilioSmsSettings } from '../sms-settings.js';
import { deliveryFailure, errorOfTwilio } from './twilio-errors.js';

type Account = ChannelAccount<TwilioSmsSettings>;
type Params = Record<string, string>;

/**
 * SMS and MMS over Twilio.
 *
 * Sends go by plain HTTP and not through the SDK's client: that one costs tens of megabytes, may repeat by itself, and does
 * not tell a request that never left from one in doubt. Of the SDK only the signature check is used.
 */
export function createTwilioSms(options: SmsOptions): SmsDriver<TwilioSmsSettings> {
  return {
    receive: readWebhook,
    send: (message, account) => send(message, account, options),
    fetch: (reference, account, limitBytes) =>
      download({
        url: reference,
        headers: { authorization: authOf(account) },
        limitBytes,
        mayFetch: (url) => isTwilioFile(url, account.settings.baseUrl),
        agentFor: options.agentFor,
      }),
  };
}

async function readWebhook(request: WebhookRequest, account: Account): Promise<WebhookReading> {
  const { accountSid, authToken, previousAuthToken } = account.settings;
  const params = await readTwilioRequest(request, {
    publicUrl: account.publicUrl,
    accountSid,
    authTokens: [authToken, previousAuthToken],
  });
  return { events: [eventOf(request, params, account)], answer: emptyTwiml };
}

function eventOf(request: WebhookRequest, params: Params, account: Account): InboundEvent {
  switch (request.path) {
    case 'sms':
      return messageOf(params, request.body, account);
    case 'sms-status':
      return receiptOf(params, request.body);
    default:
      throw new UnreadableWebhook(`An SMS channel has no way in named “${request.path}”.`);
  }
}

function messageOf(params: Params, raw: Uint8Array, { settings }: Account): InboundEvent {
  const sid = required(params, 'MessageSid');
  const media = mediaOf(params, settings.baseUrl);
  return {
    type: 'message',
    externalId: sid,
    raw,
    from: smsSender(required(params, 'From'), settings.defaultCountry),
    claims: [],
    sentAt: null,
    kind: 'text',
    text: params['Body'] ?? '',
    attachments: media.attachments,
    mail: null,
    replyTo: params['OriginalRepliedMessageSid'] ?? null,
    flags: media.isRefused ? ['malformed'] : [],
  };
}

const mostMedia = 10;

/** The files of an MMS as references. A file that lies elsewhere than with Twilio is left out, its URL stays in the raw form. */
function mediaOf(params: Params, baseUrl: string): { attachments: InboundAttachment[]; isRefused: boolean } {
  const count = Math.min(Number(params['NumMedia'] ?? '0') || 0, mostMedia);
  const named = Array.from({ length: count }, (_, index) => params[`MediaUrl${String(index)}`] ?? '');
  const attachments = named.flatMap((url, index) =>
    URL.canParse(url) && isTwilioFile(new URL(url), baseUrl)
      ? [attachmentOf(url, params[`MediaContentType${String(index)}`], index)]
      : [],
  );
  return { attachments, isRefused: attachments.length < count };
}

function attachmentOf(url: string, type: string | undefined, index: number): InboundAttachment {
  const mediaType = type ?? 'application/octet-stream';
  const ending = /^[a-z]+\/([a-z0-9]{1,8})/.exec(mediaType)?.[1];
  const name = `media-${String(index + 1)}${ending === undefined ? '' : `.${ending}`}`;
  return { name, mediaType, contentId: null, source: { reference: url } };
}

/** Twilio's states that a customer's copy of the message can be in. The others are steps on the way and change nothing. */
const states: Record<string, InboundReceipt['state']> = {
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
  canceled: 'failed',
};

function receiptOf(params: Params, raw: Uint8Array): InboundEvent {
  const sid = required(params, 'MessageSid');
  const status = required(params, 'MessageStatus');
  const origin = { externalId: `${sid}:${status}`, raw };
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (state === undefined) {
    return { type: 'ignored', reason: `status:${status}`, ...origin };
  }
  const error = state === 'failed' ? deliveryFailure(params['ErrorCode']) : null;
  return { type: 'receipt', providerId: sid, state, error, ...origin };
}

function required(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined || value.trim() === '') {
    throw new UnreadableWebhook(`${name} is missing.`);
  }
  return value;
}

function authOf({ settings }: Account): string {
  if (settings.authToken === undefined) {
    throw new ChannelError('misconfigured', 'The Twilio auth token is not set.', { retry: 'after-reconnect' });
  }
  return basicAuth(settings.accountSid, settings.authToken);
}

async function send(message: OutboundMessage, account: Account, options: SmsOptions): Promise<Sent> {
  checkOutbound(message);
  const { baseUrl, accountSid } = account.settings;
  const call = {
    method: 'POST',
    url: `${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`,
    headers: {
      authorization: authOf(account),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: formOf(message, account).toString(),
    timeoutMs: options.sendTimeoutMs ?? defaultSendTimeoutMs,
    limitBytes: 256 * 1024,
    agentFor: options.agentFor,
  };
  const answer = await exchange(call).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'blind');
  });
  return readAnswer(answer);
}

function formOf(message: OutboundMessage, { id, publicUrl, settings }: Account): URLSearchParams {
  const form = new URLSearchParams({ To: message.to.address, Body: message.text });
  if (settings.messagingServiceSid !== undefined) {
    form.set('MessagingServiceSid', settings.messagingServiceSid);
  }
  if (settings.from !== undefined) {
    form.set('From', settings.from);
  }
  if (publicUrl !== null) {
    form.set('StatusCallback', `${publicUrl}/hooks/twilio/${id}/sms-status`);
  }
  return form;
}

function readAnswer(answer: ExchangeAnswer): Sent {
  const body = parse(answer.body);
  if (answer.status < 200 || answer.status >= 300) {
    throw errorOfTwilio({
      status: answer.status,
      retryAfter: answer.headers['retry-after'],
      code: typeof body['code'] === 'number' ? body['code'] : null,
      message: typeof body['message'] === 'string' ? body['message'] : '',
    });
  }
  if (typeof body['sid'] !== 'string') {
    throw inDoubt('unreadable_answer', 'Twilio’s answer names no message.', 'blind');
  }
  return { providerId: body['sid'], state: 'sent' };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
