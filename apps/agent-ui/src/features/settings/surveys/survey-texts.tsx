import { Stack, Textarea } from '@mantine/core';
import type { SurveyDraft } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  draft: SurveyDraft;
  change: (part: Partial<SurveyDraft>) => void;
}

const parts = [
  { field: 'question', hint: 'survey.questionHint' },
  { field: 'commentPrompt', hint: 'survey.commentHint' },
  { field: 'thanks', hint: 'survey.thanksHint' },
] as const;

/** What customers read, in both languages. */
export function SurveyTexts({ draft, change }: Props) {
  const { t } = useI18n();
  return parts.map(({ field, hint }) => (
    <fieldset key={field} className="form-part">
      <legend>{t(`survey.${field}`)}</legend>
      <Stack gap="sm">
        <p className="settings-hint">{t(hint)}</p>
        {(['en', 'fa'] as const).map((language) => (
          <Textarea
            key={language}
            label={t(`survey.in_${language}`)}
            aria-label={`${t(`survey.${field}`)}: ${t(`survey.in_${language}`)}`}
            dir={language === 'fa' ? 'rtl' : 'ltr'}
            lang={language}
            autosize
            maxLength={500}
            value={draft[field][language]}
            onChange={(event) => change({ [field]: { ...draft[field], [language]: event.currentTarget.value } })}
          />
        ))}
      </Stack>
    </fieldset>
  ));
}
