import type { Sender } from '../message.js';
import { normalisePhone } from '../phone-number.js';

/** What carriers send in place of a withheld number; the digits spell ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE. */
const withheld =
  /^(\+?(266696687|7378742833|2562533|8656696|86282452253)|anonymous|restricted|blocked|unknown|unavailable|private|withheld)?$/i;

/**
 * The other side of a call as an address.
 *
 * A caller without a usable number is an address of this one call, so that two strangers never become one customer. Numbers
 * inside an exchange are external addresses of their own.
 */
export function callParty(raw: string, callId: string, where: { defaultCountry: string; name?: string }): Sender {
  const name = where.name ?? '';
  const number = withheld.test(raw.trim()) ? null : normalisePhone(raw, where.defaultCountry);
  if (number === null) {
    return { kind: 'external', address: `call:${callId}`, trust: 'unauthenticated', name };
  }
  return number.kind === 'phone'
    ? { kind: 'phone', address: number.e164, trust: 'channel_given', name }
    : { kind: 'external', address: `line:${number.as}`, trust: 'channel_given', name: name || number.as };
}
