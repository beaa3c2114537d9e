import type { PromptView } from '#contract';
import { linePrompts, persianPrompts, type NeededPrompt } from './prompt-needs.js';
import { promptKey, promptLocale } from './prompt-names.js';

/** What one script plays on the phone; `key` is the one that others call it by. */
export interface ScriptsPrompts {
  key: string;
  prompts: NeededPrompt[];
}

type Listed = Pick<PromptView, 'name' | 'locale' | 'text' | 'group' | 'scripts'>;

/**
 * The whole library as a list: the hub's own sentences, what scripts name, what the engine says and counts with, and whatever else is
 * there or was wanted (`others`, by key). A recording that several need stands once.
 */
export function listPrompts(scripts: readonly ScriptsPrompts[], others: readonly string[]): Listed[] {
  const listed = new Map<string, Listed>();
  const add = (prompt: NeededPrompt, group: Listed['group'], script: string | null): void => {
    const key = promptKey(prompt.name, prompt.locale);
    const known = listed.get(key) ?? { ...prompt, group, scripts: [] };
    const isNew = script !== null && !known.scripts.includes(script);
    listed.set(key, {
      ...known,
      text: known.text || prompt.text,
      scripts: isNew ? [...known.scripts, script] : known.scripts,
    });
  };
  linePrompts().forEach((prompt) => add(prompt, 'line', null));
  persianPrompts().forEach((prompt) => add(prompt, groupOf(prompt.name), null));
  scripts.forEach(({ key, prompts }) => prompts.forEach((prompt) => add(prompt, 'script', key)));
  others.forEach((key) => {
    const name = key.slice(key.indexOf(' ') + 1);
    add({ name, locale: promptLocale(name, key), text: '' }, 'other', null);
  });
  return [...listed.values()];
}

function groupOf(name: string): Listed['group'] {
  return name.startsWith('numbers/') ? 'numbers' : 'engine';
}
