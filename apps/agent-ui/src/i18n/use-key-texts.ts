import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What the keys do, in words, comes with what shows it. @returns whether the words are here. */
export function useKeyTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'keys'));
  useEffect(() => {
    void learnPart(i18n, 'keys').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}

/** Shows what speaks of keys once the words for it are here. */
export function WithKeyTexts({ children }: { children: ReactNode }): ReactNode {
  return useKeyTexts() && children;
}
