import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMe } from '../api/queries.js';
import { lastReport } from '../features/reports/last-report.js';
import { ReportsPage } from '../features/reports/reports-page.js';
import { readSearch } from '../features/reports/report-search.js';

/** Leads to what this account looked at last in this browser. */
export function ReportsHomePage() {
  const { report, search } = lastReport(useMe().id);
  return <Navigate to="/reports/$report" params={{ report }} search={{ ...search }} replace />;
}

export function ReportsRoutePage() {
  const { report } = useParams({ from: '/desk/reports/$report' });
  const asked = useSearch({ from: '/desk/reports/$report' });
  const navigate = useNavigate();
  return (
    <ReportsPage
      part={report}
      search={readSearch({ ...asked })}
      onSearch={(search, replace = false) =>
        void navigate({ to: '/reports/$report', params: { report }, search: { ...search }, replace })
      }
    />
  );
}
