import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsPart, learnPart } from './i18n.js';

/** What is said of sending beyond the first look comes with what says it. @returns whether the words are here. */
export function useSendingTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsPart(i18n, 'sending'));
  useEffect(() => {
    // Without a link the next to ask learns them.
    learnPart(i18n, 'sending').then(
      () => setSpoken(true),
      () => undefined,
    );
  }, [i18n]);
  return isSpoken;
}
