import { ForgedWebhook, UnreadableWebhook, type WebhookReading, type WebhookRequest } from '../../channel-adapter.js';
import type { InboundEvent } from '../../message.js';
import { readFields, readQuery } from '../../wire/request-fields.js';
import { isSameSecret } from '../../wire/same-secret.js';
import { withSmsFacts } from '../sms-facts.js';
import { smsSender } from '../sms-sender.js';
import type { KavenegarSettings } from '../sms-settings.js';
import { textOf, type Entry, type KavenegarAccount } from './kavenegar-api.js';
import { stateOfKavenegar } from './kavenegar-errors.js';

/**
 * Reads what Kavenegar pushes to the address that its panel was given: a customer's message, or the state of one of ours. It signs
 * nothing, so the address carries a secret.
 */
export function readKavenegarPush(request: WebhookRequest, { settings }: KavenegarAccount): WebhookReading {
  if (!isSameSecret(readQuery(request)['key'], settings.inboundSecret)) {
    throw new ForgedWebhook('The secret of the address is missing or wrong.');
  }
  const fields = { ...readQuery(request), ...readFields(request) };
  const raw = request.body.length > 0 ? request.body : Buffer.from(withoutKey(request.originalUrl));
  return {
    events: [eventOf(fields, raw, settings)],
    answer: { status: 200, contentType: 'text/plain; charset=utf-8', body: 'OK' },
  };
}

/** The address of a GET is all that came; the secret in it is not to be kept. */
function withoutKey(url: string): string {
  return url.replace(/([?&]key=)[^&]*/u, '$1…');
}

function eventOf(fields: Entry, raw: Uint8Array, settings: KavenegarSettings): InboundEvent {
  const id = textOf(fields, 'messageid');
  if (id === '') {
    throw new UnreadableWebhook('messageid is missing.');
  }
  if (textOf(fields, 'from') === '' && textOf(fields, 'status') !== '') {
    return receiptOf(id, Number(textOf(fields, 'status')), raw);
  }
  const message = { id, from: textOf(fields, 'from'), text: textOf(fields, 'message'), date: textOf(fields, 'date') };
  if (message.from === '') {
    throw new UnreadableWebhook('from is missing.');
  }
  return messageOf(message, raw, settings);
}

/** A message of a customer, pushed or fetched. `date` is Unix time in seconds, or ''. */
export function messageOf(
  { id, from, text, date }: { id: string; from: string; text: string; date: string },
  raw: Uint8Array,
  settings: KavenegarSettings,
): InboundEvent {
  const event: InboundEvent = {
    type: 'message',
    externalId: id,
    raw,
    from: smsSender(from, settings.defaultCountry),
    claims: [],
    sentAt: /^\d{9,11}$/u.test(date) ? new Date(Number(date) * 1000) : null,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
  return withSmsFacts(event, settings);
}

/** What Kavenegar says of a message of ours. */
export function receiptOf(id: string, status: number, raw: Uint8Array): InboundEvent {
  const origin = { externalId: `${id}:${String(status)}`, raw };
  const meaning = stateOfKavenegar(status);
  if (meaning === null || meaning.state === null) {
    return { type: 'ignored', reason: `status:${String(status)}`, ...origin };
  }
  const error = meaning.words === null ? null : `${meaning.words} (Kavenegar ${String(status)})`;
  return { type: 'receipt', providerId: id, state: meaning.state, error, ...origin };
}
