import { useTranslation } from 'react-i18next';
import type { AuditAction } from '#contract';

type Words = string | { [name: string]: Words };

/** Every act in words, by what the words begin with: where somebody looks for one. */
export function useAllActs(): { action: string; words: string }[] {
  const { i18n } = useTranslation();
  const collator = new Intl.Collator(i18n.language);
  const acts = i18n.getResource(i18n.language, 'translation', 'acts') as Words | undefined;
  return leavesOf(acts ?? {}).toSorted((a, b) => collator.compare(a.words, b.words));
}

function leavesOf(words: Words, action = ''): { action: string; words: string }[] {
  return typeof words === 'string'
    ? [{ action, words }]
    : Object.entries(words).flatMap(([name, part]) => leavesOf(part, action === '' ? name : `${action}.${name}`));
}

/** An act in words, behind the name of whoever did it. Null: older versions wrote it, and nobody does any more. */
export function useActWords(): (action: string) => string | null {
  const { t, i18n } = useTranslation();
  return (action) => {
    // Every act that is written has words: a name that is missing among them is no key.
    const key = `acts.${action as AuditAction}` as const;
    const isKnown: boolean = i18n.exists(key);
    return isKnown ? t(key) : null;
  };
}
