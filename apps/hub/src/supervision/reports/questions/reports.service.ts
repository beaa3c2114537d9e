import { Injectable } from '@nestjs/common';
import type { ReportBy, ReportRow, ReportView } from '#contract';
import { Database } from '../../../database/database.js';
import { reports, type CountedColumn } from './report-catalogue.js';
import { isOfTime, periodBefore } from './report-periods.js';
import { askNumbers, columnsTogether, partsOf, type ReportQuestion } from './report-question.js';

/** Numbers of a row by the keys of its columns. */
type Numbers = Record<string, number | null>;

interface Counted {
  rows: Map<string, Numbers>;
  total: Numbers;
}

const throughNow = `
select coalesce((
  select e.at from fact_cursor c cross join lateral (
    select e.at from event_log e where (e.xid, e.position) > (c.xid, c.position) order by e.xid, e.position limit 1) e
  where c.reader = 'reports'), clock_timestamp()) as through`;

const tables: Partial<Record<ReportBy, string>> = {
  queue: 'queue',
  channel: 'channel',
  agent: 'agent',
  rule: 'rule',
  bot: 'script',
  campaign: 'outreach',
  survey: 'survey',
};

/** Answers what is asked of the past, from stored facts. */
@Injectable()
export class ReportAnswers {
  constructor(private readonly database: Database) {}

  async answer(question: ReportQuestion): Promise<ReportView> {
    const [through] = await this.database.query<{ through: Date }>(throughNow);
    const before = periodBefore(question.period, question.compare, question.calendar);
    const now = await this.count(question);
    const then = before === null ? null : await this.count({ ...question, period: before });
    const { columns } = reports[question.report];
    const { report, by, period } = question;
    return {
      report,
      by,
      ...period,
      before: before && { from: before.from, to: before.to },
      columns: columns.map(({ key, unit, better }) => ({ key, unit, better, drills: true })),
      rows: isOfTime(by) ? timeRows(question, columns, now, then) : await this.keyRows(by, columns, now, then),
      total: rowOf('total', null, columns, now.total, then?.total),
      through: (through?.through ?? new Date()).toISOString(),
    };
  }

  /** One source after the other: a report must not take more than one connection from those who talk with customers. */
  private async count(question: ReportQuestion): Promise<Counted> {
    const counted: Counted = { rows: new Map(), total: {} };
    for (const columns of columnsTogether(reports[question.report].columns)) {
      for (const { text, parameters } of askNumbers(question, columns)) {
        const rows = await this.database.query<Numbers & { key: string | null }>(text, parameters);
        rows.forEach(({ key, ...numbers }) => note(counted, key, numbers));
      }
    }
    return counted;
  }

  private async keyRows(
    by: ReportBy,
    columns: readonly CountedColumn[],
    now: Counted,
    then: Counted | null,
  ): Promise<ReportRow[]> {
    const keys = [...new Set([...now.rows.keys(), ...(then?.rows.keys() ?? [])])];
    const names = await this.namesOf(by, keys);
    return keys
      .map((key) => rowOf(key, names.get(key) ?? null, columns, now.rows.get(key), then && (then.rows.get(key) ?? {})))
      .toSorted(inOrder);
  }

  private async namesOf(by: ReportBy, keys: readonly string[]): Promise<Map<string, string>> {
    const table = tables[by];
    if (table === undefined) {
      return new Map(keys.filter((key) => key !== '').map((key) => [key, key]));
    }
    const rows = await this.database.query<{ id: string; name: string }>(
      `select id, name from ${table} where id = any ($1::uuid[])`,
      [keys.filter((key) => key !== '')],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function note(counted: Counted, key: string | null, numbers: Numbers): void {
  if (key === null) {
    Object.assign(counted.total, numbers);
  } else {
    counted.rows.set(key, { ...counted.rows.get(key), ...numbers });
  }
}

function timeRows(
  question: ReportQuestion,
  columns: readonly CountedColumn[],
  now: Counted,
  then: Counted | null,
): ReportRow[] {
  const numbersOf = (counted: Counted, index: number): Numbers => ({
    ...counted.rows.get(String(index + 1)),
    ...standingAt(columns, counted, index + 1),
  });
  return partsOf(question).map(({ key }, index) =>
    rowOf(key, null, columns, numbersOf(now, index), then && numbersOf(then, index)),
  );
}

/** What is open at the end of a part is what came and did not go in all the parts up to it, and before them. */
function standingAt(columns: readonly CountedColumn[], { rows }: Counted, part: number): Numbers {
  const open = columns.filter(({ of }) => of === 'open');
  return Object.fromEntries(
    open.map(({ key }) => {
      const upTo = [...rows].filter(([index]) => Number(index) <= part);
      return [key, upTo.reduce((sum, [, numbers]) => sum + (numbers[key] ?? 0), 0)];
    }),
  );
}

const countable = new Set<CountedColumn['of']>(['count', 'sum', 'open']);

/** Nothing counted is none; nothing measured is unknown. */
function valuesOf(columns: readonly CountedColumn[], numbers: Numbers): (number | null)[] {
  return columns.map(({ key, of }) => numbers[key] ?? (countable.has(of) ? 0 : null));
}

function rowOf(
  key: string,
  label: string | null,
  columns: readonly CountedColumn[],
  numbers: Numbers | undefined,
  before: Numbers | null | undefined,
): ReportRow {
  return {
    key,
    label,
    values: valuesOf(columns, numbers ?? {}),
    before: before ? valuesOf(columns, before) : null,
  };
}

/** By name; what has none comes last. */
function inOrder(a: ReportRow, b: ReportRow): number {
  return Number(a.label === null) - Number(b.label === null) || (a.label ?? a.key).localeCompare(b.label ?? b.key);
}
