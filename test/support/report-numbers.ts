import type { ReportBy, ReportName } from '#contract';
import { reports, type CountedColumn } from '../../apps/hub/src/supervision/reports/questions/report-catalogue.js';
import type { PastOf } from './report-past.js';
import type { Happened } from './report-raw.js';

type Raw = Record<string, Record<string, number | null>>;

/** The same numbers worked out from the rows one by one, without the hub's facts and without its SQL. Keys as in a report. */
export function rawNumbers(
  happened: readonly Happened[],
  { report, by, from, to, zone }: PastOf & { report: string; by: string; zone: string },
): Raw {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const keysOf = (one: Happened): string[] =>
    by === 'day' ? [dayOf.format(one.at)] : (one.dims[by as ReportBy] ?? ['']);
  const numbers: Raw = {};
  const { columns } = reports[report as ReportName];
  const keys = new Set(['total', ...daysFrom(from, to), ...happened.flatMap(keysOf)]);
  for (const column of columns) {
    const isStanding = column.source === 'standing';
    const mine = happened
      .filter(({ kind, source }) => column.kinds.includes(kind) && source === (isStanding ? 'facts' : column.source))
      .map((one) =>
        isStanding ? { ...one, dims: { ...one.dims, agent: one.dims['owner' as ReportBy] ?? [''] } } : one,
      );
    for (const key of keys) {
      const those = mine.filter((one) => {
        const day = dayOf.format(one.at);
        const isHere =
          key === 'total' || keysOf(one).includes(key) || (column.of === 'open' && by === 'day' && day <= key);
        return isHere && day <= to && (column.of === 'open' || day >= from);
      });
      (numbers[key] ??= {})[column.key] = worked(column, those);
    }
  }
  return numbers;
}

function daysFrom(from: string, to: string): string[] {
  const all: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    all.push(new Date(at).toISOString().slice(0, 10));
  }
  return all;
}

function worked({ of, good }: CountedColumn, those: Happened[]): number | null {
  const values = those.map(({ value }) => value).toSorted((a, b) => a - b);
  const mean = (list: number[]): number | null =>
    list.length === 0 ? null : list.reduce((sum, one) => sum + one, 0) / list.length;
  const at = (share: number): number | null => {
    if (values.length === 0) {
      return null;
    }
    const place = share * (values.length - 1);
    const [low, high] = [values[Math.floor(place)] as number, values[Math.ceil(place)] as number];
    return low + (high - low) * (place - Math.floor(place));
  };
  switch (of) {
    case 'count':
      return those.length;
    case 'sum':
      return those.reduce((sum, { amount }) => sum + amount, 0);
    case 'median':
      return at(0.5);
    case 'p90':
      return at(0.9);
    case 'average':
      return mean(values);
    case 'nps':
      return mean(values.map((value) => (value >= 9 ? 100 : value <= 6 ? -100 : 0)));
    case 'open':
      return those.reduce((sum, { kind }) => sum + (kind === 'solved' ? -1 : 1), 0);
    case 'share':
      return mean(
        those.map(({ kind, value }) =>
          Number(good && 'kinds' in good ? good.kinds.includes(kind) : value >= (good?.least ?? 0)),
        ),
      );
  }
}
