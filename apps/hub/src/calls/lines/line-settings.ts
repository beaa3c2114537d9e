import { promptLocale, type PromptLocale } from '../prompts/prompt-names.js';

/** What the settings of a phone channel say of callers whom no script answers. */
export interface LineSettings {
  /** What they hear first; '' for nothing. */
  greeting: string;
  locale: PromptLocale;
  /** Whether they then wait for people, or leave a message. */
  withoutScript: 'queue' | 'voicemail';
  /** Whose national numbers callers show. */
  defaultCountry: string;
}

/** Reads them whichever provider the channel has: each has settings of its own beside these. */
export function lineSettingsOf(written: unknown): LineSettings {
  const settings = recordOf(written);
  const greeting = recordOf(settings['greeting']);
  const [text, language] = [greeting['text'], greeting['language']];
  return {
    greeting: typeof text === 'string' ? text.trim() : '',
    locale: promptLocale('', typeof language === 'string' ? language : 'fa'),
    withoutScript: settings['withoutScript'] === 'voicemail' ? 'voicemail' : 'queue',
    defaultCountry: typeof settings['defaultCountry'] === 'string' ? settings['defaultCountry'] : 'IR',
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
