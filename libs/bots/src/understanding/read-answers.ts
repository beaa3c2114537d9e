import { matchKey } from '#channels';
import { foldDigits } from './fold-digits.js';
import { readNumber } from './read-number.js';

const keys = (words: string): Set<string> =>
  new Set(words.split('|').map((word) => matchKey(word.trim()).replaceAll(' ', '')));

const yes = keys(
  `yes|y|yeah|yep|yup|sure|ok|okay|correct|right|true|of course|please do|بله|بلی|آره|اره|آری|اوکی|باشه|درست|درسته|درست است|صحیح|صحیح است|حتما|البته|بله لطفا|همینه|تایید|تأیید|تایید می‌کنم|موافقم|می‌خواهم`,
);
const no = keys(
  `no|n|nope|nah|wrong|false|not really|never|incorrect|نه|خیر|نخیر|نه خیر|نه ممنون|نه مرسی|نه متشکرم|خیر ممنون|غلط|غلطه|اشتباه|اشتباهه|اشتباه است|درست نیست|نادرست|نمی‌خواهم|هرگز|no thanks|no thank you`,
);
const polite = /(?:please|thanks|thank you|لطفا|ممنون|مرسی|متشکرم)$/u;

/** What a keypad and a sign say. */
const shortAnswers: Record<string, boolean> = { '1': true, '2': false, '0': false };

/** Yes, no, or null for anything else. On a keypad 1 is yes and 2 is no. */
export function readYesNo(text: string): boolean | null {
  const plain = foldDigits(text);
  const short = Object.hasOwn(shortAnswers, plain) ? shortAnswers[plain] : undefined;
  if (short !== undefined) {
    return short;
  }
  if (/^[👍👎]/u.test(plain)) {
    return plain.startsWith('👍');
  }
  const key = matchKey(plain);
  const forms = [key, key.replace(polite, '')].map((form) => form.replaceAll(' ', '')).filter((form) => form !== '');
  if (forms.some((form) => yes.has(form))) {
    return true;
  }
  return forms.some((form) => no.has(form)) ? false : null;
}

/** Words for the places of a scale, from its lower end to its upper one. */
const ratings: [RegExp, number][] = [
  [/^(?:very bad|terrible|awful|horrible|worst|very poor|خیلی بد|افتضاح|بسیار بد|خیلی ضعیف|بدترین|مزخرف)$/u, 0],
  [/^(?:bad|poor|not good|بد|ضعیف|خوب نبود|بد بود)$/u, 0.25],
  [/^(?:ok|okay|average|so so|fair|medium|not bad|متوسط|معمولی|بد نبود|ای بد نبود)$/u, 0.5],
  [/^(?:good|nice|satisfied|خوب|خوب بود|راضی|راضی بودم|راضی ام)$/u, 0.75],
  [
    /^(?:very good|excellent|great|perfect|awesome|best|amazing|very satisfied|عالی|عالی بود|خیلی خوب|خیلی خوب بود|بسیار خوب|بهترین|فوق العاده|خیلی راضی)$/u,
    1,
  ],
].map(([words, share]) => [foldedPattern(words as RegExp), share as number]);

function foldedPattern(words: RegExp): RegExp {
  const inside = words.source.slice('^(?:'.length, -')$'.length);
  return new RegExp(`^(?:${inside.split('|').map(matchKey).join('|')})$`, 'u');
}

/** A score between `min` and `max`, as a number, a word, or a row of stars; null for anything else. */
export function readRating(text: string, min: number, max: number): number | null {
  const stars = /^(?:[\s⭐🌟★]|\u{fe0f})+$/u.test(text)
    ? Array.from(text).filter((sign) => '⭐🌟★'.includes(sign)).length
    : null;
  const number =
    stars ??
    readNumber(
      foldDigits(text)
        .replace(/\s*(?:\/|out of|از)\s*\d{1,3}$/iu, '')
        .replace(/\s*(?:stars?|ستاره)$/iu, ''),
    );
  if (number !== null) {
    return Number.isInteger(number) && number >= min && number <= max ? number : null;
  }
  const key = matchKey(text);
  const share = ratings.find(([words]) => words.test(key))?.[1];
  return share === undefined ? null : Math.round(min + share * (max - min));
}

/**
 * Whether ten digits are an Iranian national id: the last one is made of the others. Ids of the old registries begin with zeros, and
 * are written with eight or nine digits by some.
 */
export function readNationalId(text: string): string | null {
  const digits = foldDigits(text).replaceAll(/[\s\-–.]/gu, '');
  if (!/^\d{8,10}$/.test(digits)) {
    return null;
  }
  const id = digits.padStart(10, '0');
  const sum = Array.from(id.slice(0, 9)).reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const rest = sum % 11;
  const check = rest < 2 ? rest : 11 - rest;
  return !/^(\d)\1{9}$/.test(id) && check === Number(id[9]) ? id : null;
}

/** The number of an order: letters and digits, alone or in a sentence that has no other such word. Upper case, without the sign of a number. */
export function readOrderNumber(text: string): string | null {
  const words = foldDigits(text)
    .replaceAll(/[#№،؛,;:؟?!"«»()]/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[-./]+|[-./]+$/gu, ''))
    .filter((word) => /^(?=.*\d)[A-Z0-9](?:[A-Z0-9/_-]{0,28}[A-Z0-9])?$/iu.test(word));
  const [only] = words;
  return words.length === 1 && only !== undefined ? only.toUpperCase() : joined(text);
}

/** `۱۲۳ ۴۵۶`: digits that were parted to be read. */
function joined(text: string): string | null {
  const digits = foldDigits(text).replace(/^#/u, '');
  return /^\d{1,6}(?:[ ]\d{1,6}){1,7}$/.test(digits) ? digits.replaceAll(' ', '') : null;
}
