import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { SmsLimits } from './common-settings.js';

/** Why an account must not write to a number. */
export interface DestinationRefusal {
  code: 'country_not_allowed' | 'prefix_not_allowed';
  message: string;
}

/**
 * Why an account must not write to a number in E.164; null when it may. Whoever can make a hub send to any number in the world can
 * make it pay for numbers of their own.
 */
export function refusalOfDestination(address: string, { countries, prefixes }: SmsLimits): DestinationRefusal | null {
  const country = parsePhoneNumberFromString(address)?.country;
  if (isSet(countries) && (country === undefined || !countries.includes(country))) {
    const where = country ?? 'that country';
    return {
      code: 'country_not_allowed',
      message: `This channel sends no SMS to ${where}. An administrator can allow it in the channel’s settings.`,
    };
  }
  if (isSet(prefixes) && !prefixes.some((prefix) => address.startsWith(prefix))) {
    return {
      code: 'prefix_not_allowed',
      message: 'This channel sends no SMS to numbers that begin so. An administrator can allow them in its settings.',
    };
  }
  return null;
}

/** An empty list stands for no list: a form that was left empty must not silence the channel. */
function isSet(list: string[] | undefined): list is string[] {
  return list !== undefined && list.length > 0;
}
