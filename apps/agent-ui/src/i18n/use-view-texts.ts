import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What saved views say comes with what shows them. @returns whether the words are here. */
export function useViewTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'views'));
  useEffect(() => {
    void learnPart(i18n, 'views').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
