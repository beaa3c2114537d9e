import { Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useMay, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { late } from '../../ui/late.js';
import { Empty } from '../../ui/states.js';
import { keepLastReport } from './last-report.js';
import { ReportScreen } from './report-screen.js';
import { isReport, keptOf, reportNames, type ReportSearch } from './report-search.js';
import './reports.css';

const HeatScreen = late(async () => ({ default: (await import('./heat-screen.js')).HeatScreen }));
const StaffingScreen = late(async () => ({ default: (await import('./staffing-screen.js')).StaffingScreen }));
const ExportsScreen = late(async () => ({ default: (await import('./exports-screen.js')).ExportsScreen }));
const SchedulesScreen = late(async () => ({ default: (await import('./schedules-screen.js')).SchedulesScreen }));

export interface SearchProps {
  search: ReportSearch;
  /** `replace` where going back should not lead there again. */
  onSearch: (search: ReportSearch, replace?: boolean) => void;
}

interface Props extends SearchProps {
  /** The report, or the page beside the reports. */
  part: string;
}

/** What is planned, taken away and sent: no reports of what was. */
const tools = ['staffing', 'exports', 'schedules'] as const;
const looks = [...reportNames, 'heat'] as const;

export function ReportsPage(props: Props) {
  const isSpoken = useTexts('reports');
  return isSpoken ? <Page {...props} /> : <Loader className="reports-wait" />;
}

function Page({ part, search, onSearch }: Props) {
  const { t } = useI18n();
  const { id } = useMe();
  const mayRead = useMay('reports.read');
  useEffect(() => {
    if (isReport(part)) {
      keepLastReport(id, { report: part, search });
    }
  }, [id, part, search]);
  return (
    <main className="reports" id="content" tabIndex={-1}>
      <div className="reports-head">
        <h1>{t('reports.title')}</h1>
        {mayRead && <Tools part={part} search={search} />}
      </div>
      {mayRead ? (
        <>
          <Parts label={t('reports.sections')} names={looks} part={part} search={search} />
          <Screen part={part} search={search} onSearch={onSearch} />
        </>
      ) : (
        <Empty>{t('reports.none')}</Empty>
      )}
    </main>
  );
}

function Tools(props: Omit<Props, 'onSearch'>) {
  const { t } = useI18n();
  const mayExport = useMay('exports.make');
  const names = tools.filter((name) => name !== 'exports' || mayExport);
  return <Parts label={t('reports.tools')} names={names} {...props} />;
}

interface PartsProps extends Omit<Props, 'onSearch'> {
  label: string;
  names: readonly ((typeof looks)[number] | (typeof tools)[number])[];
}

function Parts({ label, names, part, search }: PartsProps) {
  const { t } = useI18n();
  return (
    <nav className="reports-parts" aria-label={label}>
      {names.map((name) => (
        <Link
          key={name}
          to="/reports/$report"
          params={{ report: name }}
          search={{ ...keptOf(search) }}
          aria-current={name === part ? 'page' : undefined}
        >
          {t(`reports.name.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

function Screen({ part, search, onSearch }: Props): ReactNode {
  const { t } = useI18n();
  if (isReport(part)) {
    return <ReportScreen key={part} report={part} search={search} onSearch={onSearch} />;
  }
  switch (part) {
    case 'heat':
      return <HeatScreen search={search} onSearch={onSearch} />;
    case 'staffing':
      return <StaffingScreen />;
    case 'exports':
      return <ExportsScreen />;
    case 'schedules':
      return <SchedulesScreen />;
    default:
      return <Empty>{t('shell.notFound')}</Empty>;
  }
}
