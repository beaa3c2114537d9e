import type { Locale, Message } from '../../script/terms.js';

/** Sentences that the engine says where a script has none; their recordings for the phone lie among the assets under `built_in/`. */
const texts = {
  not_understood: { en: 'Sorry, I did not understand that.', fa: 'متوجه نشدم.' },
  nothing_heard: { en: 'Sorry, I did not hear anything.', fa: 'صدایی نشنیدم.' },
  old_menu: {
    en: 'That menu is no longer current. Please choose here:',
    fa: 'آن فهرست دیگر معتبر نیست. لطفاً از این‌جا انتخاب کنید:',
  },
  did_you_mean: { en: 'Did you mean one of these?', fa: 'منظورتان یکی از این‌هاست؟' },
  neither: { en: 'None of these', fa: 'هیچ‌کدام' },
  yes: { en: 'Yes', fa: 'بله' },
  no: { en: 'No', fa: 'خیر' },
  to_person: {
    en: 'I am passing this on to a colleague, who will answer you here.',
    fa: 'پیام شما را به همکارانم می‌سپارم تا همین‌جا پاسخ دهند.',
  },
  goodbye: {
    en: 'All right, I will stop here. Write again whenever you like.',
    fa: 'بسیار خب، همین‌جا تمام می‌کنم. هر وقت خواستید دوباره بنویسید.',
  },
  try_again: { en: 'Let us try again.', fa: 'دوباره امتحان کنیم.' },
} satisfies Record<string, Record<Locale, string>>;

export type BuiltInText = keyof typeof texts;

export function builtInText(name: BuiltInText, locale: Locale): string {
  return texts[name][locale];
}

export function builtInMessage(name: BuiltInText): Message {
  return { text: texts[name], audio: { fa: `built_in/${name}.fa.wav` } };
}

/** The recordings that the engine's own sentences need on a Persian phone line. */
export function builtInPromptNames(): string[] {
  return Object.keys(texts).map((name) => `built_in/${name}.fa.wav`);
}

/** What is to be read aloud in the recording of that name; null for a name that is none of these. */
export function builtInPromptText(name: string): string | null {
  const [, key = ''] = /^built_in\/(\w+)\.fa\.wav$/u.exec(name) ?? [];
  return Object.hasOwn(texts, key) ? texts[key as BuiltInText].fa : null;
}
