import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What the live board says comes with it. @returns whether the words are here. */
export function useMonitorTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'monitor'));
  useEffect(() => {
    void learnPart(i18n, 'monitor').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
