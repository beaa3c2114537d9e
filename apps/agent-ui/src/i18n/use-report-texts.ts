import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** The words of reports come with them. @returns whether the words are here. */
export function useReportTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'reports'));
  useEffect(() => {
    void learnPart(i18n, 'reports').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
