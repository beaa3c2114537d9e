import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of acts on many tickets comes with the first of them. @returns whether the words are here. */
export function useBulkTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'bulk'));
  useEffect(() => {
    void learnPart(i18n, 'bulk').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
