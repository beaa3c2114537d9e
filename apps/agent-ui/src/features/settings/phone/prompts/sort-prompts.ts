import type { PromptView } from '#contract';

export type PromptGroup = PromptView['group'];

/** The parts of the library in the order in which they are looked at. */
export const promptGroups = ['line', 'script', 'engine', 'numbers', 'other'] as const satisfies readonly PromptGroup[];

/** The recordings of one language by part; only what is missing, or also what is there. Parts without any are left out. */
export function sortPrompts(
  prompts: readonly PromptView[],
  { locale, onlyMissing }: { locale: PromptView['locale']; onlyMissing: boolean },
): { group: PromptGroup; prompts: PromptView[] }[] {
  const shown = prompts.filter((prompt) => prompt.locale === locale && (!onlyMissing || prompt.state === 'missing'));
  return promptGroups
    .map((group) => ({ group, prompts: shown.filter((prompt) => prompt.group === group) }))
    .filter((part) => part.prompts.length > 0);
}

/** How many are missing, and how many a machine says. */
export function countPrompts(prompts: readonly PromptView[]): { missing: number; starter: number } {
  const count = (state: PromptView['state']) => prompts.filter((prompt) => prompt.state === state).length;
  return { missing: count('missing'), starter: count('starter') };
}
