import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { SurveyDraft } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { buttonsIn, digitsLine, legendIn, shownQuestion, shownText, type Language } from './own-words.js';

/** What customers see of a survey, in either language. */
export function SurveyPreview({ draft: { kind, question, commentPrompt, thanks } }: { draft: SurveyDraft }) {
  const { t, locale } = useI18n();
  const [language, setLanguage] = useState<Language>(locale);
  const asked = shownQuestion(language, kind, question);
  const legend = legendIn(language, kind);
  const after = [shownText(language, thanks), shownText(language, commentPrompt)].filter((text) => text !== '');
  const words = { lang: language, dir: language === 'fa' ? 'rtl' : 'ltr' };
  return (
    <section className="surveys-preview" aria-label={t('survey.preview')}>
      <NativeSelect
        label={t('survey.previewIn')}
        maw={220}
        value={language}
        data={[
          { value: 'en', label: t('survey.in_en') },
          { value: 'fa', label: t('survey.in_fa') },
        ]}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
      />
      <strong>{t('survey.previewChat')}</strong>
      <div className="surveys-bubble" {...words}>
        <span dir="auto">{asked}</span>
        {legend !== '' && <span>{legend}</span>}
        <div className="surveys-buttons">
          {buttonsIn(language, kind).map((label) => (
            <span key={label} className="chip">
              {label}
            </span>
          ))}
        </div>
      </div>
      <strong>{t('survey.previewDigits')}</strong>
      <div className="surveys-bubble" {...words}>
        <span dir="auto">{asked}</span>
        <span>{digitsLine(language, kind)}</span>
      </div>
      {after.length > 0 && (
        <div className="surveys-bubble" {...words}>
          {after.map((text) => (
            <span key={text} dir="auto">
              {text}
            </span>
          ))}
        </div>
      )}
    </section>
  );
}
