import { isReport, keptOf, readSearch, type ReportSearch } from './report-search.js';

interface Last {
  report: string;
  search: ReportSearch;
}

const nameOf = (account: string) => `peyk.reports.${account}`;

/** What an account looked at last in this browser. */
export function lastReport(account: string): Last {
  try {
    const { report, search } = JSON.parse(localStorage.getItem(nameOf(account)) ?? '') as {
      report: string;
      search: Record<string, unknown>;
    };
    return { report: isReport(report) ? report : 'volume', search: keptOf(readSearch(search)) };
  } catch {
    // Nothing is kept, or what is kept was written otherwise, or the browser keeps nothing.
    return { report: 'volume', search: {} };
  }
}

export function keepLastReport(account: string, { report, search }: Last): void {
  try {
    localStorage.setItem(nameOf(account), JSON.stringify({ report, search: keptOf(search) }));
  } catch {
    // A full or closed storage: the next visit begins with the usual range.
  }
}
