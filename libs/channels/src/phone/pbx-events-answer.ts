import type { ChannelAccount } from '../channel-adapter.js';
import type { InboundCall, InboundEvent } from '../message.js';
import { normalisePhone } from '../phone-number.js';
import type { PhoneOptions } from './phone-driver.js';
import type { PbxSettings } from './phone-settings.js';

/** What an exchange may be told when a call begins; an empty answer lets it do as it would. */
export type PbxAnswer =
  | Record<string, never>
  | { action: 'reject'; reason: 'busy' }
  /** The scheme's text and its examples write the field in two ways, so exchanges may look for either. */
  | { action: 'dial'; callerId: string; caller_id: string; number: string };

/**
 * Blocked callers are turned away, and outgoing calls get the number that their destination is to see. Whom the hub blocked is asked only
 * here; an exchange never waits for a database that is away.
 */
export async function answerTo(
  event: InboundEvent,
  to: string,
  { account, isBlocked }: { account: ChannelAccount<PbxSettings> } & Pick<PhoneOptions, 'isBlocked'>,
): Promise<PbxAnswer> {
  if (event.type !== 'call' || event.state !== 'ringing') {
    return {};
  }
  if (event.direction === 'out') {
    return dialAnswer(event, to, account.settings);
  }
  const isRefused =
    isListed(event, account.settings) ||
    (await (isBlocked?.(event.party) ?? Promise.resolve(false)).catch(() => false));
  return isRefused ? { action: 'reject', reason: 'busy' } : {};
}

function dialAnswer(call: InboundCall, to: string, { callerIds, defaultCountry }: PbxSettings): PbxAnswer {
  const dialled = digitsOf(call.party.kind === 'phone' ? call.party.address : to, defaultCountry);
  const rule = callerIds.find((one) => matches(dialled, one.to, defaultCountry));
  return rule ? { action: 'dial', callerId: rule.callerId, caller_id: rule.callerId, number: to } : {};
}

function isListed(call: InboundCall, { blockedCallers, defaultCountry }: PbxSettings): boolean {
  const caller = digitsOf(call.party.address, defaultCountry);
  return blockedCallers.some((pattern) => matches(caller, pattern, defaultCountry));
}

/** A pattern is a number as people write it, or its beginning with `*` behind it; `*` alone is every number. */
function matches(digits: string, pattern: string, country: string): boolean {
  const begins = pattern.endsWith('*');
  const written = digitsOf(begins ? pattern.slice(0, -1) : pattern, country);
  return begins ? digits.startsWith(written) : digits === written;
}

/** International, without the plus; a beginning of a number is no number yet, so only its prefix is brought to that form. */
function digitsOf(number: string, country: string): string {
  const phone = normalisePhone(number, country);
  if (phone?.kind === 'phone') {
    return phone.e164.slice(1);
  }
  const digits = number.normalize('NFKC').replace(/\D/gu, '');
  return digits.startsWith('00') ? digits.slice(2) : digits;
}
