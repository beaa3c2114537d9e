import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsChannels, learnChannels } from '../../i18n/i18n.js';

/** The words of the administrators' sections come with them: the inbox does without. @returns whether they are here. */
export function useChannelTexts(): boolean {
  const { i18n } = useTranslation();
  const [isSpoken, setSpoken] = useState(() => knowsChannels(i18n));
  useEffect(() => {
    void learnChannels(i18n).then(() => setSpoken(true));
  }, [i18n]);
  return isSpoken;
}
