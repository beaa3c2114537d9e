import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of days and times comes with the fields for them. @returns whether the words are here. */
export function useDateTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'dates'));
  useEffect(() => {
    void learnPart(i18n, 'dates').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
