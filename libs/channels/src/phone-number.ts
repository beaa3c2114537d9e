import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Who a number belongs to. Only a `phone` is a person's address; short codes and names of senders (`KAVENEGAR`) are kept as they
 * are and never lead to a customer.
 */
export type NormalPhone = { kind: 'phone'; e164: string } | { kind: 'short' | 'alphanumeric'; as: string };

const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const schemes = /^(?:tel|sms|callto|whatsapp):/iu;
const longestInput = 64;

/**
 * The one normal form of a telephone number as people, providers and exchanges write it; null when it is none.
 *
 * `defaultCountry` is the ISO 3166 code whose national forms (`0912…`) are understood. A number must be valid in its country's
 * plan, not only possible: the library would take the short code 30001234 for +98 30001234.
 */
export function normalisePhone(raw: string, defaultCountry: string | null): NormalPhone | null {
  const plain = plainText(raw);
  if (plain === '' || plain.length > longestInput) {
    return null;
  }
  const country = defaultCountry && isSupportedCountry(defaultCountry) ? { defaultCountry } : {};
  const parsed = parsePhoneNumberFromString(plain, { ...country, extract: false });
  if (parsed?.isValid()) {
    return { kind: 'phone', e164: parsed.number };
  }
  return shortCode(plain) ?? senderName(plain);
}

/** Marks of direction survive copying from right-to-left pages, also between the digits, where they hide the number. */
function plainText(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .trim()
    .replace(schemes, '');
}

/** A leading zero or plus announces a national or international number, so a wrong one is no short code. */
function shortCode(plain: string): NormalPhone | null {
  const digits = plain.replace(/[ -]/g, '');
  return /^[1-9]\d{1,19}$/.test(digits) ? { kind: 'short', as: digits } : null;
}

function senderName(plain: string): NormalPhone | null {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._&-]{0,19}$/u.test(plain) && /\p{L}/u.test(plain)
    ? { kind: 'alphanumeric', as: plain }
    : null;
}
