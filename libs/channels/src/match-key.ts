/** Letters that people type for one another, by what the key keeps. Arabic keyboards give ي and ك where Persian has ی and ک. */
const sameLetter: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
  ء: '',
  '٫': '.',
};

const foldedLetters = /[يىئكةۀأإآٱؤء٫]/gu;
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/gu;
/** Harakat, superscript alef, tatweel, Latin accents once decomposed, and the selectors that only change how a sign is drawn. */
const ornaments =
  /[\u{300}-\u{36f}]|[\u{610}-\u{61a}\u{640}\u{64b}-\u{65f}\u{670}\u{6d6}-\u{6ed}]|[\u{fe00}-\u{fe0f}]|\u{20e3}/gu;
const joiners = /[\u00ad\u200b-\u200d]/gu;
const invisible = /\p{Cf}/gu;
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

const prefixes = new Set(['می', 'نمی']);
const suffixes = new Set([
  'ها',
  'های',
  'هایی',
  'هایم',
  'هایت',
  'هایش',
  'هایمان',
  'هایتان',
  'هایشان',
  'تر',
  'ترین',
  'ام',
  'اند',
]);

/**
 * The key under which two spellings of the same words are equal: for menus, keywords, rules and search alike.
 *
 * Persian is written with Arabic or Persian letters and digits, with or without vowel marks, and with a half-space, a space or
 * nothing before an affix; people mean the same word by all of these. The key is lower-case letters and digits with single
 * spaces, is its own key, and never leaves this program: what is shown stays as it was written.
 */
export function matchKey(text: string): string {
  return glueAffixes(foldLetters(text)).normalize('NFC');
}

function foldLetters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(joiners, ' ')
    .toLowerCase()
    .replace(foldedLetters, (letter) => sameLetter[letter] ?? letter)
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .normalize('NFD')
    .replace(ornaments, '')
    .replace(invisible, '')
    .replace(separators, ' ')
    .trim();
}

/** Joins the light affixes to their word, since `می‌خواهم`, `می خواهم` and `میخواهم` are one word to everybody who writes it. */
function glueAffixes(folded: string): string {
  const words: string[] = [];
  let prefix = '';
  for (const word of folded.split(' ')) {
    const previous = words.at(-1);
    if (prefix === '' && previous !== undefined && suffixes.has(word)) {
      words[words.length - 1] = previous + word;
    } else if (prefix === '' && prefixes.has(word)) {
      prefix = word;
    } else {
      words.push(prefix + word);
      prefix = '';
    }
  }
  return [...words, ...(prefix === '' ? [] : [prefix])].join(' ');
}
