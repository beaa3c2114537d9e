import i18next, { type i18n } from 'i18next';
import { learnHubWords } from './hub-words.js';
import { readersTag } from './intl-tag.js';
import { isolate } from './isolate.js';

export type Locale = 'en' | 'fa';
export const locales: readonly Locale[] = ['en', 'fa'];

type Texts = Record<string, unknown>;

/** A reader fetches the texts of one language; the other comes with a chunk of its own when they switch. */
const texts: Record<Locale, () => Promise<Texts>> = {
  en: async () => (await import('./en.json')).default,
  fa: async () => (await import('./fa.json')).default,
};

/** Texts that come with what needs them, e.g. what only those read who set up channels; each with a key by which it is known to be there. */
const knownBy = {
  alerts: 'alerts.bell',
  search: 'search.label',
  customers: 'customers.title',
  views: 'views.title',
  monitor: 'monitor.title',
  steering: 'steering.title',
  bulk: 'bulk.label',
  reports: 'reports.title',
  quality: 'quality.title',
  acts: 'acts.customer.merged',
  start: 'start.title',
  accounts: 'accounts.forgot',
  oidc: 'oidc.title',
  channels: 'mailbox.check',
  tickets: 'kin.label',
  routing: 'offer.label',
  replies: 'kept.title',
  sending: 'attempts.label',
  reading: 'reading.label',
  rules: 'rule.add',
  scripts: 'script.add',
  bots: 'bot.label',
  surveys: 'survey.add',
  segments: 'segment.add',
  history: 'history.title',
  outreach: 'outreach.add',
  properties: 'props.label',
  phone: 'callCard.label',
  callSources: 'records.title',
  keys: 'keys.title',
  mine: 'mine.title',
  roles: 'roles.title',
  dates: 'dates.pick',
  system: 'system.title',
  brand: 'brand.title',
  privacy: 'privacy.title',
};
export type TextPart = keyof typeof knownBy;
const partTexts: Record<TextPart, Record<Locale, () => Promise<Texts>>> = {
  reading: {
    en: async () => (await import('./reading.en.json')).default,
    fa: async () => (await import('./reading.fa.json')).default,
  },
  accounts: {
    en: async () => (await import('./accounts.en.json')).default,
    fa: async () => (await import('./accounts.fa.json')).default,
  },
  oidc: {
    en: async () => (await import('./oidc.en.json')).default,
    fa: async () => (await import('./oidc.fa.json')).default,
  },
  system: {
    en: async () => (await import('./system.en.json')).default,
    fa: async () => (await import('./system.fa.json')).default,
  },
  brand: {
    en: async () => (await import('./brand.en.json')).default,
    fa: async () => (await import('./brand.fa.json')).default,
  },
  privacy: {
    en: async () => (await import('./privacy.en.json')).default,
    fa: async () => (await import('./privacy.fa.json')).default,
  },
  start: {
    en: async () => (await import('./start.en.json')).default,
    fa: async () => (await import('./start.fa.json')).default,
  },
  alerts: {
    en: async () => (await import('./alerts.en.json')).default,
    fa: async () => (await import('./alerts.fa.json')).default,
  },
  acts: {
    en: async () => (await import('./acts.en.json')).default,
    fa: async () => (await import('./acts.fa.json')).default,
  },
  quality: {
    en: async () => (await import('./quality.en.json')).default,
    fa: async () => (await import('./quality.fa.json')).default,
  },
  reports: {
    en: async () => (await import('./reports.en.json')).default,
    fa: async () => (await import('./reports.fa.json')).default,
  },
  bulk: {
    en: async () => (await import('./bulk.en.json')).default,
    fa: async () => (await import('./bulk.fa.json')).default,
  },
  views: {
    en: async () => (await import('./views.en.json')).default,
    fa: async () => (await import('./views.fa.json')).default,
  },
  monitor: {
    en: async () => (await import('./monitor.en.json')).default,
    fa: async () => (await import('./monitor.fa.json')).default,
  },
  steering: {
    en: async () => (await import('./steering.en.json')).default,
    fa: async () => (await import('./steering.fa.json')).default,
  },
  customers: {
    en: async () => (await import('./customers.en.json')).default,
    fa: async () => (await import('./customers.fa.json')).default,
  },
  search: {
    en: async () => (await import('./search.en.json')).default,
    fa: async () => (await import('./search.fa.json')).default,
  },
  channels: {
    en: async () => (await import('./channels.en.json')).default,
    fa: async () => (await import('./channels.fa.json')).default,
  },
  properties: {
    en: async () => (await import('./properties.en.json')).default,
    fa: async () => (await import('./properties.fa.json')).default,
  },
  routing: {
    en: async () => (await import('./routing.en.json')).default,
    fa: async () => (await import('./routing.fa.json')).default,
  },
  rules: {
    en: async () => (await import('./rules.en.json')).default,
    fa: async () => (await import('./rules.fa.json')).default,
  },
  scripts: {
    en: async () => (await import('./scripts.en.json')).default,
    fa: async () => (await import('./scripts.fa.json')).default,
  },
  bots: {
    en: async () => (await import('./bots.en.json')).default,
    fa: async () => (await import('./bots.fa.json')).default,
  },
  history: {
    en: async () => (await import('./history.en.json')).default,
    fa: async () => (await import('./history.fa.json')).default,
  },
  segments: {
    en: async () => (await import('./segments.en.json')).default,
    fa: async () => (await import('./segments.fa.json')).default,
  },
  surveys: {
    en: async () => (await import('./surveys.en.json')).default,
    fa: async () => (await import('./surveys.fa.json')).default,
  },
  outreach: {
    en: async () => (await import('./outreach.en.json')).default,
    fa: async () => (await import('./outreach.fa.json')).default,
  },
  tickets: {
    en: async () => (await import('./tickets.en.json')).default,
    fa: async () => (await import('./tickets.fa.json')).default,
  },
  callSources: {
    en: async () => (await import('./call-sources.en.json')).default,
    fa: async () => (await import('./call-sources.fa.json')).default,
  },
  phone: {
    en: async () => (await import('./phone.en.json')).default,
    fa: async () => (await import('./phone.fa.json')).default,
  },
  keys: {
    en: async () => (await import('./keys.en.json')).default,
    fa: async () => (await import('./keys.fa.json')).default,
  },
  dates: {
    en: async () => (await import('./dates.en.json')).default,
    fa: async () => (await import('./dates.fa.json')).default,
  },
  roles: {
    en: async () => (await import('./roles.en.json')).default,
    fa: async () => (await import('./roles.fa.json')).default,
  },
  mine: {
    en: async () => (await import('./mine.en.json')).default,
    fa: async () => (await import('./mine.fa.json')).default,
  },
  sending: {
    en: async () => (await import('./sending.en.json')).default,
    fa: async () => (await import('./sending.fa.json')).default,
  },
  replies: {
    en: async () => (await import('./replies.en.json')).default,
    fa: async () => (await import('./replies.fa.json')).default,
  },
};
/** By the store of texts: each component has a wrapper of its own around the translator, and all of them have the one store. */
const wanted = new WeakMap<i18n['store'], Set<TextPart>>();
/** What is about to be spoken, while its texts are on their way. */
const coming = new WeakMap<object, Locale>();

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
  translator.services.formatter?.add('number', (value: number, locale) =>
    new Intl.NumberFormat(readersTag(locale as Locale)).format(value),
  );
  return translator;
}

export async function speak(translator: i18n, locale: Locale): Promise<void> {
  coming.set(translator.store, locale);
  if (!translator.hasResourceBundle(locale, 'translation')) {
    translator.addResourceBundle(locale, 'translation', await texts[locale]());
  }
  await Promise.all([...(wanted.get(translator.store) ?? [])].map((part) => addPart(translator, part, locale)));
  // Whoever chose another language meanwhile gets that one, whichever texts come first.
  if (coming.get(translator.store) === locale) {
    await Promise.all([learnHubWords(locale), translator.changeLanguage(locale)]);
  }
}

/** Whether a part's texts are there to be shown. */
export function knowsPart(translator: i18n, part: TextPart): boolean {
  return translator.exists(knownBy[part]);
}

/** Learns a part's texts, in this language and in every one that is spoken later. */
export async function learnPart(translator: i18n, part: TextPart): Promise<void> {
  wanted.set(translator.store, new Set(wanted.get(translator.store)).add(part));
  // Who learns it while the language changes needs it in both.
  const locales = new Set([
    translator.language as Locale,
    coming.get(translator.store) ?? (translator.language as Locale),
  ]);
  await Promise.all([...locales].map((locale) => addPart(translator, part, locale)));
}

async function addPart(translator: i18n, part: TextPart, locale: Locale): Promise<void> {
  translator.addResourceBundle(locale, 'translation', await partTexts[part][locale](), true);
}
