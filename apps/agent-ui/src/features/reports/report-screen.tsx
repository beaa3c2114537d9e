import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReportBy, ReportColumn, ReportName, ReportView } from '#contract';
import { reportKeys, reports, type ReportPlace, type ReportQuestion } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { BehindPanel } from './behind-panel.js';
import { BarList } from './chart/bar-list.js';
import { TimeChart } from './chart/time-chart.js';
import { DownloadMenu } from './download-menu.js';
import { RangeBar } from './range-bar.js';
import { daysBetween, mostDaysByHour, reportParts, timeBys, type ReportSearch } from './report-search.js';
import { ReportTable } from './report-table.js';
import type { SearchProps } from './reports-page.js';
import { Tiles } from './tiles.js';
import { useQuestion } from './use-question.js';
import { useColumnName } from './use-values.js';

interface Props extends SearchProps {
  report: ReportName;
}

export function ReportScreen({ report, search, onSearch }: Props) {
  const { t, format } = useI18n();
  const question = useQuestion(report, search);
  const answer = useQuery({
    queryKey: reportKeys.report(question),
    queryFn: ({ signal }) => reports.get(question, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <RangeBar search={search} onSearch={onSearch}>
        <By question={question} onChange={(by) => onSearch({ ...search, by, row: undefined, behind: undefined })} />
      </RangeBar>
      {answer.isPending && <Waiting />}
      {answer.isError && <Failed what={t('reports.failed')} error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && !answer.isError && (
        <div aria-busy={answer.isPlaceholderData} className="reports-answer">
          <Answer view={answer.data} question={question} search={search} onSearch={onSearch} />
          <p className="reports-through">
            {t('reports.through', { time: format.dateTime(answer.data.through), zone: answer.data.zone })}
          </p>
        </div>
      )}
    </>
  );
}

function By({ question, onChange }: { question: ReportQuestion; onChange: (by: ReportBy) => void }) {
  const { t } = useI18n();
  const isShort = daysBetween(question.from, question.to) <= mostDaysByHour;
  const times = timeBys.filter((by) => by !== 'hour' || isShort);
  const choices = [...times, ...reportParts[question.report].dimensions];
  return (
    <NativeSelect
      label={t('reports.by.label')}
      value={question.by}
      onChange={(event) => onChange(event.currentTarget.value as ReportBy)}
      data={choices.map((value) => ({ value, label: t(`reports.by.${value}`) }))}
    />
  );
}

/** As much room as the answer will take. */
function Waiting() {
  const { t } = useI18n();
  return (
    <div aria-busy className="reports-answer">
      <output className="unseen">{t('common.loading')}</output>
      <Skeleton height={86} />
      <Skeleton height={320} />
    </div>
  );
}

interface AnswerProps extends SearchProps {
  view: ReportView;
  question: ReportQuestion;
}

function Answer({ view, question, search, onSearch }: AnswerProps) {
  const { t } = useI18n();
  const isOfTime = (timeBys as readonly ReportBy[]).includes(view.by);
  const shown = search.view ?? (isOfTime ? 'chart' : 'table');
  const index = Math.max(
    0,
    view.columns.findIndex(({ key }) => key === search.column),
  );
  const column = view.columns[index];
  if (!column || [view.total, ...view.rows].every(({ values, before }) => isEmpty(values) && isEmpty(before))) {
    return <Empty action={<p className="reports-hint">{t('reports.emptyHint')}</p>}>{t('reports.empty')}</Empty>;
  }
  const drill = ({ row, column: behind }: ReportPlace) => onSearch({ ...search, row: row ?? undefined, behind });
  return (
    <>
      <Tiles view={view} chosen={index} onChoose={({ key }) => onSearch({ ...search, column: key }, true)} />
      <section className="reports-sheet" aria-label={t('reports.measure')}>
        <Head
          view={view}
          column={column}
          shown={shown}
          question={question}
          onChange={(change) => onSearch({ ...search, ...change }, true)}
        />
        {shown === 'table' && <ReportTable view={view} onDrill={drill} />}
        {shown === 'chart' &&
          (isOfTime ? (
            <TimeChart view={view} index={index} onDrill={drill} />
          ) : (
            <BarList view={view} index={index} onDrill={drill} />
          ))}
      </section>
      {search.behind !== undefined && (
        <BehindPanel
          view={view}
          question={question}
          place={{ row: search.row ?? null, column: search.behind }}
          onClose={() => onSearch({ ...search, row: undefined, behind: undefined })}
        />
      )}
    </>
  );
}

function isEmpty(values: (number | null)[] | null): boolean {
  return values === null || values.every((value) => value === null || value === 0);
}

interface HeadProps {
  view: ReportView;
  column: ReportColumn;
  shown: 'chart' | 'table';
  question: ReportQuestion;
  onChange: (change: Pick<ReportSearch, 'view'>) => void;
}

function Head({ view, column, shown, question, onChange }: HeadProps) {
  const { t, locale } = useI18n();
  const columnName = useColumnName(view.report);
  const what = shown === 'table' ? t(`reports.name.${view.report}`) : columnName(column);
  const other = shown === 'table' ? 'chart' : 'table';
  return (
    <div className="reports-sheet-head">
      <h2>{t('reports.chart', { what, by: t(`reports.by.${view.by}`).toLocaleLowerCase(locale) })}</h2>
      <Button variant="default" size="xs" onClick={() => onChange({ view: other })}>
        {t(other === 'table' ? 'reports.asTable' : 'reports.asChart')}
      </Button>
      <DownloadMenu question={question} />
    </div>
  );
}
