import type { FieldChoiceView, FieldKind, FieldWordsView } from '#contract';
import { storableText } from '#channels';
import { invalid } from '../../platform/errors/api-error.js';

/** A name as it is kept: trimmed, in the languages in which it is there. Throws ApiError where it is in none. */
export function checkWords({ en, fa }: FieldWordsView, path: string): FieldWordsView {
  const [english, persian] = [en, fa].map((text) => storableText(text ?? '').trim());
  if (!english && !persian) {
    throw invalid(path, 'Name it in one language at least.');
  }
  return { ...(english && { en: english }), ...(persian && { fa: persian }) };
}

/**
 * Choices as they are kept. A field to choose from has one at least that can be chosen, no two of one value; any other field has none.
 * Throws ApiError naming the choice at fault.
 */
export function checkChoices(kind: FieldKind, choices: readonly FieldChoiceView[]): FieldChoiceView[] {
  if (kind !== 'choice' && kind !== 'choices') {
    if (choices.length > 0) {
      throw invalid('choices', 'A field of this kind has nothing to choose from.');
    }
    return [];
  }
  const kept = choices.map(({ value, name, retired }, index) => ({
    value: storableText(value).trim(),
    name: checkWords(name, `choices.${String(index)}.name`),
    ...(retired === true && { retired }),
  }));
  const twice = kept.findIndex(({ value }, index) => kept.findIndex((one) => one.value === value) < index);
  if (twice >= 0) {
    throw invalid(`choices.${String(twice)}.value`, 'Two choices have this value.');
  }
  if (!kept.some((choice) => choice.retired !== true)) {
    throw invalid('choices', 'Give something to choose from.');
  }
  return kept;
}
