import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What lists and begins with customers comes with what says it. @returns whether the words are here. */
export function useCustomersTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'customers'));
  useEffect(() => {
    void learnPart(i18n, 'customers').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
