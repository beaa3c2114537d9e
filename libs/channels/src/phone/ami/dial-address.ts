import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { AgentEndpoint } from '../line.js';
import type { AsteriskSettings } from '../phone-settings.js';

/** What may stand in an address: everything else parts arguments of the dialplan, or begins a function of it. */
const plain = /^[\w.@:+*#-]{1,80}$/u;

/** What the exchange dials to reach somebody of ours; null for an address that must not stand in its dialplan. */
export function dialString(to: AgentEndpoint, { dial, defaultCountry }: AsteriskSettings): string | null {
  const address = to.kind === 'number' ? numberForExchange(to.address, { dial, defaultCountry }) : to.address;
  return plain.test(address) ? dial[to.kind].replace('{address}', () => address.replace(/^sips?:/u, '')) : null;
}

/** A number as the exchange's rules for outgoing calls expect it. */
export function numberForExchange(
  e164: string,
  { dial, defaultCountry }: Pick<AsteriskSettings, 'dial' | 'defaultCountry'>,
): string {
  const parsed = parsePhoneNumberFromString(e164);
  const digits = e164.replace(/[^\d]/gu, '');
  if (!parsed || dial.numbers === 'plus') {
    return parsed ? parsed.number : digits;
  }
  const isHome = parsed.country === defaultCountry && dial.numbers === 'national';
  return isHome ? parsed.formatNational().replace(/[^\d]/gu, '') : `00${digits}`;
}
