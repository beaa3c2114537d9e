import type { ScriptProblem } from './problem.js';
import type { Locale } from './terms.js';

type Words = Record<Locale, string>;

export const languageNames: Record<string, Words> = {
  en: { en: 'English', fa: 'انگلیسی' },
  fa: { en: 'Persian', fa: 'فارسی' },
};

/** The parts of a script as people call them; the last one that a path names says what a problem is about. */
const parts: Record<string, Words> = {
  text: { en: 'text', fa: 'متن' },
  short: { en: 'short wording', fa: 'متن کوتاه' },
  speech: { en: 'spoken wording', fa: 'متن گفتاری' },
  label: { en: 'label', fa: 'برچسب' },
  title: { en: 'title', fa: 'عنوان' },
  audio: { en: 'recording', fa: 'صدا' },
};

/** Texts of a node besides its first one, by the key that they stand under. */
const corners: Record<string, Words> = {
  noMatch: { en: 'after a wrong answer', fa: 'پس از پاسخ نادرست' },
  noInput: { en: 'after silence', fa: 'پس از سکوت' },
  confirm: { en: 'asking for confirmation', fa: 'هنگام تأیید' },
  filler: { en: 'while waiting', fa: 'هنگام انتظار' },
};

const rooms: Record<string, Words> = {
  nodes: { en: 'Node “{name}”', fa: 'گره «{name}»' },
  intents: { en: 'Intent “{name}”', fa: 'منظور «{name}»' },
  vars: { en: 'Variable “{name}”', fa: 'متغیر «{name}»' },
  start: { en: 'Start', fa: 'آغاز' },
  fallback: { en: 'Fallback', fa: 'راه چاره' },
  title: { en: 'Title', fa: 'عنوان' },
  limits: { en: 'Limits', fa: 'محدودیت‌ها' },
};

/** Where a problem is, as a person would say it: `Node “menu”, option “track”`. Empty for the script as a whole. */
export function placeOf({ path, values }: ScriptProblem, locale: Locale): string {
  const [room, name] = path;
  const words = typeof room === 'string' && Object.hasOwn(rooms, room) ? rooms[room]?.[locale] : undefined;
  if (words === undefined) {
    return '';
  }
  const option = values['option'];
  const corner = cornerOf(path)?.[locale];
  const optionWords = locale === 'fa' ? 'گزینهٔ «{name}»' : 'option “{name}”';
  return [
    words.replace('{name}', () => String(name ?? '')),
    ...(option === undefined ? [] : [optionWords.replace('{name}', () => String(option))]),
    ...(corner === undefined ? [] : [corner]),
  ].join(locale === 'fa' ? '، ' : ', ');
}

function cornerOf(path: ScriptProblem['path']): Words | undefined {
  const key = path.find((part) => typeof part === 'string' && Object.hasOwn(corners, part));
  return key === undefined ? undefined : corners[key];
}

/** What a problem is about: the label, the text, the recording. */
export function partOf({ path }: ScriptProblem, locale: Locale): string {
  const key = path.findLast((part) => typeof part === 'string' && Object.hasOwn(parts, part)) ?? 'text';
  return (parts[key] ?? { en: 'text', fa: 'متن' })[locale];
}
