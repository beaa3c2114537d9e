import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SurveyView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useManages } from '../../../api/queries.js';
import { surveys } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { SurveyForm } from './survey-form.js';
import { SurveyResults } from './survey-results.js';
import './surveys.css';

/** What customers are asked once their matter is solved, for administrators; and what they answer, for supervisors too. */
export function SurveysSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('surveys');
  const isAdmin = useManages('automation.manage');
  const queries = useQueryClient();
  const list = useQuery({ queryKey: keys.surveys, queryFn: ({ signal }) => surveys.list(signal) });
  const [opened, setOpened] = useState<{ id: string | null } | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    const survey = list.data.find(({ id }) => id === opened.id) ?? null;
    return (
      <>
        <div className="settings-head">
          <h2>{survey ? <bdi>{survey.name}</bdi> : t('survey.add')}</h2>
        </div>
        <SurveyForm
          survey={survey}
          onSaved={() => {
            void queries.invalidateQueries({ queryKey: keys.surveys });
            setOpened(null);
          }}
          onCancel={() => setOpened(null)}
        />
      </>
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.surveys')}</h2>
        {isAdmin && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
            {t('survey.add')}
          </Button>
        )}
      </div>
      {list.data.length === 0 && <Empty>{t('survey.none')}</Empty>}
      <ul className="channels">
        {list.data.map((survey) => (
          <li key={survey.id}>
            <button type="button" disabled={!isAdmin} onClick={() => setOpened({ id: survey.id })}>
              <Line survey={survey} />
            </button>
          </li>
        ))}
      </ul>
      <SurveyResults />
    </>
  );
}

function Line({ survey: { name, kind, enabled, askOn, queueIds } }: { survey: SurveyView }) {
  const { t } = useI18n();
  const where = queueIds.length === 0 ? t('survey.everyQueue') : t('survey.some', { count: queueIds.length });
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          {t(`survey.kind.${kind}`)}
          {' · '}
          {askOn === 'solved' ? where : t(`survey.ask_${askOn}`)}
        </small>
      </span>
      <span className="chip" data-tone={enabled ? 'good' : undefined}>
        {t(enabled ? 'settings.channelOn' : 'settings.channelOff')}
      </span>
    </>
  );
}
