import { linePrompt, lineText, type LineSentence } from '../prompts/line-sentences.js';
import type { PromptLibrary } from '../prompts/prompt-library.service.js';

type Locale = 'fa' | 'en';

/** A sentence of the hub's own as a driver can play it: a recording, or words that its voices can read. */
export type PlayableSentence = { url: string } | { text: string; locale: Locale };

/** English words stand in for Persian that nobody recorded where `canRead` knows no Persian voice: better than silence. */
export function playable(
  sentence: Exclude<LineSentence, 'hold-music'>,
  locale: Locale,
  { library, canRead }: { library: PromptLibrary; canRead: (locale: string) => boolean },
): PlayableSentence {
  const name = linePrompt(sentence, locale);
  const url = library.has(name, locale) ? library.urlOf(name, locale) : null;
  const read = canRead(locale) ? locale : 'en';
  return url === null ? { text: lineText(sentence, read), locale: read } : { url };
}
