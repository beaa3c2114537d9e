import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconLock } from '../../ui/icons.js';
import { KeptWords } from './kept-words.js';
import './taken-away.css';

/** Rights were changed while somebody had a person open: nothing of the person is left here, and every word that was written is. */
export function TakenAway({ person, before }: { person: string; before: ReactNode }) {
  const { t } = useI18n();
  const isSpoken = useTexts('sending');
  if (!isSpoken) {
    return null;
  }
  return (
    <div className="taken-away">
      {before}
      <div role="alert">
        <IconLock size={34} aria-hidden />
        <h1>{t('taken.title')}</h1>
        <p>{t('taken.why')}</p>
      </div>
      <KeptWords person={person} />
    </div>
  );
}
