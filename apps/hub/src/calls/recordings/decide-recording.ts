import type { Consent, RecordingPolicy } from './consent-steps.js';

/** What is known of a call's consent when its recording is to be fetched; null: Peyk never spoke on that line. */
export type ConsentOnCall = { consent: Consent; consentAt: Date | null; consentPrompt: string | null } | null;

export type Refusal = 'no_consent' | 'caller_refused' | 'policy_off';

/**
 * Why a recording must not be kept; null: it may be. Somebody who spoke after being asked for a message granted it themselves, so that one
 * is kept whatever the queue says; what was only announced is kept where calls are to be recorded. Without the instant and the very
 * sentence there is no consent.
 */
export function refusalOf(call: ConsentOnCall, policy: RecordingPolicy): Refusal | null {
  if (call?.consent === 'refused') {
    return 'caller_refused';
  }
  const isProven = call !== null && call.consent !== 'none' && call.consentAt !== null && Boolean(call.consentPrompt);
  if (!isProven) {
    return 'no_consent';
  }
  return call.consent === 'announced' && policy.mode === 'off' ? 'policy_off' : null;
}
