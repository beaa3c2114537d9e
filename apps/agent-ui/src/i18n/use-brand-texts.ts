import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of the organisation's looks, and of what was held back, comes with what shows it. @returns whether the words are here. */
export function useBrandTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'brand'));
  useEffect(() => {
    void learnPart(i18n, 'brand').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
