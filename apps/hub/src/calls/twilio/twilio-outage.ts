import { sayTwiml, twiml, type TwilioVoiceSettings } from '#channels';
import type { PlayableSentence } from './line-sentence.js';

type Verbs = Parameters<typeof twiml>[0];

/** Where Twilio goes with what came of it, and what is said. Nothing of it needs the database. */
export interface Outage {
  settings: TwilioVoiceSettings['outage'];
  sentence: (name: 'leave-a-message' | 'sorry' | 'goodbye') => PlayableSentence;
  /** Where a message that was left is taken. */
  recordedAt: string;
  callerId: string | null;
}

const longestMessageSeconds = 180;

/** What a caller meets when nobody can be asked what comes next: an apology, and a message, a number to ring, or the end. */
export function twilioOutage({ settings, sentence, recordedAt, callerId }: Outage): string {
  const hangup = { name: 'Hangup' };
  if (settings.then === 'dial' && settings.number !== undefined) {
    const dial = {
      name: 'Dial',
      attributes: { timeout: 30, callerId: callerId ?? undefined },
      children: [{ name: 'Number', children: [settings.number] }],
    };
    return twiml([...spoken(sentence('sorry')), dial, hangup]);
  }
  if (settings.then === 'voicemail') {
    const attributes = {
      action: recordedAt,
      method: 'POST',
      maxLength: longestMessageSeconds,
      playBeep: true,
      timeout: 5,
    };
    return twiml([...spoken(sentence('leave-a-message')), { name: 'Record', attributes }, hangup]);
  }
  return twiml([...spoken(sentence('sorry')), hangup]);
}

/** What is heard once a message was left. */
export function twilioGoodbye({ sentence }: Pick<Outage, 'sentence'>): string {
  return twiml([...spoken(sentence('goodbye')), { name: 'Hangup' }]);
}

function spoken(sentence: PlayableSentence): Verbs {
  return 'url' in sentence ? [{ name: 'Play', children: [sentence.url] }] : sayTwiml(sentence.text, sentence.locale);
}
