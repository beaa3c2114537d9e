import { matchKey } from '../match-key.js';
import type { Choice } from '../message.js';

/** A text with its choices as a numbered menu below it, for channels without buttons. Persian menus count in Persian digits. */
export function numberedMenu(text: string, choices: readonly Choice[]): string {
  const isPersian = /[\u0600-\u06ff]/u.test(text + choices.map(({ label }) => label).join(''));
  const lines = choices.map(({ label }, index) => {
    const number = String(index + 1);
    return isPersian ? `${persian(number)}) ${label}` : `${number}) ${label}`;
  });
  return [text, ...lines].filter((line) => line !== '').join('\n');
}

/** Which choice an answer means: its number in any digits, or its label however it is spelled; null when it means none. */
export function chosenFrom(answer: string, choices: readonly Choice[]): Choice | null {
  const key = matchKey(answer);
  const byNumber = /^\d{1,3}$/u.test(key) ? choices[Number(key) - 1] : undefined;
  return byNumber ?? choices.find(({ label }) => matchKey(label) === key && key !== '') ?? null;
}

function persian(number: string): string {
  return number.replace(/\d/gu, (digit) => String.fromCodePoint(0x06f0 + Number(digit)));
}
