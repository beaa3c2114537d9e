import { domainToASCII } from 'node:url';

const longestAddress = 254;
const longestLocalPart = 64;
/** What an unquoted local part may hold, by RFC 5322 and 6531: no space, control, quote, bracket or separator. */
const localPart = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]+$/u;
const domain = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;

/**
 * The one normal form of a mail address: trimmed, NFC, lower-case, its domain as A-labels; null when it is none.
 *
 * Dots and plus tags stay, since they make different mailboxes with most providers. Quoted local parts and bare IP addresses
 * are refused: parsers disagree about them, and that has been used to send mail to somebody else.
 */
export function normaliseEmail(raw: string): string | null {
  const plain = raw
    .replace(/\p{Cf}/gu, '')
    .trim()
    .normalize('NFC')
    .toLowerCase();
  const at = plain.lastIndexOf('@');
  const local = plain.slice(0, Math.max(at, 0));
  const host = hostName(plain.slice(at + 1));
  const address = `${local}@${host}`;
  const sound = localPart.test(local) && local.length <= longestLocalPart && address.length <= longestAddress;
  return sound && host !== '' ? address : null;
}

function hostName(raw: string): string {
  if (raw === '' || raw.length > longestAddress || /[/?#:\\[\]%]/u.test(raw)) {
    return '';
  }
  const ascii = domainToASCII(raw.replace(/\.$/u, ''));
  // A name that ends in a number is read as an IPv4 address by everything that follows the URL standard.
  return domain.test(ascii) && !/(?:^|\.)\d+$/u.test(ascii) ? ascii : '';
}

/** Splits `support+tag@example.com` into the mailbox and the tag; the tag is null when there is none. Takes a normal address. */
export function splitTag(address: string): { mailbox: string; tag: string | null } {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  if (plus < 1 || plus > at) {
    return { mailbox: address, tag: null };
  }
  return { mailbox: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) };
}

/** The same mailbox with a tag: `support@example.com` becomes `support+tag@example.com`. */
export function withTag(address: string, tag: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${tag}${address.slice(at)}`;
}
