import type { VoiceStep } from '#bots';
import type { LineStep, LineStop } from '#channels';
import { linePrompt, lineText, type LineSentence } from '../prompts/line-sentences.js';
import { promptLocale } from '../prompts/prompt-names.js';

/** Whether somebody recorded it. */
export type IsRecorded = (name: string, locale: string) => boolean;

/** What a bot said since its line was heard of, in line steps. `stop`: the last thing it waits for. */
export interface Spoken {
  words: LineStep[];
  stop: LineStop | null;
}

/** How long an answer is waited for where a script says nothing. */
const silenceMs = 6_000;

/** What scripts say as a line plays it. A recording that nobody made is said instead, and so are the values that would follow it. */
export function spokenOf(said: readonly VoiceStep[], locale: string, isRecorded: IsRecorded): Spoken {
  const words = sentencesOf(said).flatMap((sentence) => wordsOf(sentence, locale, isRecorded));
  return { words, stop: said.map(stopOf).findLast((stop) => stop !== null) ?? null };
}

/** A recording with those of its values; anything else by itself. */
function sentencesOf(said: readonly VoiceStep[]): VoiceStep[][] {
  const sentences: VoiceStep[][] = [];
  for (const step of said) {
    const last = sentences.at(-1);
    const isValue = 'play' in step && step.words === undefined;
    if (isValue && last?.[0] && 'play' in last[0]) {
      last.push(step);
    } else {
      sentences.push([step]);
    }
  }
  return sentences;
}

function wordsOf(sentence: VoiceStep[], locale: string, isRecorded: IsRecorded): LineStep[] {
  const [first] = sentence;
  if (first === undefined) {
    return [];
  }
  if ('play' in first) {
    const names = sentence.flatMap((step) => ('play' in step ? [step.play] : []));
    const plays = names.map((play) => ({ play, locale }));
    return names.every((name) => isRecorded(name, locale)) ? plays : insteadOf(first, plays, locale);
  }
  return 'say' in first || 'pause' in first ? [first] : [];
}

/** Without words the names are handed on: whoever plays them notes that they are missing. */
function insteadOf(first: { words?: string }, plays: LineStep[], locale: string): LineStep[] {
  return first.words === undefined || first.words === '' ? plays : [{ say: first.words, locale }];
}

function stopOf(step: VoiceStep): LineStop | null {
  if ('gather' in step) {
    const { dtmf, speech, hints, numDigits, finishOnKey, timeoutMs, locale } = step.gather;
    return { gather: { dtmf, speech, hints, numDigits, finishOnKey, timeoutMs: timeoutMs ?? silenceMs, locale } };
  }
  if ('record' in step) {
    return { record: { maxMs: step.record.maxMs, finishOnKey: '#' } };
  }
  return null;
}

/** A sentence of the hub's own. */
export function sentence(name: Exclude<LineSentence, 'hold-music'>, asked: string, isRecorded: IsRecorded): LineStep {
  const locale = promptLocale('', asked);
  const prompt = linePrompt(name, locale);
  return isRecorded(prompt, locale) ? { play: prompt, locale } : { say: lineText(name, locale), locale };
}

const stops = ['gather', 'hold', 'dial', 'record', 'again', 'hangup'] as const;

export function isStop(step: LineStep): step is LineStop {
  return stops.some((name) => name in step);
}

/** The steps with exactly one stop, as the last of them: nothing behind the first one, and where there is none `otherwise`. */
export function endingIn(steps: readonly LineStep[], otherwise: LineStop): LineStep[] {
  const at = steps.findIndex(isStop);
  return at === -1 ? [...steps, otherwise] : steps.slice(0, at + 1);
}
