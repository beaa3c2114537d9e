import { createHash } from 'node:crypto';
import { type ChannelAccount, ChannelError, type CheckStep, type Sent } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { download } from '../../wire/download.js';
import { inDoubt } from '../../wire/sending-errors.js';
import { isTwilioFile } from '../../wire/twilio-request.js';
import { checkOutbound, fitsIn } from '../check-outbound.js';
import { sendInParts } from '../send-in-parts.js';
import type { SmsDriver, SmsOptions } from '../sms-driver.js';
import { lineOf } from '../sms-facts.js';
import type { TwilioSmsSettings } from '../sms-settings.js';
import { splitText } from '../split-text.js';
import { takeStep } from '../take-step.js';
import { authOf, callTwilio } from './twilio-api.js';
import { readTwilioWebhook } from './twilio-inbound.js';
import { reconcileTwilio } from './twilio-reconcile.js';

type Account = ChannelAccount<TwilioSmsSettings>;

/** SMS and MMS over Twilio: one number, several, or a Messaging Service. Of the SDK only the signature check is used. */
export function createTwilioSms(options: SmsOptions): SmsDriver<TwilioSmsSettings> {
  return {
    receive: readTwilioWebhook,
    send: (message, account) => send(message, account, options),
    fetch: (reference, account, limitBytes) =>
      download({
        url: reference,
        headers: { authorization: authOf(account) },
        limitBytes,
        mayFetch: (url) => isTwilioFile(url, account.settings.baseUrl),
        agentFor: options.agentFor,
      }),
    reconcile: (account, question) => reconcileTwilio(account, question, options),
    check: (account, onStep) => check(account, onStep, options),
  };
}

async function send(message: OutboundMessage, account: Account, options: SmsOptions): Promise<Sent> {
  checkOutbound(message, account.settings.mms);
  const media = mediaOf(message);
  const parts = splitText(message.text, fitsIn({}));
  try {
    // Files go with the first part: what is written is about them.
    return await sendInParts(parts, message, (text, { index }) =>
      sendSticky({ ...message, text, media: index === 0 ? media : [] }, account, options),
    );
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'opted_out') {
      // Not keeping it must not hide why the send failed; the next send brings it again.
      await options.onOptOut?.(account.id, message.to.address).catch(() => undefined);
    }
    throw error;
  }
}

/** One message of Twilio's. */
interface Part extends OutboundMessage {
  /** Where Twilio fetches its files. */
  media: string[];
}

const mostMedia = 10;
const mostMediaBytes = 5 * 1024 * 1024;
const mediaTypes = /^image\/(?:jpeg|png|gif)$/u;

/** Refuses files that no MMS carries, before anything leaves. */
function mediaOf({ attachments }: OutboundMessage): string[] {
  const total = attachments.reduce((sum, { bytes }) => sum + bytes, 0);
  if (attachments.length > mostMedia || total > mostMediaBytes) {
    throw new ChannelError('too_large', 'An MMS carries up to 10 pictures of 5 MB together.', { retry: 'never' });
  }
  if (attachments.some(({ mediaType }) => !mediaTypes.test(mediaType))) {
    throw new ChannelError('attachments_unsupported', 'An MMS carries JPEG, PNG and GIF pictures only.', {
      retry: 'never',
    });
  }
  return attachments.map(({ link }) => {
    if (link === undefined) {
      throw new ChannelError('no_public_url', 'Without PUBLIC_URL Twilio cannot fetch the pictures of an MMS.', {
        retry: 'never',
      });
    }
    return link;
  });
}

/** A number that left the pool answers nobody any more: the message is refused as a whole, and leaves from another one. */
async function sendSticky(message: Part, account: Account, options: SmsOptions): Promise<Sent> {
  const line = lineOf(message);
  try {
    return await sendFrom(line, message, account, options);
  } catch (error) {
    if (line === null || !(error instanceof ChannelError) || error.code !== 'invalid_sender') {
      throw error;
    }
    return await sendFrom(null, message, account, options);
  }
}

async function sendFrom(line: string | null, message: Part, account: Account, options: SmsOptions): Promise<Sent> {
  const answer = await callTwilio(account, { path: '/Messages.json', form: formOf(line, message, account) }, options);
  if (typeof answer['sid'] !== 'string') {
    throw inDoubt('unreadable_answer', 'Twilio’s answer names no message.', 'blind');
  }
  return { providerId: answer['sid'], state: 'sent' };
}

function formOf(line: string | null, message: Part, { id, publicUrl, settings }: Account): URLSearchParams {
  const form = new URLSearchParams({ To: message.to.address, Body: message.text });
  message.media.forEach((url) => form.append('MediaUrl', url));
  const from = line ?? senderFor(message.to.address, settings);
  if (settings.messagingServiceSid !== undefined) {
    form.set('MessagingServiceSid', settings.messagingServiceSid);
  }
  if (from !== null) {
    form.set('From', from);
  }
  if (publicUrl !== null) {
    form.set('StatusCallback', `${publicUrl}/hooks/twilio/${id}/sms-status`);
  }
  return form;
}

/** Of several numbers always the same one for a customer; a Messaging Service chooses, and keeps to its choice, itself. */
function senderFor(address: string, { from, senders, messagingServiceSid }: TwilioSmsSettings): string | null {
  const own = [...new Set([...(from === undefined ? [] : [from]), ...senders])];
  if (own.length === 0 || (messagingServiceSid !== undefined && from === undefined)) {
    return null;
  }
  const hash = createHash('sha256').update(address).digest().readUInt32BE(0);
  return own[hash % own.length] ?? null;
}

async function check(account: Account, onStep: (step: CheckStep) => void, options: SmsOptions): Promise<void> {
  await takeStep('twilio.sign_in', onStep, async () => {
    const found = await callTwilio(account, { path: '.json' }, options);
    const status = typeof found['status'] === 'string' ? found['status'] : 'unknown';
    if (status !== 'active') {
      throw new ChannelError('account_inactive', `Twilio says that this account is ${status}.`, {
        retry: 'after-reconnect',
      });
    }
    return 'Twilio knows the account and its token.';
  });
  await takeStep('twilio.public_address', onStep, () => {
    if (account.publicUrl === null) {
      throw new ChannelError('no_public_url', 'Without PUBLIC_URL Twilio cannot reach this hub.', {
        retry: 'after-reconnect',
      });
    }
    return Promise.resolve(`Give Twilio this address: ${account.publicUrl}/hooks/twilio/${account.id}/sms`);
  });
}
