import { matchKey } from '#channels';
import type { BotOption } from '../engine/types/bot-say.js';

/**
 * The number under which each option stands in a written menu: its telephone key where all have one, so that a menu reads the same
 * in an SMS and on the phone, and otherwise its place.
 */
export function menuKeys(options: readonly Pick<BotOption, 'dtmf'>[]): string[] {
  const keys = options.map(({ dtmf }) => dtmf ?? '');
  const areKeys = keys.every((key) => /^\d$/u.test(key)) && new Set(keys).size === keys.length;
  return areKeys ? keys : options.map((_, index) => String(index + 1));
}

/** A text with its options as a numbered menu below it; a Persian menu counts in Persian digits. */
export function numberedBody(text: string, options: readonly BotOption[], locale: string): string {
  const keys = menuKeys(options);
  // Marks from 1 to 5 are their own numbers: a list of them would say everything twice.
  const isPlain = options.every(({ label }, index) => matchKey(label) === keys[index]);
  const lines = (isPlain ? [] : options).map(
    ({ label }, index) => `${inDigitsOf(locale, keys[index] ?? '')}) ${label}`,
  );
  return [text, ...lines].filter((line) => line !== '').join('\n');
}

/** Persian is written with Persian digits. */
export function inDigitsOf(locale: string, number: string): string {
  return locale.startsWith('fa')
    ? number.replace(/\d/gu, (digit) => String.fromCodePoint(0x06f0 + Number(digit)))
    : number;
}
