import {
  type ChannelAccount,
  UnreadableWebhook,
  type WebhookReading,
  type WebhookRequest,
} from '../../channel-adapter.js';
import type { InboundAttachment, InboundEvent, InboundReceipt } from '../../message.js';
import { emptyTwiml, isTwilioFile, readTwilioRequest } from '../../wire/twilio-request.js';
import type { Consent } from '../consent-words.js';
import { withSmsFacts } from '../sms-facts.js';
import { smsSender } from '../sms-sender.js';
import type { TwilioSmsSettings } from '../sms-settings.js';
import { deliveryFailure } from './twilio-errors.js';

type Account = ChannelAccount<TwilioSmsSettings>;
type Params = Record<string, string>;

/** Reads a webhook of Twilio, proven by its signature over the raw body and the configured public address. */
export async function readTwilioWebhook(request: WebhookRequest, account: Account): Promise<WebhookReading> {
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
      return receiptOf(
        { sid: required(params, 'MessageSid'), status: required(params, 'MessageStatus'), code: params['ErrorCode'] },
        request.body,
      );
    default:
      throw new UnreadableWebhook(`An SMS channel has no way in named “${request.path}”.`);
  }
}

function messageOf(params: Params, raw: Uint8Array, { settings }: Account): InboundEvent {
  const media = mediaOf(params, settings.baseUrl);
  const event: InboundEvent = {
    type: 'message',
    externalId: required(params, 'MessageSid'),
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
  return withSmsFacts(event, settings, { consent: toldConsent(params), line: lineOf(params['To'], settings) });
}

/** Twilio says so itself where an organisation has given it words of its own. */
function toldConsent({ OptOutType: told = '' }: Params): Consent | null {
  const said: Record<string, Consent> = { STOP: 'stop', START: 'start' };
  return said[told.toUpperCase()] ?? null;
}

/** The number that a customer knows, where the account has more than one. */
export function lineOf(to: string | undefined, settings: TwilioSmsSettings): string | null {
  const isPool = settings.messagingServiceSid !== undefined || settings.senders.length > 0;
  return isPool && to ? to : null;
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

/** A file of an MMS by the address that Twilio names. */
export function attachmentOf(url: string, type: string | undefined, index: number): InboundAttachment {
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

/** What Twilio says of a message of ours, in a callback or when asked. */
export function receiptOf(
  { sid, status, code }: { sid: string; status: string; code: string | undefined },
  raw: Uint8Array,
): InboundEvent {
  const origin = { externalId: `${sid}:${status}`, raw };
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (state === undefined) {
    return { type: 'ignored', reason: `status:${status}`, ...origin };
  }
  return {
    type: 'receipt',
    providerId: sid,
    state,
    error: state === 'failed' ? deliveryFailure(code) : null,
    ...origin,
  };
}

function required(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined || value.trim() === '') {
    throw new UnreadableWebhook(`${name} is missing.`);
  }
  return value;
}
