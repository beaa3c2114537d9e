import type { ReactNode } from 'react';
import { locales } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useChangeLocale } from '../../i18n/use-locale.js';
import './session.css';

/** The page before there is a session: one card, and the choice of language. */
export function SessionCard({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  const { t, locale } = useI18n();
  const changeLocale = useChangeLocale();
  return (
    <main className="session">
      <div className="session-card">
        <img src="/peyk.svg" alt="" width={44} height={44} />
        <h1>{title}</h1>
        <p>{intro}</p>
        {children}
      </div>
      <fieldset className="session-languages">
        <legend className="unseen">{t('shell.language')}</legend>
        {locales.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === locale}
            onClick={() => void changeLocale(one)}
          >
            {t(`language.${one}`)}
          </button>
        ))}
      </fieldset>
    </main>
  );
}
