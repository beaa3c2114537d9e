import { matchKey } from '#channels';

/**
 * A text as keywords are looked for in it: folded by matchKey, without its spaces. Where words begin and end is kept, so that a keyword
 * is found however its writer parted or joined it (پی گیری, پی‌گیری, پیگیری), and never inside another word.
 */
export interface FoldedText {
  /** The words without what parts them. */
  joined: string;
  /** Where in `joined` a word begins or ends. */
  edges: ReadonlySet<number>;
}

/** The most of a text that is folded, in UTF-16 units: what stands beyond it is no keyword. */
const longest = 20_000;

export function foldText(text: string): FoldedText {
  const edges = new Set<number>([0]);
  let joined = '';
  for (const word of matchKey(text.slice(0, longest)).split(' ')) {
    joined += word;
    edges.add(joined.length);
  }
  return { joined, edges };
}

const phrases = new Map<string, string>();
const keptPhrases = 5_000;

/** A keyword or phrase as it is looked for. */
function foldPhrase(phrase: string): string {
  const known = phrases.get(phrase);
  if (known !== undefined) {
    return known;
  }
  const folded = matchKey(phrase).replaceAll(' ', '');
  if (phrases.size >= keptPhrases) {
    phrases.clear();
  }
  phrases.set(phrase, folded);
  return folded;
}

/** Whether a word or phrase stands in a text as whole words, in any spelling. One without letters and digits stands nowhere. */
export function hasPhrase(text: FoldedText, phrase: string): boolean {
  const wanted = foldPhrase(phrase);
  for (let at = wanted === '' ? -1 : text.joined.indexOf(wanted); at !== -1; at = text.joined.indexOf(wanted, at + 1)) {
    if (text.edges.has(at) && text.edges.has(at + wanted.length)) {
      return true;
    }
  }
  return false;
}

/** The same at the beginning of the text. */
export function startsWithPhrase(text: FoldedText, phrase: string): boolean {
  const wanted = foldPhrase(phrase);
  return wanted !== '' && text.joined.startsWith(wanted) && text.edges.has(wanted.length);
}

/** Whether two texts are the same words. */
export function isPhrase(text: FoldedText, phrase: string): boolean {
  return text.joined === foldPhrase(phrase);
}
