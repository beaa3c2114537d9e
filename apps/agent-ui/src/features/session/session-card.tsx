import type { ReactNode } from 'react';
import { locales } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useChangeLocale } from '../../i18n/use-locale.js';
import './session.css';

interface Props {
  title: string;
  intro?: string;
  /** The reader's language is not known yet, so it is asked for before anything else. */
  isNew?: boolean;
  children: ReactNode;
}

/** The page before there is a session: one card, and the choice of language. */
export function SessionCard({ title, intro, isNew = false, children }: Props) {
  return (
    <main className="session">
      {isNew && <Languages />}
      <div className="session-card">
        <img src="/peyk.svg" alt="" width={44} height={44} />
        <h1>{title}</h1>
        {intro !== undefined && <p>{intro}</p>}
        {children}
      </div>
      {!isNew && <Languages />}
    </main>
  );
}

function Languages() {
  const { t, locale } = useI18n();
  const changeLocale = useChangeLocale();
  return (
    <fieldset className="session-languages">
      <legend className="unseen">{t('shell.language')}</legend>
      {locales.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === locale} onClick={() => void changeLocale(one)}>
          {t(`language.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}
