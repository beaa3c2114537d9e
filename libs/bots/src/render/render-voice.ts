import { matchKey } from '#channels';
import type { BotInput, BotSay, LineAct } from '../engine/types/bot-say.js';
import type { Locale } from '../script/terms.js';
import { menuKeys } from './menu-keys.js';
import { persianPrompts } from './persian-prompts.js';
import type { VoiceStep } from './rendered.js';

/** What a turn becomes on the telephone. */
export function asVoice(says: readonly BotSay[]): VoiceStep[] {
  return says.flatMap((say) => [...spoken(say), ...lineSteps(say.line), ...gatherStep(say)]);
}

/**
 * A recording and the recordings of its values; without one, the words for a voice that reads them, and the keys of its menu unless
 * the script has a wording of its own for the phone.
 */
function spoken(say: BotSay): VoiceStep[] {
  const words = say.speech ?? say.text;
  if (say.audio === null) {
    const keys = say.speech === null ? keysRead(say) : [];
    return [words, ...keys].filter((part) => part !== '').map((part) => ({ say: part, locale: say.locale }));
  }
  return [{ play: say.audio, words }, ...say.values.flatMap((value) => valueSteps(value, say.locale))];
}

/** "Track an order: press 1." for each option that has a key and is not its own number. */
function keysRead({ options, locale }: BotSay): string[] {
  const hasKeys = options.some(({ dtmf }) => dtmf !== null);
  const keys = hasKeys ? options.map(({ dtmf }) => dtmf) : menuKeys(options);
  return options.flatMap(({ label }, index) => {
    const key = keys[index] ?? null;
    return key === null || matchKey(label) === key ? [] : [keyRead(label, key, locale)];
  });
}

function keyRead(label: string, key: string, locale: Locale): string {
  const isPersian = locale === 'fa';
  const named = (isPersian ? { '*': 'ستاره', '#': 'مربع' } : { '*': 'star', '#': 'hash' })[key] ?? key;
  return isPersian ? `${label}: کلید ${named}.` : `${label}: press ${named}.`;
}

function valueSteps(value: BotSay['values'][number], locale: string): VoiceStep[] {
  if (locale.startsWith('fa')) {
    return persianPrompts(value).map((name) => ({ play: name }));
  }
  // A voice reads "123456" as a number and "1 2 3 4 5 6" as digits.
  return [{ say: value.kind === 'digits' ? Array.from(value.value).join(' ') : value.value, locale }];
}

function lineSteps(line: LineAct | null): VoiceStep[] {
  switch (line?.act) {
    case 'pause':
      return [{ pause: { ms: line.ms } }];
    case 'enqueue':
      return [{ enqueue: { queue: line.queue } }];
    case 'record':
      return [{ record: { maxMs: line.maxMs } }];
    case 'hangup':
      return [{ hangup: true }];
    case undefined:
      return [];
  }
}

/** The length of an answer that has one, so that nobody must press # behind it. */
const lengths: Partial<Record<BotInput['kind'], number>> = { choice: 1, yes_no: 1, rating: 1, national_id_ir: 10 };
/** Answers that can only be said. */
const onlySpoken = new Set<BotInput['kind']>(['text', 'email']);

function gatherStep({ input, options, locale, turn }: BotSay): VoiceStep[] {
  if (input === null || input.kind === 'record') {
    return [];
  }
  const numDigits = lengths[input.kind] ?? null;
  return [
    {
      gather: {
        dtmf: !onlySpoken.has(input.kind),
        // A secret is typed, not said aloud where others hear it.
        speech: !input.sensitive,
        hints: options.map(({ label }) => label),
        numDigits,
        finishOnKey: numDigits === null ? (input.finishOnKey ?? '#') : input.finishOnKey,
        timeoutMs: input.timeoutMs,
        locale,
        turn,
      },
    },
  ];
}
