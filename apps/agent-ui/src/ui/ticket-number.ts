import type { TicketView } from '#contract';
import type { Formats } from '../i18n/formats.js';
import { isolateLtr } from '../i18n/isolate.js';

type Numbered = Pick<TicketView, 'prefix' | 'number'>;

/** A ticket's number as the reader writes it, with the prefix that it was opened under. */
export function ticketNumber({ prefix, number }: Numbered, format: Formats): string {
  return prefix === '' ? format.digits(number) : `${prefix}-${format.digits(number)}`;
}

/** The same with its sign, for a plain string: the sign stays before it in whatever direction the string reads. */
export function ticketSign(ticket: Numbered, format: Formats): string {
  return isolateLtr(`#${ticketNumber(ticket, format)}`);
}

/** The same for a bare number that events tell; '' for what is none. Only tickets that are at hand have their prefix. */
export function toldNumber(number: unknown, tickets: readonly Numbered[], format: Formats): string {
  if (typeof number !== 'number') {
    return '';
  }
  return ticketNumber(tickets.find((ticket) => ticket.number === number) ?? { prefix: '', number }, format);
}
