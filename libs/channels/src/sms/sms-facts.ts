import type { InboundEvent, InboundMessage, OutboundMessage } from '../message.js';
import { readConsent, type Consent } from './consent-words.js';
import type { SmsSettings } from './sms-settings.js';

/** What an SMS tells besides its words. */
export interface SmsFacts {
  consent: Consent | null;
  /** Which of the account's numbers it came to, where it has several: the answer leaves from that one. */
  line: string | null;
}

/** A message that came by SMS. */
export interface SmsArrival extends InboundMessage {
  sms: SmsFacts;
}

/** A message on its way out by SMS. */
export interface OutgoingSms extends OutboundMessage {
  /** The account's number that this customer knows; null lets the account choose. */
  line?: string | null;
}

/** The facts of a message that came by SMS; null for any other. */
export function smsFactsOf(event: InboundEvent): SmsFacts | null {
  return event.type === 'message' && 'sms' in event ? (event as SmsArrival).sms : null;
}

/** Adds what an account's words make of a message. `told` is what its provider says of it, and counts first. */
export function withSmsFacts(
  event: InboundEvent,
  { consent }: Pick<SmsSettings, 'consent'>,
  told: Partial<SmsFacts> = {},
): InboundEvent {
  if (event.type !== 'message') {
    return event;
  }
  const facts: SmsFacts = {
    consent: told.consent ?? readConsent(event.text, consent),
    line: told.line ?? null,
  };
  return { ...event, sms: facts } as SmsArrival;
}

/** The line that an outgoing message should leave from; null when nothing is known. */
export function lineOf(message: OutboundMessage): string | null {
  return (message as OutgoingSms).line ?? null;
}
