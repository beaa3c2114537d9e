import { filterNames } from '../templates/read-template.js';
import { languageNames, partOf, placeOf } from './problem-place.js';
import { englishProblems, type ProblemCode } from './problem-words-en.js';
import { persianProblems } from './problem-words-fa.js';
import type { ScriptProblem } from './problem.js';
import type { Locale } from './terms.js';

const kinds: Record<string, Record<Locale, string>> = {
  text: { en: 'a text', fa: 'متن' },
  number: { en: 'a number', fa: 'عدد' },
  whole_number: { en: 'a whole number', fa: 'عدد صحیح' },
  yes_no: { en: 'true or false', fa: 'true یا false' },
  list: { en: 'a list: lines that begin with “- ”', fa: 'فهرست (سطرهایی که با «- » آغاز می‌شوند)' },
  group: { en: 'a group of indented lines', fa: 'چند سطر تورفته' },
};

/**
 * A problem in words that somebody who does not program can act upon: where it is, what is wrong, what to do. The line and column are
 * not in it.
 */
export function problemText(problem: ScriptProblem, locale: Locale): string {
  const place = placeOf(problem, locale);
  const words = fill(templateOf(problem, locale), problem, locale);
  return place === '' ? words : `${place}: ${locale === 'en' ? lowerFirst(words) : words}`;
}

function templateOf({ code, values }: ScriptProblem, locale: Locale): string {
  const texts = locale === 'fa' ? persianProblems : englishProblems;
  const special = `${code}_${String(values['key'])}`;
  return ownText(texts, special) ?? ownText(texts, code) ?? code;
}

function ownText(texts: Record<ProblemCode, string>, code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code as ProblemCode] : undefined;
}

function fill(template: string, problem: ScriptProblem, locale: Locale): string {
  const { values } = problem;
  const language = languageNames[String(values['locale'] ?? '')]?.[locale];
  const expected = kinds[String(values['expected'] ?? '')]?.[locale];
  const all: Record<string, string | number> = {
    ...values,
    what: partOf(problem, locale),
    filters: filterNames.join(', '),
    ...(language !== undefined && { language }),
    ...(expected !== undefined && { expected }),
  };
  return template.replaceAll(/\{([a-z]+)\}/giu, (whole, name: string) =>
    Object.hasOwn(all, name) ? shown(all[name] ?? '', locale) : whole,
  );
}

function shown(value: string | number, locale: Locale): string {
  return typeof value === 'number' ? new Intl.NumberFormat(locale, { useGrouping: false }).format(value) : value;
}

/** Names of keys, quotes and acronyms keep their letters. */
function lowerFirst(words: string): string {
  return /^[A-Z][a-z ]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
