import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** The words of the first steps come with them. @returns whether the words are here. */
export function useStartTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'start'));
  useEffect(() => {
    void learnPart(i18n, 'start').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
