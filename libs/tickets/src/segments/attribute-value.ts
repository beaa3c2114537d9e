import { isValidJalaaliDate, toGregorian } from 'jalaali-js';
import { matchKey, storableText } from '#channels';
import { foldValue } from './fold-value.js';

/** What a value of an attribute can be. A region is a choice that reports and segments may ask for by its kind. */
export type AttributeKind = 'text' | 'number' | 'date' | 'birthday' | 'choice' | 'choices' | 'region' | 'yes_no';

export interface AttributeChoice {
  /** What is stored. */
  value: string;
  name: { en?: string; fa?: string };
  /** Nothing gets this value any more. */
  retired?: boolean;
}

/** What may be known of a customer. */
export interface Attribute {
  key: string;
  kind: AttributeKind;
  choices: readonly AttributeChoice[];
}

export type AttributeValue = string | number | boolean | string[];

export type ValueFault = 'not_a_number' | 'not_a_date' | 'not_yes_or_no' | 'not_a_choice' | 'too_long' | 'not_a_text';

export type ReadValue = { value: AttributeValue | null } | { fault: ValueFault };

/**
 * A value as it is stored, from what a program sent or somebody wrote: Persian digits, thousands and decimal signs of both languages,
 * days of both calendars, choices by their names. Nothing at all (null, an empty text) takes a value away.
 */
export function readAttributeValue(attribute: Attribute, written: unknown): ReadValue {
  const isNothing = written === null || written === undefined || (typeof written === 'string' && written.trim() === '');
  return isNothing ? { value: null } : readers[attribute.kind](written, attribute);
}

const readers: Record<AttributeKind, (written: unknown, attribute: Attribute) => ReadValue> = {
  text: readText,
  number: (written) => finite(readNumber(written)),
  date: readDay,
  birthday: readDay,
  yes_no: readYesNo,
  choice: readChoice,
  region: readChoice,
  choices: readChoices,
};

const longest = 500;

function readText(written: unknown): ReadValue {
  if (typeof written !== 'string') {
    return { fault: 'not_a_text' };
  }
  const text = storableText(written).trim();
  return text.length > longest ? { fault: 'too_long' } : { value: text === '' ? null : text };
}

/** Commas between groups of three, or of two where people count in lakhs. */
const inGroups = /^[-+]?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/u;
const inDottedGroups = /^[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,}$/u;
const withDecimalComma = /^([-+]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)),(\d+)$/u;

/**
 * A number as people write it in either language, or in those that write 12,50 for twelve and a half; null for what is none. A comma
 * before exactly three digits parts thousands, so 12,345 is twelve thousand; one that stands where no thousands end is a decimal comma.
 */
export function readNumber(written: unknown): number | null {
  if (typeof written === 'number') {
    return written;
  }
  const text = typeof written === 'string' ? foldValue(written) : '';
  const bare = text
    .replace(/[\s\u200e\u200f\u066c'’_]/gu, '')
    .replaceAll('،', ',')
    .replace(/[٫/]/u, '.');
  const plain = placePoint(bare);
  return /^[-+]?\d+(\.\d+)?$/u.test(plain) ? Number(plain) : null;
}

/** The same number with a point before its decimals and nothing between its thousands. */
function placePoint(bare: string): string {
  if (inGroups.test(bare)) {
    return bare.replaceAll(',', '');
  }
  if (inDottedGroups.test(bare)) {
    return bare.replaceAll('.', '');
  }
  const [, whole, decimals] = withDecimalComma.exec(bare) ?? [];
  return whole === undefined ? bare : `${whole.replaceAll('.', '')}.${decimals ?? ''}`;
}

function finite(value: number | null): ReadValue {
  return value !== null && Number.isFinite(value) ? { value } : { fault: 'not_a_number' };
}

function readDay(written: unknown): ReadValue {
  const value = typeof written === 'string' ? readDayText(written) : null;
  return value === null ? { fault: 'not_a_date' } : { value };
}

const dayShape = /^(\d{1,4})[-/.\s](\d{1,2})[-/.\s](\d{1,4})(?:[t\s].*)?$/u;

/**
 * A day as YYYY-MM-DD of the Gregorian calendar; null for what is none. A year below 1700 is Jalali. The year stands first or last; where
 * it is last the day is first, as in Persian and in most of the world.
 */
export function readDayText(written: string): string | null {
  const parts = dayShape.exec(foldValue(written.trim().replace(/[\u200e\u200f]/gu, '')));
  if (!parts) {
    return null;
  }
  const [first, month, last] = [parts[1], parts[2], parts[3]].map(Number) as [number, number, number];
  const [year, day] = first > 31 ? [first, last] : [last, first];
  if (year < 1200 || year > 2200) {
    return null;
  }
  return year < 1700 ? fromJalali(year, month, day) : fromGregorian(year, month, day);
}

function fromJalali(year: number, month: number, day: number): string | null {
  if (!isValidJalaaliDate(year, month, day)) {
    return null;
  }
  const { gy, gm, gd } = toGregorian(year, month, day);
  return fromGregorian(gy, gm, gd);
}

function fromGregorian(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

const yes = new Set(['yes', 'y', 'true', '1', 'on', 'بله', 'بلی', 'اری', 'دارد', 'هست', 'درست', 'فعال']);
const no = new Set(['no', 'n', 'false', '0', 'off', 'خیر', 'نه', 'ندارد', 'نیست', 'نادرست', 'غیرفعال', 'غیر فعال']);

function readYesNo(written: unknown): ReadValue {
  if (typeof written === 'boolean') {
    return { value: written };
  }
  const text = typeof written === 'string' || typeof written === 'number' ? matchKey(String(written)) : '';
  return yes.has(text) ? { value: true } : no.has(text) ? { value: false } : { fault: 'not_yes_or_no' };
}

function readChoice(written: unknown, { choices }: Attribute): ReadValue {
  if (typeof written !== 'string') {
    return { fault: 'not_a_choice' };
  }
  const wanted = matchKey(written);
  const found = choices.find(({ value, name }) =>
    [value, name.en ?? '', name.fa ?? ''].some((one) => one !== '' && (one === written || matchKey(one) === wanted)),
  );
  return found && found.retired !== true ? { value: found.value } : { fault: 'not_a_choice' };
}

function readChoices(written: unknown, attribute: Attribute): ReadValue {
  const wanted = Array.isArray(written) ? (written as unknown[]) : String(written).split(/[,;،؛|\n]/u);
  const read = wanted
    .filter((one) => typeof one !== 'string' || one.trim() !== '')
    .map((one) => readChoice(one, attribute));
  const found = read.flatMap((one) => ('value' in one && typeof one.value === 'string' ? [one.value] : []));
  if (found.length < read.length) {
    return { fault: 'not_a_choice' };
  }
  return { value: found.length === 0 ? null : [...new Set(found)].toSorted() };
}
