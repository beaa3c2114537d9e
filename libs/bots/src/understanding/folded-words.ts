import { matchKey } from '#channels';

/** More of a text says nothing new of what somebody wants. */
const longestText = 1_000;
const mostWords = 60;

/** Words of a message that say nothing of what it is about. Folded, as everything here. */
const emptyWords = new Set(
  matchKey(
    `the a an is are was be am to of and or in on at for with my your i you we it this that do does did have has please can could would
     like want need hello hi hey dear thanks thank me im id how what when where which who why there
     سلام درود و یا در از به با را رو که این آن اون برای من ما شما تو است هست هستم بود می شود میشه میشود کنم کنید کنین لطفا ممنون مرسی
     چه چی چطور چجوری چگونه چرا کی کجا کدام کدوم چند چقدر چقدره چیست چیه یک یه هم اگر ی خواستم میخواهم میخوام خواهش آقا خانم وقت بخیر خسته نباشید`,
  ).split(' '),
);

/**
 * A text as phrases are looked for in it: its words without what parts them, and where they begin and end, so that a phrase is found
 * however its writer parted or joined it and never inside another word.
 */
export interface FoldedWords {
  key: string;
  joined: string;
  edges: ReadonlySet<number>;
  /** The words that say something; all of them where none does. */
  telling: string[];
}

export function foldWords(text: string): FoldedWords {
  const words = matchKey(text.slice(0, longestText)).split(' ').slice(0, mostWords);
  const edges = new Set<number>([0]);
  let joined = '';
  for (const word of words) {
    joined += word;
    edges.add(joined.length);
  }
  const telling = words.filter((word) => word !== '' && !emptyWords.has(word));
  return {
    key: words.join(' '),
    joined,
    edges,
    telling: telling.length > 0 ? telling : words.filter((word) => word !== ''),
  };
}

/** Whether a phrase, as `joined` of its own, stands in a text as whole words. */
export function hasPhrase({ joined, edges }: FoldedWords, phrase: string): boolean {
  for (let at = phrase === '' ? -1 : joined.indexOf(phrase); at !== -1; at = joined.indexOf(phrase, at + 1)) {
    if (edges.has(at) && edges.has(at + phrase.length)) {
      return true;
    }
  }
  return false;
}
