import { latinDigits } from '../i18n/latin-digits.js';

/** Words under which spellings are one to whoever looks for something: without case, marks, and the letters that keyboards differ in. */
export function foldWords(words: string): string {
  return latinDigits(words.normalize('NFKD'))
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replace(/[\u200c\s]+/gu, ' ')
    .trim();
}

/** Whether every word that is typed begins a word of the text, or stands in it. */
export function matchesWords(text: string, typed: string): boolean {
  const folded = foldWords(text);
  return foldWords(typed)
    .split(' ')
    .every((word) => folded.includes(word));
}
