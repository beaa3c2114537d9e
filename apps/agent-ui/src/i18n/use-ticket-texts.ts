import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of merging, splitting and kin of tickets comes with what says it. @returns whether the words are here. */
export function useTicketTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'tickets'));
  useEffect(() => {
    void learnPart(i18n, 'tickets').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
