import type { Sender } from '../message.js';
import { normalisePhone } from '../phone-number.js';

/**
 * The sender of an SMS as an address. Only a valid number is a phone identity: short codes and names such as KAVENEGAR belong
 * to no one person, so they are external addresses of their own and never meet a customer's phone.
 */
export function smsSender(raw: string, defaultCountry: string): Sender {
  const number = normalisePhone(raw, defaultCountry);
  return number?.kind === 'phone'
    ? { kind: 'phone', address: number.e164, trust: 'channel_given', name: '' }
    : { kind: 'external', address: `sms:${number?.as ?? raw.trim()}`, trust: 'channel_given', name: raw.trim() };
}
