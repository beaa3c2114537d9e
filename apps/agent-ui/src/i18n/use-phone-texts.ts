import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of calls comes with what shows them. @returns whether the words are here. */
export function usePhoneTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'phone'));
  useEffect(() => {
    void learnPart(i18n, 'phone').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
