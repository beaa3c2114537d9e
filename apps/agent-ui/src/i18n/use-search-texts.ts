import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What the search page says comes with what says it. @returns whether the words are here. */
export function useSearchTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'search'));
  useEffect(() => {
    void learnPart(i18n, 'search').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
