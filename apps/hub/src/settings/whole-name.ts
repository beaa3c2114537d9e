import { storableText } from '#channels';
import { invalid } from '../platform/errors/api-error.js';

interface Written {
  en?: string;
  fa?: string;
}

/** A name in the languages in which it is there. Throws ApiError where it is in none, naming the field. */
export function wholeName({ en, fa }: Written, field = 'name'): Written {
  const [english, persian] = [en, fa].map((text) => storableText(text ?? '').trim());
  if (!english && !persian) {
    throw invalid(field, 'Write the name in at least one language.');
  }
  return { ...(english && { en: english }), ...(persian && { fa: persian }) };
}
