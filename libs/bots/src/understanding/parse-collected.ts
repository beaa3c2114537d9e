import { DateTime } from 'luxon';
import { normaliseEmail, normalisePhone } from '#channels';
import type { CollectType, NodeOf } from '../script/nodes.js';
import { fitsPattern } from '../script/safe-pattern.js';
import { defaultCurrency } from '../script/script.js';
import { scriptLimits, type Locale } from '../script/terms.js';
import { foldDigits } from './fold-digits.js';
import { readNationalId, readOrderNumber, readRating, readYesNo } from './read-answers.js';
import { readDate } from './read-date.js';
import { readMoney } from './read-money.js';
import { readNumber } from './read-number.js';

export interface CollectWorld {
  locale: Locale;
  /** Milliseconds since 1970. */
  now: number;
  /** IANA name of the zone in which `today` is meant. */
  zone: string;
  /** Of the script. */
  currency?: string;
  /** ISO 3166: whose national numbers are understood; IR where nothing is said. */
  country?: string;
}

export type CollectLimits = Partial<Pick<NodeOf<'collect'>, 'pattern' | 'min' | 'max' | 'currency'>>;

/** Texts and digits as a text, numbers and money as a number, days as `YYYY-MM-DD`, phones as E.164, yes and no as a boolean. */
export type CollectedValue = string | number | boolean;

/** Why an answer is none: what it should have been, or which bound it breaks. */
export type CollectMiss =
  | 'empty'
  | 'too_long'
  | 'too_short'
  | 'too_small'
  | 'too_large'
  | 'pattern'
  | 'digits'
  | 'number'
  | 'money'
  | 'currency'
  | 'phone'
  | 'email'
  | 'date'
  | 'national_id'
  | 'order_no'
  | 'yes_no'
  | 'rating';

export type Collected = { value: CollectedValue } | { miss: CollectMiss };

/** Reads an answer as what was asked for, in Persian or English. Deterministic: `today` is the day of `world.now` in its zone. */
export function parseCollected(
  type: CollectType,
  text: string,
  world: CollectWorld,
  limits: CollectLimits = {},
): Collected {
  const said = text.trim();
  if (said === '') {
    return { miss: 'empty' };
  }
  if (said.length > scriptLimits.text) {
    return { miss: 'too_long' };
  }
  const read = readers[type](said, world, limits);
  if ('miss' in read) {
    return read;
  }
  const broken = brokenBound(type, read.value, world, limits) ?? brokenPattern(read.value, limits.pattern);
  return broken === null ? read : { miss: broken };
}

type Reader = (text: string, world: CollectWorld, limits: CollectLimits) => Collected;

function orMiss(value: CollectedValue | null, miss: CollectMiss): Collected {
  return value === null ? { miss } : { value };
}

const readers: Record<CollectType, Reader> = {
  text: (text) => ({ value: text }),
  digits: (text) => {
    const digits = foldDigits(text).replaceAll(/[\s\-–().#]/gu, '');
    return orMiss(/^\d{1,64}$/.test(digits) ? digits : null, 'digits');
  },
  number: (text) => orMiss(readNumber(text), 'number'),
  money: (text, world, limits) => {
    const amount = readMoney(text, limits.currency ?? world.currency ?? defaultCurrency);
    return amount === 'currency' ? { miss: 'currency' } : orMiss(amount, 'money');
  },
  phone: (text, { country = 'IR' }) => {
    const phone = normalisePhone(text, country);
    return orMiss(phone?.kind === 'phone' ? phone.e164 : null, 'phone');
  },
  email: (text) => orMiss(emailIn(text), 'email'),
  date: (text, world) =>
    orMiss(readDate(text, dateWorld(world, world.locale === 'fa' ? 'jalali' : 'gregorian')), 'date'),
  date_jalali: (text, world) => orMiss(readDate(text, dateWorld(world, 'jalali')), 'date'),
  national_id_ir: (text) => orMiss(readNationalId(text), 'national_id'),
  order_no: (text) => orMiss(readOrderNumber(text), 'order_no'),
  yes_no: (text) => orMiss(readYesNo(text), 'yes_no'),
  rating: (text, _, { min, max }) =>
    orMiss(readRating(text, typeof min === 'number' ? min : 1, typeof max === 'number' ? max : 5), 'rating'),
};

function dateWorld({ now, zone }: CollectWorld, calendar: 'jalali' | 'gregorian'): Parameters<typeof readDate>[1] {
  return { now, zone, calendar };
}

/** The address in an answer: alone, or the only one in a short sentence. */
function emailIn(text: string): string | null {
  const words = foldDigits(text)
    .replaceAll(/[<>،,;؛()"«»]|mailto:/giu, ' ')
    .split(/\s+/u)
    .filter((word) => word.includes('@'))
    .map((word) => word.replace(/[.!?؟]+$/u, ''));
  const [only] = words;
  return words.length === 1 && only !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$/u.test(only)
    ? normaliseEmail(only)
    : null;
}

/** Numbers and days by their size; texts and digits by their length. */
function brokenBound(
  type: CollectType,
  value: CollectedValue,
  world: CollectWorld,
  { min, max }: CollectLimits,
): CollectMiss | null {
  if (type === 'rating' || type === 'yes_no') {
    return null;
  }
  const isDate = type === 'date' || type === 'date_jalali';
  if (typeof value === 'string' && !isDate) {
    return outside(Array.from(value).length, min, max, ['too_short', 'too_long']);
  }
  return outside(value, dayOf(min, world), dayOf(max, world), ['too_small', 'too_large']);
}

function dayOf(bound: string | number | undefined, { now, zone }: CollectWorld): string | number | undefined {
  return bound === 'today' ? (DateTime.fromMillis(now, { zone }).toISODate() ?? undefined) : bound;
}

function outside(
  value: CollectedValue,
  min: string | number | undefined,
  max: string | number | undefined,
  [below, above]: [CollectMiss, CollectMiss],
): CollectMiss | null {
  if (typeof min === typeof value && min !== undefined && value < min) {
    return below;
  }
  return typeof max === typeof value && max !== undefined && value > max ? above : null;
}

function brokenPattern(value: CollectedValue, pattern: string | undefined): CollectMiss | null {
  return pattern === undefined || fitsPattern(pattern, foldDigits(String(value))) ? null : 'pattern';
}
