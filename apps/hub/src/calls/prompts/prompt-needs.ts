import type { Script } from '#bots';
import { builtInPromptNames, builtInPromptText, persianPromptNames } from '#bots';
import { lineSentences, linePrompt, lineText } from './line-sentences.js';
import { numberText } from './number-texts.js';
import { promptKey, promptLocale, promptLocales, type PromptLocale } from './prompt-names.js';

/** A recording that something plays, with what is to be read aloud for it. */
export interface NeededPrompt {
  name: string;
  locale: PromptLocale;
  text: string;
}

/** The part of a message that matters to whoever reads it aloud. */
interface Spoken {
  text: Partial<Record<PromptLocale, string>>;
  speech?: Partial<Record<PromptLocale, string>>;
  audio?: Partial<Record<PromptLocale, string>>;
}

interface Choice {
  label: Partial<Record<PromptLocale, string>>;
  dtmf?: string;
}

/** The recordings that a script names itself, each once, in the order in which the script does. */
export function scriptPrompts({ nodes }: Pick<Script, 'nodes'>): NeededPrompt[] {
  const found = Object.values(nodes).flatMap((node) => promptsIn(node, choicesOf(node)));
  return [...new Map(found.map((prompt) => [promptKey(prompt.name, prompt.locale), prompt])).values()];
}

/** What the engine says by itself on a Persian line, and the parts of numbers and dates. */
export function persianPrompts(): NeededPrompt[] {
  return [
    ...builtInPromptNames().map((name) => ({ name, locale: 'fa' as const, text: builtInPromptText(name) ?? '' })),
    ...persianPromptNames().map((name) => ({ name, locale: 'fa' as const, text: numberText(name) ?? '' })),
  ];
}

/** The hub's own sentences in every language. */
export function linePrompts(): NeededPrompt[] {
  return promptLocales.flatMap((locale) =>
    lineSentences.map((sentence) => ({
      name: linePrompt(sentence, locale),
      locale,
      text: lineText(sentence, locale),
    })),
  );
}

/** Every recording without which this script would fall silent somewhere on the phone; none where it is not for the phone. */
export function promptsOnPhone(script: Pick<Script, 'nodes' | 'channels' | 'locales'>): NeededPrompt[] {
  if (!script.channels.includes('voice')) {
    return [];
  }
  return [...scriptPrompts(script), ...(script.locales.includes('fa') ? persianPrompts() : [])];
}

function choicesOf(node: object): Choice[] {
  const { options } = node as { options?: Choice[] };
  return Array.isArray(options) ? options : [];
}

/** Messages stand at several depths of a node: its own, its retries, its confirmation. */
function promptsIn(value: unknown, choices: Choice[]): NeededPrompt[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { audio, text, speech } = value as Partial<Spoken>;
  const own = Object.entries(audio ?? {}).map(([locale, name]): NeededPrompt => {
    const said = locale === 'fa' ? 'fa' : 'en';
    const wording = speech?.[said];
    return {
      name,
      locale: promptLocale(name, locale),
      text: wording === undefined ? withKeys(text?.[said] ?? '', choices, said) : readable(wording),
    };
  });
  return [...own, ...Object.values(value).flatMap((inner) => promptsIn(inner, choices))];
}

/** A menu without a wording of its own for the phone names its keys, as a voice that reads it would. */
function withKeys(text: string, choices: Choice[], locale: PromptLocale): string {
  const keys = choices.map(({ label, dtmf }, index) => {
    const words = { '*': locale === 'fa' ? 'ستاره' : 'star', '#': locale === 'fa' ? 'مربع' : 'hash' };
    const key = dtmf ?? String(index + 1);
    const named = Object.hasOwn(words, key) ? words[key as '*' | '#'] : key;
    const what = readable(label[locale] ?? '');
    return locale === 'fa' ? `${what}: کلید ${named}.` : `${what}: press ${named}.`;
  });
  return [readable(text), ...keys].join(' ');
}

/** A template without its values: those are played behind the sentence, from recordings of their own. */
function readable(template: string): string {
  return template
    .replace(/\{[{%][^}]*[}%]\}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/ ([.،؛:؟!,?])/gu, '$1')
    .trim();
}
