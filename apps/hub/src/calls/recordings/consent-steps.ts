import type { LineStep } from '#channels';
import { linePrompt } from '../prompts/line-sentences.js';
import { promptLocale } from '../prompts/prompt-names.js';

/** Whether calls are recorded, and for how long what was recorded is kept. */
export interface RecordingPolicy {
  mode: 'off' | 'announced';
  /** Whole days; null: until somebody deletes it. */
  keepDays: number | null;
}

export type Consent = 'none' | 'announced' | 'granted' | 'refused';

/** What must happen before a call is recorded. */
export interface ConsentPlan {
  /** Played before anything is recorded; empty where the caller knows already, or nothing is recorded. */
  steps: LineStep[];
  /** What is written on the call in the transaction that hands out `steps`; null: nothing changes. `prompt` says which version was played. */
  mark: { consent: 'announced'; prompt: string } | null;
  /** Whether the steps that follow may ask the provider to record. */
  records: boolean;
}

const nothing: ConsentPlan = { steps: [], mark: null, records: false };

/**
 * What a caller hears before they are recorded. Nobody knows from where somebody calls, so everybody on a line is told first, always;
 * who refused is not recorded again, and where the sentence cannot be played nobody is. Who left a message for a script (`granted`) was told
 * nothing of the talk that comes after it, and is told then.
 *
 * `version`: `PromptLibrary.versionOf` of the notice, null where it is missing.
 */
export function consentSteps(
  call: { consent: Consent },
  policy: RecordingPolicy,
  { locale, version }: { locale: string; version: string | null },
): ConsentPlan {
  if (policy.mode === 'off' || call.consent === 'refused') {
    return nothing;
  }
  if (call.consent === 'announced') {
    return { steps: [], mark: null, records: true };
  }
  if (version === null) {
    return nothing;
  }
  const notice = recordedNotice(locale);
  return { steps: [{ play: notice, locale }], mark: { consent: 'announced', prompt: version }, records: true };
}

/** The name of the sentence that says that a call is recorded. */
export function recordedNotice(locale: string): string {
  return linePrompt('recorded-notice', promptLocale('', locale));
}

/** The name of the sentence that asks for a message: who speaks after it has agreed, and is marked `granted`. */
export function messageNotice(locale: string): string {
  return linePrompt('leave-a-message', promptLocale('', locale));
}
