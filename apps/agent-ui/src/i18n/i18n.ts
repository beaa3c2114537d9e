import i18next, { type i18n } from 'i18next';
import { learnHubWords } from './hub-words.js';
import { isolate } from './isolate.js';

export type Locale = 'en' | 'fa';
export const locales: readonly Locale[] = ['en', 'fa'];

type Texts = Record<string, unknown>;

/** A reader fetches the texts of one language; the other comes with a chunk of its own when they switch. */
const texts: Record<Locale, () => Promise<Texts>> = {
  en: async () => (await import('./en.json')).default,
  fa: async () => (await import('./fa.json')).default,
};

/** Texts that come with what needs them: what only those read who set up channels, and what is said of work and who does it. */
type TextPart = 'channels' | 'routing';
const partTexts: Record<TextPart, Record<Locale, () => Promise<Texts>>> = {
  channels: {
    en: async () => (await import('./channels.en.json')).default,
    fa: async () => (await import('./channels.fa.json')).default,
  },
  routing: {
    en: async () => (await import('./routing.en.json')).default,
    fa: async () => (await import('./routing.fa.json')).default,
  },
};
const wanted = new WeakMap<i18n, Set<TextPart>>();

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'fa' ? 'rtl' : 'ltr';
}

/**
 * Makes the translator. `escapeValue` stays on because `escape` is where values are isolated: React escapes markup
 * itself, but nothing else keeps a Persian name from turning an English sentence around.
 */
export function createTranslator(): i18n {
  const translator = i18next.createInstance();
  void translator.init({
    lng: 'en',
    fallbackLng: false,
    resources: {},
    initAsync: false,
    interpolation: { escapeValue: true, escape: isolate },
  });
  return translator;
}

export async function speak(translator: i18n, locale: Locale): Promise<void> {
  if (!translator.hasResourceBundle(locale, 'translation')) {
    translator.addResourceBundle(locale, 'translation', await texts[locale]());
  }
  await Promise.all([...(wanted.get(translator) ?? [])].map((part) => addPart(translator, part, locale)));
  await Promise.all([learnHubWords(locale), translator.changeLanguage(locale)]);
}

/** Whether a part's texts are there to be shown. */
export function knowsPart(translator: i18n, part: TextPart): boolean {
  return translator.exists(part === 'channels' ? 'mailbox.check' : 'offer.label');
}

/** Learns a part's texts, in this language and in every one that is spoken later. */
export async function learnPart(translator: i18n, part: TextPart): Promise<void> {
  wanted.set(translator, new Set(wanted.get(translator)).add(part));
  await addPart(translator, part, translator.language as Locale);
}

/** Whether the texts of the channels' settings are there to be shown. */
export function knowsChannels(translator: i18n): boolean {
  return knowsPart(translator, 'channels');
}

/** Learns those texts, in this language and in every one that is spoken later. */
export function learnChannels(translator: i18n): Promise<void> {
  return learnPart(translator, 'channels');
}

async function addPart(translator: i18n, part: TextPart, locale: Locale): Promise<void> {
  translator.addResourceBundle(locale, 'translation', await partTexts[part][locale](), true);
}
