import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

type SayLanguage = NonNullable<VoiceResponse.SayAttributes['language']>;
type GatherLanguage = NonNullable<VoiceResponse.GatherAttributes['language']>;

/** The voice that reads a language aloud. Persian has none at Twilio, so it is never read: recordings play it. */
const voices = {
  ar: 'ar-XA',
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  fr: 'fr-FR',
  hi: 'hi-IN',
  it: 'it-IT',
  ja: 'ja-JP',
  ko: 'ko-KR',
  nl: 'nl-NL',
  pl: 'pl-PL',
  pt: 'pt-PT',
  ru: 'ru-RU',
  sv: 'sv-SE',
  tr: 'tr-TR',
  uk: 'uk-UA',
  zh: 'zh-CN',
} satisfies Record<string, SayLanguage>;

/** What each language is recognised as. */
const ears = {
  ar: 'ar-SA',
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  fa: 'fa-IR',
  fr: 'fr-FR',
  hi: 'hi-IN',
  it: 'it-IT',
  ja: 'ja-JP',
  ko: 'ko-KR',
  nl: 'nl-NL',
  pl: 'pl-PL',
  pt: 'pt-PT',
  ru: 'ru-RU',
  sv: 'sv-SE',
  tr: 'tr-TR',
  uk: 'uk-UA',
  zh: 'cmn-Hans-CN',
} satisfies Record<string, GatherLanguage>;

/** Regions that both hear and speak as themselves. */
const regions = new Set<string>(['en-GB', 'en-AU', 'en-CA', 'en-IN', 'fr-CA', 'pt-BR', 'es-MX'] satisfies (SayLanguage &
  GatherLanguage)[]);

/** The language that Twilio reads text of a locale in; null where it has no voice for it. */
export function voiceOf(locale: string): string | null {
  return languageOf(locale, voices);
}

/** The language in which Twilio understands what is said; null where it does not. */
export function earOf(locale: string): string | null {
  return languageOf(locale, ears);
}

function languageOf(locale: string, known: Record<string, string>): string | null {
  const root = locale.split('-')[0]?.toLowerCase() ?? '';
  return regions.has(locale) ? locale : Object.hasOwn(known, root) ? (known[root] ?? null) : null;
}
