import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of fields, tags, followers and sleeping tickets comes with what says it. @returns whether the words are here. */
export function usePropertyTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'properties'));
  useEffect(() => {
    void learnPart(i18n, 'properties').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
