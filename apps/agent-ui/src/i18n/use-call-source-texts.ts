import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of call records, and of calls that agents write down, comes with what shows them. @returns whether the words are here. */
export function useCallSourceTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'callSources'));
  useEffect(() => {
    void learnPart(i18n, 'callSources').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
