import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart, type TextPart } from './i18n.js';

/** Texts that come with what needs them. @returns whether the words are here. */
export function useTexts(part: TextPart): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, part));
  useEffect(() => {
    // Without a link the next to ask learns them.
    learnPart(i18n, part).then(
      () => setSpoken(true),
      () => undefined,
    );
  }, [i18n, part]);
  return isSpoken;
}
