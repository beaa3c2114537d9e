import type { ReportBy, ReportCalendar, ReportCompare, ReportName } from '#contract';
import { reports, type CountedColumn, type SourceName } from './report-catalogue.js';
import { isOfTime, slicesOf, spanOf, type Period, type Slice } from './report-periods.js';
import { sources } from './report-sources.js';

/** What is asked, once it is known to make sense. */
export interface ReportQuestion {
  report: ReportName;
  by: ReportBy;
  period: Period;
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

/** The parts of the time that rows stand for; none where they stand for something else. */
export function partsOf({ by, period, calendar }: ReportQuestion): Slice[] {
  return isOfTime(by) ? slicesOf(period, by, calendar) : [];
}

const counting = new Set<CountedColumn['of']>(['count', 'sum']);

/**
 * Columns that are read together: of one source, and those that only count apart from those that measure, since what is measured is sorted
 * and the many rows that are only counted need not be.
 */
export function columnsTogether(columns: readonly CountedColumn[]): CountedColumn[][] {
  return [...Map.groupBy(columns, ({ source, of }) => `${source} ${String(counting.has(of))}`).values()];
}

/**
 * The numbers of one source: a row each, its key in `key`, its numbers by the keys of the columns; the row without a key is the whole. A
 * median of all is no median of medians, so the whole is worked out from the rows as well. Something may have several tags: there the
 * whole is asked for by itself, or it would count that twice.
 */
export function askNumbers(question: ReportQuestion, columns: readonly CountedColumn[]): Asked[] {
  const { source } = columns[0] as CountedColumn;
  const numbers = columns.map((column) => `${numberOf(column)} as "${column.key}"`).join(', ');
  const parameters = parametersOf(question, source, [...new Set(columns.flatMap((column) => column.kinds))]);
  const rows = `with ${pickedRows(source, question.by)} select key::text, ${numbers} from picked`;
  const whole = `with ${pickedRows(source, null)} select null::text as key, ${numbers} from picked`;
  return question.by === 'tag'
    ? [
        { text: `${rows} group by key`, parameters },
        { text: whole, parameters },
      ]
    : [{ text: `${rows} group by grouping sets ((key), ())`, parameters }];
}

/** The rows behind a number, the latest first; `row` null: of all rows. Further parameters: behind whom (instant and name), how many. */
export function askRows(question: ReportQuestion, column: CountedColumn, row: string | null): Asked {
  const place = column.of === 'open' ? openTickets(question.by, row) : rowsAsTheyAre;
  return {
    text: `with ${pickedRows(column.source, row === null ? null : question.by)}, found as (${place}),
page as (
  select * from found where ($12::timestamptz is null or (at, ref) < ($12::timestamptz, $13::text)) order by at desc, ref desc limit $14)
select p.at, p.at::text as "cursorAt", p.ref, p.value, p.ticket_id as id, t.number, t.prefix, t.subject, p.conversation_id as conversation
from page p left join ticket t on t.id = p.ticket_id order by p.at desc, p.ref desc`,
    parameters: [...parametersOf(question, column.source, column.kinds), row],
  };
}

const rowsAsTheyAre = `
select at, ref || ':' || kind as ref, coalesce(value, amount)::float8 as value, ticket_id, conversation_id
from picked where ($11::text is null or key::text = $11) and at >= $10`;

/** What was opened and not solved by the end of the row: of a part of the time, what came before it counts as well. */
function openTickets(by: ReportBy, row: string | null): string {
  const those =
    row !== null && isOfTime(by) ? 'key::text::int <= $11::text::int' : '($11::text is null or key::text = $11)';
  return `
select min(at) as at, ticket_id::text as ref, 1::float8 as value, ticket_id, conversation_id
from picked where ${those}
group by ticket_id, conversation_id having sum(case kind when 'solved' then -1 else 1 end) > 0`;
}

/** Everything that the question is about, with the key of its row. */
function pickedRows(source: SourceName, by: ReportBy | null): string {
  return `source as (${sources[source]}),
picked as (
  select s.kind, s.at, s.amount, s.value, s.ticket_id, s.conversation_id, s.ref, ${keyOf(by)} as key
  from source s${by === 'tag' ? ` cross join lateral unnest(case when s.tags = '{}' then '{""}' else s.tags end) tag` : ''}
  where $10::timestamptz is not null and ($4::timestamptz[] is not null)
    and ($5::uuid[] is null or s.queue_id = any ($5)) and ($6::uuid[] is null or s.channel_id = any ($6))
    and ($7::uuid[] is null or s.agent_id = any ($7)) and ($8::text[] is null or s.tags && $8)
    and ($9::uuid[] is null or s.queue_id = any ($9)))`;
}

const subjects = new Set<ReportBy>(['rule', 'bot', 'campaign', 'survey']);

function keyOf(by: ReportBy | null): string {
  if (by === null) {
    return `''`;
  }
  if (isOfTime(by)) {
    return 'width_bucket(s.at, $4::timestamptz[])';
  }
  return by === 'tag' ? 'tag' : `coalesce(s.${subjects.has(by) ? 'subject' : by}_id::text, '')`;
}

function parametersOf(question: ReportQuestion, source: SourceName, kinds: readonly string[]): unknown[] {
  const { start, end } = spanOf(question.period);
  const { queues, channels, agents, tags, scope } = question;
  const any = (list: string[]): string[] | null => (list.length === 0 ? null : list);
  return [
    source === 'standing' ? '-infinity' : start,
    end,
    kinds,
    partsOf(question).map(({ at }) => at),
    any(queues),
    any(channels),
    any(agents),
    any(tags),
    scope,
    start,
  ];
}

const list = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ');

function numberOf({ of, kinds, good, source }: CountedColumn): string {
  const those = `filter (where kind in (${list(kinds)})${source === 'standing' ? ' and at >= $10' : ''})`;
  switch (of) {
    case 'count':
      return `(count(*) ${those})::float8`;
    case 'sum':
      return `coalesce(sum(amount) ${those}, 0)::float8`;
    case 'median':
      return `percentile_cont(0.5) within group (order by value) ${those}`;
    case 'p90':
      return `percentile_cont(0.9) within group (order by value) ${those}`;
    case 'average':
      return `avg(value) ${those}`;
    case 'share':
      return `(avg((${goodOf(good)})::int) ${those})::float8`;
    case 'nps':
      return `(avg(case when value >= 9 then 100 when value <= 6 then -100 else 0 end) ${those})::float8`;
    case 'open':
      return `sum(case kind when 'solved' then -1 else 1 end)::float8`;
  }
}

function goodOf(good: CountedColumn['good']): string {
  if (good === undefined) {
    return 'true';
  }
  return 'least' in good ? `value >= ${String(good.least)}` : `kind in (${list(good.kinds)})`;
}

export function columnOf(report: ReportName, key: string): CountedColumn | undefined {
  return reports[report].columns.find((column) => column.key === key);
}
