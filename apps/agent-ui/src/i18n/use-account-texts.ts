import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** The words about accounts come with whoever needs them. @returns whether the words are here. */
export function useAccountTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'accounts'));
  useEffect(() => {
    void learnPart(i18n, 'accounts').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
