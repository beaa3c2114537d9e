import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of signing in by a provider comes with what shows it. @returns whether the words are here. */
export function useOidcTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'oidc'));
  useEffect(() => {
    void learnPart(i18n, 'oidc').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
