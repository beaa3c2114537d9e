import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { ReportBy, ReportRow, ReportView } from '#contract';
import { reports, type CountedColumn } from './report-catalogue.js';
import { isOfTime, periodBefore, slicesBefore, type Slice } from './report-periods.js';
import { askNumbers, columnsTogether, type ReportQuestion } from './report-question.js';
import { ReportReads } from './report-reads.service.js';

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
  constructor(private readonly reads: ReportReads) {}

  answer(question: ReportQuestion, { isAwaited = true } = {}): Promise<ReportView> {
    return this.reads.read((sql) => answerFrom(sql, question), { isAwaited });
  }
}

async function answerFrom(sql: Sql, question: ReportQuestion): Promise<ReportView> {
  const [through] = await sql.query<{ through: Date }>(throughNow);
  const { report, by, period } = question;
  const asOfBefore = questionBefore(question);
  const now = await count(sql, question);
  const then = asOfBefore && (await count(sql, asOfBefore));
  const before = asOfBefore?.period ?? null;
  const { columns } = reports[report];
  return {
    report,
    by,
    ...period,
    before: before && { from: before.from, to: before.to },
    columns: columns.map(({ key, unit, better }) => ({ key, unit, better })),
    rows: isOfTime(by)
      ? timeRows(question, columns, now, then)
      : keyRows(await namesOf(sql, by, now, then), columns, now, then),
    total: rowOf('total', null, columns, now.total, then?.total),
    through: (through?.through ?? new Date()).toISOString(),
  };
}

/** The same of the time that it is compared with; null: it is not. */
function questionBefore(question: ReportQuestion): ReportQuestion | null {
  const { period, parts, compare, calendar } = question;
  return compare === 'none'
    ? null
    : {
        ...question,
        period: periodBefore(period, compare, calendar),
        parts: slicesBefore(parts, period, compare, calendar),
      };
}

async function count(sql: Sql, question: ReportQuestion): Promise<Counted> {
  const counted: Counted = { rows: new Map(), total: {} };
  for (const columns of columnsTogether(reports[question.report].columns)) {
    const { text, parameters } = askNumbers(question, columns);
    const rows = await sql.query<Numbers & { key: string | null }>(text, parameters);
    rows.forEach(({ key, ...numbers }) => note(counted, key, numbers));
  }
  return counted;
}

/** The keys of all rows with their names; null: it has none. */
async function namesOf(
  sql: Sql,
  by: ReportBy,
  now: Counted,
  then: Counted | null,
): Promise<Map<string, string | null>> {
  const keys = [...new Set([...now.rows.keys(), ...(then?.rows.keys() ?? [])])];
  const table = tables[by];
  if (table === undefined) {
    return new Map(keys.map((key) => [key, key === '' ? null : key]));
  }
  const named = await sql.query<{ id: string; name: string }>(
    `select id, name from ${table} where id = any ($1::uuid[])`,
    [keys.filter((key) => key !== '')],
  );
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return new Map(keys.map((key) => [key, names.get(key) ?? null]));
}

function keyRows(
  names: ReadonlyMap<string, string | null>,
  columns: readonly CountedColumn[],
  now: Counted,
  then: Counted | null,
): ReportRow[] {
  return [...names]
    .map(([key, name]) => rowOf(key, name, columns, now.rows.get(key), then && (then.rows.get(key) ?? {})))
    .toSorted(inOrder);
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
  const { parts } = question;
  const [during, before] = [partNumbers(parts, columns, now), then && partNumbers(parts, columns, then)];
  return parts.map(({ key }, index) => rowOf(key, null, columns, during[index], before?.[index] ?? null));
}

/** What is open at the end of a part is what came and did not go in all the parts up to it, and before them. */
function partNumbers(parts: readonly Slice[], columns: readonly CountedColumn[], { rows }: Counted): Numbers[] {
  const open = columns.filter(({ of }) => of === 'open').map(({ key }) => key);
  const standing: Numbers = {};
  // Part 0 is all that was before.
  const numbers = Array.from({ length: parts.length + 1 }, (_, part) => {
    const counted = rows.get(String(part)) ?? {};
    open.forEach((key) => (standing[key] = (standing[key] ?? 0) + (counted[key] ?? 0)));
    return { ...counted, ...standing };
  });
  return numbers.slice(1);
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
