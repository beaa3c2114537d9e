import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InboundEvent } from '../../message.js';
import { withSmsFacts } from '../sms-facts.js';
import { smsSender } from '../sms-sender.js';
import type { SmppSettings } from '../sms-settings.js';
import { decodeMessage } from './decode-text.js';
import { gather, giveUp, waitingParts, type Late, type WaitingParts } from './gather-parts.js';
import { readReceipt } from './read-receipt.js';
import { readShortMessage, type ShortMessage, type SmppAddress } from './short-message.js';

const smppCursor = z.object({
  /** The batch that is stored. */
  batch: z.string().nullable(),
  /** What it held, by hash: a centre that did not hear our answer delivers it again. */
  stored: z.array(z.string()),
  parts: waitingParts,
});

/** Where an account is in what its centre delivers. */
export type SmppCursor = z.infer<typeof smppCursor>;

export function readCursor(cursor: unknown): SmppCursor {
  const { data } = smppCursor.safeParse(cursor);
  return data ?? { batch: null, stored: [], parts: {} };
}

export function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Reads a batch of bodies: receipts, whole messages, and parts, which join those that wait. */
export function readBatch(
  { name, bodies }: { name: string; bodies: Buffer[] },
  { settings, parts, now }: { settings: SmppSettings; parts: WaitingParts; now: number },
): { events: InboundEvent[]; parts: WaitingParts } {
  const events: InboundEvent[] = [];
  let waiting = parts;
  for (const [index, body] of bodies.entries()) {
    const message = readShortMessage(body);
    const origin = { externalId: `${name}:${String(index)}`, raw: body };
    const receipt = receiptOf(message, settings, origin);
    if (receipt !== null) {
      events.push(receipt);
      continue;
    }
    const piece = {
      from: senderOf(message.source),
      to: message.dest.digits,
      ...decodeMessage(message, settings.alphabet),
    };
    const step = gather(waiting, piece, now);
    waiting = step.waiting;
    if (step.whole !== null) {
      events.push(messageOf(step.whole, settings, origin));
    }
  }
  return { events, parts: waiting };
}

/** The messages whose missing parts are overdue. */
export function readLate(
  parts: WaitingParts,
  { settings, before }: { settings: SmppSettings; before: number },
): { events: InboundEvent[]; parts: WaitingParts } {
  const { late, waiting } = giveUp(parts, before);
  const event = (one: Late) => messageOf(one, settings, { externalId: one.name, raw: Buffer.from(one.text) });
  return { events: late.map(event), parts: waiting };
}

type Origin = Pick<InboundEvent, 'externalId' | 'raw'>;

function receiptOf(message: ShortMessage, settings: SmppSettings, origin: Origin): InboundEvent | null {
  const receipt = readReceipt(message, settings.messageIds);
  if (receipt === null) {
    return null;
  }
  const { id, state, said } = receipt;
  return state === null
    ? { type: 'ignored', reason: `receipt of ${id}`, ...origin }
    : { type: 'receipt', providerId: id, state, error: state === 'failed' ? said : null, ...origin };
}

function messageOf(
  { from, text }: { from: string; text: string },
  settings: SmppSettings,
  origin: Origin,
): InboundEvent {
  const event: InboundEvent = {
    type: 'message',
    ...origin,
    from: smsSender(from, settings.defaultCountry),
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
  return withSmsFacts(event, settings);
}

const international = 1;
const alphanumeric = 5;

/** A number as the rest of Peyk knows it; one of the international type comes without its plus. */
function senderOf({ ton, digits }: SmppAddress): string {
  if (ton === alphanumeric) {
    return digits;
  }
  return ton === international && /^\d/u.test(digits) ? `+${digits}` : digits;
}
