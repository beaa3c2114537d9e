import type { SpokenValue } from '../engine/types/bot-say.js';

/** Where the recordings of numbers and dates lie among a script's assets. */
export const numberFolder = 'numbers/fa';

const scales = ['', 'thousand', 'million', 'billion'];
/** Twelve digits are read as a number; a longer one digit by digit, since nobody listens to it as a sum. */
const mostDigits = 12;

/**
 * The names of the recordings that read a value in Persian, in the order in which they are played.
 *
 * No provider that Peyk knows speaks Persian from text, so numbers, sums and Jalali dates are put together from the recordings of
 * `persianPromptNames`. A value that cannot be read so has none.
 */
export function persianPrompts({ kind, value, currency }: SpokenValue): string[] {
  const prompts = kind === 'money' ? withUnit(numberPrompts(value), currency) : readers[kind](value);
  return prompts.map((name) => `${numberFolder}/${name}.wav`);
}

/** Every recording that Persian values may need, to be made once and used by all scripts. */
export function persianPromptNames(): string[] {
  const digits = Array.from({ length: 20 }, (_, number) => String(number));
  const tens = [20, 30, 40, 50, 60, 70, 80, 90].map(String);
  const hundreds = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((hundred) => String(hundred * 100));
  const days = Array.from({ length: 31 }, (_, day) => `day-${String(day + 1)}`);
  const months = Array.from({ length: 12 }, (_, month) => `month-${String(month + 1)}`);
  const words = ['and', 'minus', 'point', 'toman', 'rial', ...scales.slice(1)];
  return [...digits, ...tens, ...hundreds, ...words, ...days, ...months].map((name) => `${numberFolder}/${name}.wav`);
}

const readers: Record<Exclude<SpokenValue['kind'], 'money'>, (value: string) => string[]> = {
  digits: digitByDigit,
  number: numberPrompts,
  // The recordings name the months of the Persian calendar only.
  date: () => [],
  date_jalali: datePrompts,
};

function digitByDigit(value: string): string[] {
  return value.match(/\d/gu) ?? [];
}

const units: Record<string, string> = { IRT: 'toman', IRR: 'rial' };

/** A sum without its unit would be taken for tomans; a currency that nobody recorded is left to the sentence around it. */
function withUnit(prompts: string[], currency = 'IRT'): string[] {
  const unit = units[currency];
  return prompts.length === 0 || unit === undefined ? prompts : [...prompts, unit];
}

function numberPrompts(value: string): string[] {
  const parts = /^(-?)0*(\d+)(?:\.(\d+))?$/u.exec(value);
  if (parts === null) {
    return [];
  }
  const [, sign, whole = '', fraction] = parts;
  const body = whole.length > mostDigits ? digitByDigit(whole) : wholePrompts(whole);
  return [
    ...(sign === '-' ? ['minus'] : []),
    ...body,
    ...(fraction === undefined ? [] : ['point', ...digitByDigit(fraction)]),
  ];
}

/** Groups of three from the left, each with its scale, joined by "and": هزار و دویست و پنج. */
function wholePrompts(digits: string): string[] {
  if (Number(digits) === 0) {
    return ['0'];
  }
  const count = Math.ceil(digits.length / 3);
  const padded = digits.padStart(count * 3, '0');
  const groups = Array.from({ length: count }, (_, index) => ({
    value: Number(padded.slice(index * 3, index * 3 + 3)),
    scale: scales[count - 1 - index] ?? '',
  }));
  return joined(groups.filter(({ value }) => value > 0).map(groupPrompts));
}

function groupPrompts({ value, scale }: { value: number; scale: string }): string[] {
  // A bare thousand is said without its one: هزار, not یک هزار. A million keeps it.
  const words = value === 1 && scale === 'thousand' ? [] : joined(belowThousand(value).map((name) => [name]));
  return scale === '' ? words : [...words, scale];
}

function belowThousand(value: number): string[] {
  const hundreds = value - (value % 100);
  const rest = value % 100;
  const tens = rest < 20 ? [rest] : [rest - (rest % 10), rest % 10];
  return [hundreds, ...tens].filter((part) => part > 0).map(String);
}

function joined(groups: string[][]): string[] {
  return groups.flatMap((group, index) => (index === 0 ? group : ['and', ...group]));
}

/** A Jalali date `1405-01-05`: its day, month and year. */
function datePrompts(value: string): string[] {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/u.exec(value);
  if (parts === null) {
    return [];
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDate ? [`day-${String(day)}`, `month-${String(month)}`, ...wholePrompts(String(year))] : [];
}
