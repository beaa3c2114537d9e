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

/** What only those read who set up channels. */
const channelTexts: Record<Locale, () => Promise<Texts>> = {
  en: async () => (await import('./channels.en.json')).default,
  fa: async () => (await import('./channels.fa.json')).default,
};
const withChannels = new WeakSet<i18n>();

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
  if (withChannels.has(translator)) {
    await addChannelTexts(translator, locale);
  }
  await Promise.all([learnHubWords(locale), translator.changeLanguage(locale)]);
}

/** Whether the texts of the channels' settings are there to be shown. */
export function knowsChannels(translator: i18n): boolean {
  return translator.exists('mailbox.check');
}

/** Learns those texts, in this language and in every one that is spoken later. */
export async function learnChannels(translator: i18n): Promise<void> {
  withChannels.add(translator);
  await addChannelTexts(translator, translator.language as Locale);
}

async function addChannelTexts(translator: i18n, locale: Locale): Promise<void> {
  translator.addResourceBundle(locale, 'translation', await channelTexts[locale](), true);
}
