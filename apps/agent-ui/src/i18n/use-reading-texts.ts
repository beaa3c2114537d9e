import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of reading on and back comes with the conversation. @returns whether the words are here. */
export function useReadingTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'reading'));
  useEffect(() => {
    void learnPart(i18n, 'reading').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
