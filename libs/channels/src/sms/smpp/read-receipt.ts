import type { InboundReceipt } from '../../message.js';
import { tags } from './fields.js';
import type { ShortMessage } from './short-message.js';
import type { SmppSettings } from '../sms-settings.js';

/** What a centre says of a message of ours. State null: nothing that a customer's copy can be in. */
export interface SmppReceipt {
  id: string;
  state: InboundReceipt['state'] | null;
  said: string;
}

type State = InboundReceipt['state'] | null;

const named: Record<string, State> = {
  DELIVRD: 'delivered',
  ACCEPTD: 'sent',
  ENROUTE: null,
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
  UNKNOWN: null,
};

const numbered: State[] = [null, null, 'delivered', 'failed', 'failed', 'failed', 'sent', null, 'failed'];

const failures: Record<string, string> = {
  EXPIRED: 'The phone could not be reached in time',
  DELETED: 'The centre deleted the message',
  UNDELIV: 'The message cannot be delivered to this number',
  REJECTD: 'The message was rejected',
};

/** A centre's receipt, a phone's acknowledgement, and word from on the way. */
const receiptKinds = new Set([0x04, 0x08, 0x20]);

/**
 * Reads a receipt: by its optional parameters where the centre gives them, else from the text that all of them write
 * (`id:… stat:DELIVRD err:000`). Null for a message that is none.
 */
export function readReceipt(message: ShortMessage, messageIds: SmppSettings['messageIds']): SmppReceipt | null {
  if (!receiptKinds.has(message.esmClass & 0x3c)) {
    return null;
  }
  const text = message.octets.toString('latin1');
  const told = message.optionals.get(tags.receiptedMessageId)?.toString('latin1').replace(/\0.*$/su, '');
  const id = told || field(text, 'id');
  const word = field(text, 'stat').toUpperCase().slice(0, 7);
  const number = message.optionals.get(tags.messageState)?.[0];
  if (id === '') {
    return null;
  }
  const state = Object.hasOwn(named, word) ? named[word] : number === undefined ? null : numbered[number];
  return { id: sameId(id, messageIds), state: state ?? null, said: saidOf(word, field(text, 'err')) };
}

function field(text: string, name: string): string {
  return new RegExp(`\\b${name}:\\s?([^\\s]+)`, 'iu').exec(text)?.[1] ?? '';
}

function saidOf(word: string, error: string): string {
  const words = failures[word] ?? 'The message was not delivered';
  const number = /^0*$/u.test(error) ? '' : `, error ${error}`;
  return `${words} (${word || 'no state'}${number})`;
}

/** The id of a receipt in the form in which the answer to the submission gave it. Leading zeros mean nothing. */
function sameId(id: string, messageIds: SmppSettings['messageIds']): string {
  try {
    switch (messageIds) {
      case 'same':
        return id;
      case 'hex_then_decimal':
        return normalId(BigInt(id).toString(16));
      case 'decimal_then_hex':
        return normalId(BigInt(`0x${id}`).toString(10));
    }
  } catch {
    return id;
  }
}

/** An id as both sides are compared by where centres write numbers in two ways. */
export function normalId(id: string): string {
  return id.toLowerCase().replace(/^0+(?=.)/u, '');
}

/** The id of a submission's answer, in the form that its receipt is brought to. */
export function submittedId(id: string, messageIds: SmppSettings['messageIds']): string {
  return messageIds === 'same' ? id : normalId(id);
}
