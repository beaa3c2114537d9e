import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of erasing, exports and retention comes with what shows it. @returns whether the words are here. */
export function usePrivacyTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'privacy'));
  useEffect(() => {
    void learnPart(i18n, 'privacy').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
