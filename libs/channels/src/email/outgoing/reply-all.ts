import { normaliseEmail, splitTag } from '../email-address.js';

/** Who had a mail: its sender and those it was addressed to. */
export interface MailPeople {
  from: string;
  to: string[];
  cc: string[];
}

/** The most copies that one mail goes to. */
export const mostCopies = 50;

/**
 * Who else hears an answer to everybody: all whom the mail was addressed to, without the one who is answered and without addresses
 * of ours, plus tags included.
 */
export function replyAllCopies({ from, to, cc }: MailPeople, answered: string, own: readonly string[]): string[] {
  return addressesBut([from, ...to, ...cc], answered, own);
}

/** Normal addresses, each once, without `answered` and our own. What is no address is left out. */
export function addressesBut(written: readonly string[], answered: string, own: readonly string[]): string[] {
  const ours = new Set(own);
  const addresses = written.flatMap((one) => normaliseEmail(one) ?? []);
  return [...new Set(addresses)]
    .filter((address) => address !== answered && !ours.has(address) && !ours.has(splitTag(address).mailbox))
    .slice(0, mostCopies);
}

/**
 * Whether a stored mail may be repeated to these recipients: each of them wrote it or was addressed by it, so that an answer tells
 * nobody what was said before they came.
 */
export function mayBeQuotedTo(mail: MailPeople, recipients: readonly string[]): boolean {
  const saw = new Set([mail.from, ...mail.to, ...mail.cc]);
  return recipients.every((address) => saw.has(address));
}
