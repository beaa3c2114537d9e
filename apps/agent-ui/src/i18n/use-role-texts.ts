import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of roles, keys and the audit comes with their screens. @returns whether the words are here. */
export function useRoleTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'roles'));
  useEffect(() => {
    void learnPart(i18n, 'roles').then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
