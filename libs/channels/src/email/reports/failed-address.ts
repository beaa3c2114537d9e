import { normaliseEmail } from '../email-address.js';

const written = /[^\s<>()[\]:;,"'|\\`=]{1,64}@[a-z0-9][\w.-]{0,250}[a-z0-9]/iu;

/** The first mail address in a text, in its normal form; null when there is none. */
export function addressIn(text: string): string | null {
  return normaliseEmail(written.exec(text.slice(0, 2_000))?.[0].replace(/^\.+/u, '') ?? '');
}

/** Every mail address of a text, in normal form and in order, each once. */
export function addressesIn(text: string): string[] {
  const all = text.slice(0, 20_000).match(new RegExp(written, 'giu')) ?? [];
  return [...new Set(all.flatMap((one) => normaliseEmail(one) ?? []))];
}
