import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of one’s own settings comes with them. @returns whether the words are here. */
export function useMineTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'mine'));
  useEffect(() => {
    void learnPart(i18n, 'mine').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
