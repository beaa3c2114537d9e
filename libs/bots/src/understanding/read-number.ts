import { matchKey } from '#channels';
import { foldDigits } from './fold-digits.js';

/** Number words, folded. Those above 999 multiply what stands before them. */
const ones: Record<string, number> = folded({
  'zero صفر': 0,
  'one یک یه': 1,
  'two دو': 2,
  'three سه': 3,
  'four چهار': 4,
  'five پنج': 5,
  'six شش شیش': 6,
  'seven هفت': 7,
  'eight هشت': 8,
  'nine نه': 9,
  'ten ده': 10,
  'eleven یازده': 11,
  'twelve دوازده': 12,
  'thirteen سیزده': 13,
  'fourteen چهارده': 14,
  'fifteen پانزده پونزده': 15,
  'sixteen شانزده شونزده': 16,
  'seventeen هفده': 17,
  'eighteen هجده هیجده': 18,
  'nineteen نوزده': 19,
  'twenty بیست': 20,
  'thirty سی': 30,
  'forty fourty چهل': 40,
  'fifty پنجاه': 50,
  'sixty شصت': 60,
  'seventy هفتاد': 70,
  'eighty هشتاد': 80,
  'ninety نود': 90,
  'صد یکصد': 100,
  دویست: 200,
  سیصد: 300,
  چهارصد: 400,
  'پانصد پونصد': 500,
  ششصد: 600,
  هفتصد: 700,
  هشتصد: 800,
  نهصد: 900,
});
const scales: Record<string, number> = folded({
  hundred: 100,
  'thousand k هزار': 1_000,
  'million m mln میلیون ملیون': 1_000_000,
  'billion bn میلیارد ملیارد': 1_000_000_000,
});
const joining = new Set(['and', 'و', 'a']);
const halves = new Set(['نیم', 'half'].map(matchKey));

function folded(words: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([list, value]) => list.split(' ').map((word) => [matchKey(word), value])),
  );
}

const minus = /^(?:[-−]\s*(?=\d)|(?:منفی|minus)\s+)/iu;
/** `12 500`, `1 200 000`. */
const spacedThousands = /(?<![\d.,/] ?)\d{1,3}(?: \d{3})+(?! ?[\d.,/])/gu;

/**
 * A number as people write it: digits of any script with separators (`۱٬۲۰۰٫۵`, `12,000`), words (`بیست و پنج هزار`, `two hundred`),
 * or both (`۲۰ هزار`, `1.5 million`). Null for a text that holds more than a number.
 */
export function readNumber(text: string): number | null {
  const plain = foldDigits(text).replaceAll(spacedThousands, (digits) => digits.replaceAll(' ', ''));
  const sign = minus.test(plain) ? -1 : 1;
  const words = tokens(plain.replace(minus, '').replace(/^\+\s*/u, ''));
  if (words === null || words.length === 0 || words.length > 24) {
    return null;
  }
  const value = sum(words);
  return value === null || value > Number.MAX_SAFE_INTEGER ? null : sign * value;
}

/** Numbers stay whole with their point and separators; other words are folded. Null where a number is written in no usual way. */
function tokens(text: string): string[] | null {
  const found = text.match(/\d[\d.,/'’]*|[^\s\d]+/gu) ?? [];
  const words: string[] = [];
  for (const word of found) {
    const written = /^\d/.test(word) ? digitsOf(word) : matchKey(word);
    if (written === null) {
      return null;
    }
    words.push(...written.split(' ').filter((one) => one !== '' && !joining.has(one)));
  }
  return words;
}

function digitsOf(word: string): string | null {
  const bare = word.replace(/[.,]$/, '');
  if (/^\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?$/.test(bare)) {
    return bare.replaceAll(/[,'’]/g, '');
  }
  // Iranians part thousands with a point as well, and write a fraction after a slash.
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(bare)) {
    return bare.replaceAll('.', '');
  }
  return /^\d+(?:[./]\d+)?$/.test(bare) ? bare.replace('/', '.') : null;
}

interface Sum {
  total: number;
  /** What waits for a scale. */
  part: number;
  /** Of the last group; 1 before any. */
  scale: number;
  /** The last group itself: «دو هزار» in «دو هزار میلیارد». */
  group: number;
  /** What may still be added is smaller: after a hundred 100, after twenty 10, after five nothing. */
  room: number;
}

/**
 * `بیست و پنج هزار و سیصد`: what stands before a scale is multiplied by it, what follows is added and must be smaller. Null for several
 * numbers in a row: nobody who writes `2 3` means five.
 */
function sum(words: readonly string[]): number | null {
  let so: Sum | null = { total: 0, part: 0, scale: 1, group: 0, room: Infinity };
  for (const word of words) {
    so = so && (halves.has(word) ? addHalf(so) : (addNumber(so, word) ?? addScale(so, word)));
  }
  return so === null || (so.scale > 1 && so.part >= so.scale) ? null : so.total + so.part;
}

function addNumber(so: Sum, word: string): Sum | null {
  const isDigits = /^\d/.test(word);
  const value = isDigits ? Number(word) : ownNumber(ones, word);
  if (value === undefined || value >= so.room) {
    return null;
  }
  const room = isDigits || value < 20 ? 0 : value < 100 ? 10 : 100;
  return { ...so, part: so.part + value, room };
}

/** «یک میلیون و نیم» is half of the last scale; «یک و نیم» is half of one. */
function addHalf(so: Sum): Sum | null {
  const isHeard = so.part % 1 !== 0;
  if (isHeard) {
    return null;
  }
  return so.scale > 1 && so.room === Infinity
    ? { ...so, total: so.total + so.scale / 2, room: 0 }
    : { ...so, part: so.part + 0.5, room: 0 };
}

function addScale(so: Sum, word: string): Sum | null {
  const times = ownNumber(scales, word);
  if (times === undefined) {
    return null;
  }
  const isBare = so.room === Infinity;
  const part = isBare ? 1 : so.part;
  if (times === 100) {
    return so.part < 100 ? { ...so, part: part * 100, room: 100 } : null;
  }
  if (isBare && so.group > 0) {
    return scaledAgain(so, times);
  }
  return so.scale === 1 || times < so.scale ? inGroup(so, part * times, times) : null;
}

/** «دو هزار میلیارد»: two thousand of them. */
function scaledAgain(so: Sum, times: number): Sum | null {
  return so.scale < times ? inGroup({ ...so, total: so.total - so.group }, so.group * times, times) : null;
}

function inGroup(so: Sum, group: number, scale: number): Sum {
  return { total: so.total + group, part: 0, scale, group, room: Infinity };
}

function ownNumber(words: Record<string, number>, word: string): number | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
