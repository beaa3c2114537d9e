import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of histories of other products comes with what says it. @returns whether the words are here. */
export function useHistoryTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'history'));
  useEffect(() => {
    void learnPart(i18n, 'history').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
