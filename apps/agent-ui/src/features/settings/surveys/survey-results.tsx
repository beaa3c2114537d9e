import { NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SurveyKind, SurveySummaryPart } from '#contract';
import { keys } from '../../../api/keys.js';
import { surveys, type SummaryFilter } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { SurveyAnswers } from './survey-answers.js';

const kinds: readonly SurveyKind[] = ['csat', 'nps', 'ces'];
const periods = ['7', '30', '90', '365'] as const;
type Period = (typeof periods)[number];
const dayMs = 86_400_000;

/** What the answers of a time come to, and the answers themselves. */
export function SurveyResults() {
  const { t } = useI18n();
  const [kind, setKind] = useState<SurveyKind>('csat');
  const [by, setBy] = useState<SummaryFilter['by']>('queue');
  const [period, setPeriod] = useState<Period>('30');
  const [isLow, setLow] = useState(false);
  return (
    <section className="surveys-results" aria-label={t('survey.results')}>
      <div className="settings-head">
        <h2>{t('survey.results')}</h2>
      </div>
      <div className="surveys-line">
        <NativeSelect
          label={t('survey.kindLabel')}
          value={kind}
          data={kinds.map((value) => ({ value, label: t(`survey.kind.${value}`) }))}
          onChange={(event) => setKind(event.currentTarget.value as SurveyKind)}
        />
        <NativeSelect
          label={t('survey.period')}
          value={period}
          data={periods.map((value) => ({ value, label: t(`survey.days_${value}`) }))}
          onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        />
        <NativeSelect
          label={t('survey.by')}
          value={by}
          data={(['queue', 'agent'] as const).map((value) => ({ value, label: t(`survey.by_${value}`) }))}
          onChange={(event) => setBy(event.currentTarget.value as SummaryFilter['by'])}
        />
      </div>
      <Summary kind={kind} by={by} period={period} />
      <div className="settings-line">
        <h3>{t('survey.latest')}</h3>
        <Switch label={t('survey.onlyLow')} checked={isLow} onChange={(event) => setLow(event.currentTarget.checked)} />
      </div>
      <SurveyAnswers kind={kind} which={isLow ? 'low' : 'all'} />
    </section>
  );
}

function Summary({ kind, by, period }: { kind: SurveyKind; by: SummaryFilter['by']; period: Period }) {
  const { t } = useI18n();
  const summary = useQuery({
    queryKey: keys.surveySummary({ kind, by, period }),
    queryFn: ({ signal }) =>
      surveys.summary({ kind, by, from: new Date(Date.now() - Number(period) * dayMs).toISOString() }, signal),
  });
  if (summary.isError) {
    return <Failed error={summary.error} retry={() => void summary.refetch()} />;
  }
  if (!summary.data) {
    return null;
  }
  const { whole, parts } = summary.data;
  if (whole.asked === 0) {
    return <Empty>{t('survey.nothing')}</Empty>;
  }
  return (
    <div className="surveys-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`survey.by_${by}`)}</th>
            <th scope="col">{t('survey.asked')}</th>
            <th scope="col">{t('survey.answered')}</th>
            <th scope="col">{t('survey.mean')}</th>
            <th scope="col">{t(`survey.headline.${kind}`)}</th>
            <th scope="col">{t('survey.distribution')}</th>
          </tr>
        </thead>
        <tbody>
          <Row part={whole} kind={kind} name={t('survey.whole')} />
          {parts.map((part) => (
            <Row key={part.id ?? ''} part={part} kind={kind} name={part.name || t('survey.nobody')} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ part, kind, name }: { part: SurveySummaryPart; kind: SurveyKind; name: string }) {
  const { t, format } = useI18n();
  const { asked, answered, mean, headline, distribution } = part;
  const most = Math.max(1, ...distribution.map(({ count }) => count));
  const shown = headline === null ? '–' : format.number(Math.round(headline));
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{format.number(asked)}</td>
      <td>{format.number(answered)}</td>
      <td>{mean === null ? '–' : format.number(mean)}</td>
      <td>{headline === null || kind === 'nps' ? shown : t('survey.share', { share: shown })}</td>
      <td>
        <ul className="surveys-bars" dir="ltr">
          {distribution.map(({ score, count }) => {
            const label = t('survey.bar', { score: format.digits(score), count: format.number(count) });
            return (
              <li
                key={score}
                title={label}
                aria-label={label}
                style={{ blockSize: `${String(Math.round((count / most) * 32))}px` }}
              />
            );
          })}
        </ul>
      </td>
    </tr>
  );
}
