import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What supervisors and agents say to each other comes with where it shows. @returns whether the words are here. */
export function useSteeringTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'steering'));
  useEffect(() => {
    void learnPart(i18n, 'steering').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
