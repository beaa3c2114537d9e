import { persianPrompts } from '#bots';
import type { LineStep } from '#channels';
import { sentence, type IsRecorded } from '../lines/line-steps.js';
import { linePrompt, lineText } from '../prompts/line-sentences.js';
import { promptLocale } from '../prompts/prompt-names.js';

/** A caller's place, told on the line: from recordings where all of them are there, and else read aloud. */
export function placeWords(place: number, asked: string, isRecorded: IsRecorded): LineStep[] {
  const locale = promptLocale('', asked);
  const names = [linePrompt('your-place-is', locale), ...numberOf(place, locale)];
  return names.length > 1 && names.every((name) => isRecorded(name, locale))
    ? names.map((play) => ({ play, locale }))
    : [{ say: `${lineText('your-place-is', locale)} ${new Intl.NumberFormat(digits[locale]).format(place)}.`, locale }];
}

const digits = { en: 'en-GB', fa: 'fa-IR-u-nu-arabext' } as const;

function numberOf(place: number, locale: 'en' | 'fa'): string[] {
  return locale === 'fa' ? persianPrompts({ kind: 'number', value: String(place) }) : [];
}

/** “Press one to keep your place and be called back”, and as long as somebody needs to find the key. */
export function offerWords(asked: string, isRecorded: IsRecorded): LineStep[] {
  const locale = promptLocale('', asked);
  const gather = { dtmf: true, speech: false, hints: [], numDigits: 1, finishOnKey: null, timeoutMs: 5_000, locale };
  return [sentence('press-one-to-keep', locale, isRecorded), { gather }];
}

/** Music until there is news: so long at most. */
export function music(asked: string, maxMs: number): LineStep {
  return { hold: { music: linePrompt('hold-music', promptLocale('', asked)), maxMs } };
}
