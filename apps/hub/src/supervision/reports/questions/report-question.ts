import type { ReportBy, ReportCalendar, ReportCompare, ReportName } from '#contract';
import { reports, type CountedColumn, type SourceName } from './report-catalogue.js';
import { isOfTime, spanOf, type Period, type Slice } from './report-periods.js';
import { sourceOf } from './report-sources.js';

/** What is asked, once it is known to make sense. */
export interface ReportQuestion {
  report: ReportName;
  by: ReportBy;
  period: Period;
  /** The parts of the time that rows stand for; none where they stand for something else. */
  parts: Slice[];
  calendar: ReportCalendar;
  compare: ReportCompare;
  /** Empty: any. */
  queues: string[];
  channels: string[];
  agents: string[];
  tags: string[];
  /** Whose tickets the reader may know of; null: all. */
  scope: string[] | null;
}

/** A statement of numbers with what it is given. */
export interface Asked {
  text: string;
  parameters: unknown[];
}

/** Whether it follows from how many there were of each kind. */
function isCounted({ of, good }: CountedColumn): boolean {
  return of === 'count' || of === 'sum' || of === 'open' || (of === 'share' && good !== undefined && 'kinds' in good);
}

/**
 * Columns that are read together: of one source, and those that count apart from those that measure, since what is measured is sorted and
 * the many rows that are only counted need not be. What is open follows from all of the past.
 */
export function columnsTogether(columns: readonly CountedColumn[]): CountedColumn[][] {
  const wayOf = (column: CountedColumn): string =>
    column.of === 'open' ? 'open' : isCounted(column) ? 'count' : 'measure';
  return [...Map.groupBy(columns, (column) => `${column.source} ${wayOf(column)}`).values()];
}

/** The numbers of one source: a row each, its key in `key`, its numbers by the keys of the columns; the row without a key is the whole. */
export function askNumbers(question: ReportQuestion, columns: readonly CountedColumn[]): Asked {
  const { by } = question;
  const key = by === 'tag' ? 's.tags' : keyOf(by);
  const write = columns.every(isCounted) ? countedRows : measuredRows;
  return {
    text: `with ${pickedRows(question, columns, key)}${write(by, columns)}`,
    parameters: parametersOf(question, columns),
  };
}

/** What is counted is added up by the kinds of rows first, and those few sums make the columns and the whole. */
function countedRows(by: ReportBy, columns: readonly CountedColumn[]): string {
  const numbers = columns.map((column) => `(${countOf(column)})::float8 as "${column.key}"`).join(', ');
  return `,
part as (select key, kind, count(*) as n, sum(amount) as amount from picked group by key, kind)
select ${by === 'tag' ? 'tag' : `coalesce(key::text, '')`} as key, ${numbers} from part${by === 'tag' ? eachTagOf('key') : ''} group by 1
union all select null, ${numbers} from part`;
}

/**
 * A median of all is no median of medians, so the whole is worked out from the rows as well. Something may have several tags, and is one
 * thing in the whole.
 */
function measuredRows(by: ReportBy, columns: readonly CountedColumn[]): string {
  const numbers = columns.map((column) => `${measureOf(column)} as "${column.key}"`).join(', ');
  return by === 'tag'
    ? ` select tag as key, ${numbers} from picked${eachTagOf('key')} group by tag
union all select null, ${numbers} from picked`
    : ` select case when grouping(key) = 0 then coalesce(key::text, '') end as key, ${numbers}
from picked group by grouping sets ((key), ())`;
}

/** Which of the rows behind a column. */
export interface RowsWanted {
  /** Key of a row of the report; null: of all rows. */
  row: string | null;
  /** Only of this hour of the week, as clocks show it where days are counted. */
  hour: WeekHour | null;
  /** Only what somebody had to take at once. */
  isAtOnce: boolean;
}

/** 1 is Monday. */
export interface WeekHour {
  weekday: number;
  hour: number;
}

/** The rows behind a number, the latest first. Further parameters: behind whom (instant and name), how many. */
export function askRows(question: ReportQuestion, column: CountedColumn, { row, hour, isAtOnce }: RowsWanted): Asked {
  const place = column.of === 'open' ? openTickets(question.by, row) : rowsAsTheyAre;
  const key = row === null ? 'null::text' : keyOf(question.by);
  return {
    text: `with ${pickedRows(question, [column], key, true)}, found as (${place}),
page as (
  select * from found
  where ($14::timestamptz is null or (at, ref) < ($14::timestamptz, $15::text))
    and ($11::int is null or (${weekdayOf('$13')} = $11 and ${hourOf('$13')} = $12::int))
    ${isAtOnce ? `and ${isTakenAtOnce('found.ticket_id')}` : ''}
  order by at desc, ref desc limit $16)
select p.at, p.at::text as "cursorAt", p.ref, p.value, p.ticket_id as id, t.number, t.prefix, t.subject, p.conversation_id as conversation
from page p left join ticket t on t.id = p.ticket_id order by p.at desc, p.ref desc`,
    parameters: [
      ...parametersOf(question, [column]),
      row,
      hour?.weekday ?? null,
      hour?.hour ?? null,
      question.period.zone,
    ],
  };
}

/** How much of a column there was in each hour of the week. */
export function askWeek(question: ReportQuestion, column: CountedColumn): Asked {
  return {
    text: `with ${pickedRows(question, [column], 'null::text')}
select ${weekdayOf('$10')} as weekday, ${hourOf('$10')} as hour, sum(amount)::int as n from picked group by 1, 2`,
    parameters: [...parametersOf(question, [column]), question.period.zone],
  };
}

const weekdayOf = (zone: string): string => `extract(isodow from at at time zone ${zone}::text)::int`;
const hourOf = (zone: string): string => `extract(hour from at at time zone ${zone}::text)::int`;

/** Mail waits for days, and nobody is scheduled for it by the minute. */
export const isTakenAtOnce = (ticket: string): string =>
  `exists (select 1 from work_item w where w.ticket_id = ${ticket} and w.class <> 'async')`;

const rowsAsTheyAre = `
select at, ref || ':' || kind as ref, coalesce(value, amount)::float8 as value, ticket_id, conversation_id
from picked where $10::text is null or coalesce(key::text, '') = $10`;

/** What was opened and not solved by the end of the row: of a part of the time, what came before it counts as well. */
function openTickets(by: ReportBy, row: string | null): string {
  const those =
    row !== null && isOfTime(by)
      ? 'key::text::int <= $10::text::int'
      : `($10::text is null or coalesce(key::text, '') = $10)`;
  return `
select min(at) as at, ticket_id::text as ref, 1::float8 as value, ticket_id, conversation_id
from picked where ${those}
group by ticket_id, conversation_id having sum(case kind when 'solved' then -1 else 1 end) > 0`;
}

/** Everything that the question is about, with the key of its row. */
function pickedRows(
  question: ReportQuestion,
  [column]: readonly CountedColumn[],
  key = keyOf(question.by),
  isListed = false,
): string {
  const { source } = column as CountedColumn;
  const isOfTickets = isListed || asksForTickets(question, source);
  return `source as (${sourceOf(source, isOfTickets)}),
picked as (
  select s.kind, s.at, s.amount, s.value, ${isListed ? 's.ticket_id, s.conversation_id, s.ref, ' : ''}${key} as key
  from source s${key === 'tag' ? eachTagOf('s.tags') : ''}
  where $4::timestamptz[] is not null
    and ($5::uuid[] is null or s.queue_id = any ($5)) and ($6::uuid[] is null or s.channel_id = any ($6))
    and ($7::uuid[] is null or s.agent_id = any ($7)) and ($8::text[] is null or s.tags && $8)
    and ($9::uuid[] is null or s.queue_id = any ($9)))`;
}

/** Whether anything but when it happened, and who did it, decides what a fact counts for. */
function asksForTickets({ by, queues, channels, agents, tags, scope }: ReportQuestion, source: SourceName): boolean {
  const isOfAgents = by === 'agent' || agents.length > 0;
  const isCut = !isOfTime(by) && by !== 'agent';
  const isFiltered = scope !== null || [queues, channels, tags].some((list) => list.length > 0);
  return isCut || isFiltered || (isOfAgents && source === 'standing');
}

const eachTagOf = (tags: string): string =>
  ` cross join lateral unnest(case when ${tags} = '{}' then '{""}' else ${tags} end) tag`;

const subjects = new Set<ReportBy>(['rule', 'bot', 'campaign', 'survey']);

function keyOf(by: ReportBy): string {
  if (isOfTime(by)) {
    return 'width_bucket(s.at, $4::timestamptz[])';
  }
  return by === 'tag' ? 'tag' : `s.${subjects.has(by) ? 'subject' : by}_id`;
}

function parametersOf(question: ReportQuestion, columns: readonly CountedColumn[]): unknown[] {
  const { start, end } = spanOf(question.period);
  const { queues, channels, agents, tags, scope } = question;
  const any = (list: string[]): string[] | null => (list.length === 0 ? null : list);
  return [
    columns.some(({ of }) => of === 'open') ? '-infinity' : start,
    end,
    [...new Set(columns.flatMap(({ kinds }) => kinds))],
    question.parts.map(({ at }) => at),
    any(queues),
    any(channels),
    any(agents),
    any(tags),
    scope,
  ];
}

const ofKinds = (kinds: readonly string[]): string => `kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})`;

/** Of sums by kinds: n rows, amount in all. Nothing counted is none, and has no share. */
function countOf({ of, kinds, good }: CountedColumn): string {
  const sumOf = (what: string, those: readonly string[]): string => `sum(${what}) filter (where ${ofKinds(those)})`;
  if (of === 'share') {
    return `coalesce(${sumOf('n', good && 'kinds' in good ? good.kinds : kinds)}, 0) / ${sumOf('n', kinds)}`;
  }
  const what = { sum: 'amount', open: `case kind when 'solved' then -n else n end`, count: 'n' };
  return `coalesce(${sumOf(what[of as keyof typeof what], kinds)}, 0)`;
}

function measureOf({ of, kinds, good }: CountedColumn): string {
  const those = `filter (where ${ofKinds(kinds)})`;
  const measures: Partial<Record<CountedColumn['of'], string>> = {
    median: `percentile_cont(0.5) within group (order by value) ${those}`,
    p90: `percentile_cont(0.9) within group (order by value) ${those}`,
    share: `(avg((${goodOf(good)})::int) ${those})::float8`,
    nps: `(avg(case when value >= 9 then 100 when value <= 6 then -100 else 0 end) ${those})::float8`,
  };
  return measures[of] ?? `avg(value) ${those}`;
}

function goodOf(good: CountedColumn['good']): string {
  if (good === undefined) {
    return 'true';
  }
  return 'least' in good ? `value >= ${String(good.least)}` : ofKinds(good.kinds);
}

export function columnOf(report: ReportName, key: string): CountedColumn | undefined {
  return reports[report].columns.find((column) => column.key === key);
}
