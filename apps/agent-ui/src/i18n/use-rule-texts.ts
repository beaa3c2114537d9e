import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of rules comes with what says it. @returns whether the words are here. */
export function useRuleTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'rules'));
  useEffect(() => {
    void learnPart(i18n, 'rules').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
