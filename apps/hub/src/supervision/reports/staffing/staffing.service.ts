import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Sql } from '#channels';
import type { StaffingCell, StaffingView } from '#contract';
import { Database } from '../../../database/database.js';
import { isTakenAtOnce } from '../questions/report-question.js';
import { ReportReads } from '../questions/report-reads.service.js';
import type { StaffingDto } from '../reports.dto.js';
import { agentsNeeded, serviceLevel } from './erlang-c.js';

/** What came that somebody had to take at once. */
const arrivals = `
select extract(isodow from f.at at time zone $3)::int as weekday, extract(hour from f.at at time zone $3)::int as hour, count(*)::int as n
from report_fact f join report_ticket t on t.ticket_id = f.ticket_id
where f.kind = 'opened' and f.at >= $1 and f.at < $2 and ($4::uuid is null or t.queue_id = $4) and ($5::uuid[] is null or t.queue_id = any ($5))
  and ${isTakenAtOnce('f.ticket_id')}
group by 1, 2`;

/** busy: time in which an agent held any of them, however many. */
const handling = `
with held as (
  select f.agent_id, f.value, tstzrange(f.at - make_interval(secs => f.value), f.at) as span
  from report_fact f join report_ticket t on t.ticket_id = f.ticket_id
  where f.kind = 'handled' and f.at >= $1 and f.at < $2 and ($3::uuid is null or t.queue_id = $3) and ($4::uuid[] is null or t.queue_id = any ($4))),
busy as (
  select sum(extract(epoch from upper(one.span) - lower(one.span))) as seconds
  from (select agent_id, range_agg(span) as spans from held group by agent_id) a cross join lateral unnest(a.spans) one(span))
select count(*)::int as handled, avg(value)::float8 as "handleSeconds",
       coalesce(sum(value) / nullif((select seconds from busy), 0), 1)::float8 as concurrency
from held`;

interface Handling {
  handled: number;
  handleSeconds: number | null;
  concurrency: number;
}

/** How many are needed when, as past weeks went. */
@Injectable()
export class Staffing {
  constructor(
    private readonly database: Database,
    private readonly reads: ReportReads,
  ) {}

  async plan(dto: StaffingDto, scope: string[] | null): Promise<StaffingView> {
    const { queue = null, weeks, zone, share, seconds, shrinkage } = dto;
    const end = await this.today(zone);
    const start = end.minus({ weeks });
    const wanted = { start: start.toJSDate(), end: end.toJSDate(), zone, queue, scope };
    const { came, how } = await this.reads.read((sql) => pastOf(sql, wanted));
    const perHour = new Map(came.map(({ weekday, hour, n }) => [weekday * 24 + hour, n / weeks]));
    const cells = Array.from({ length: 7 * 24 }, (_, index) => {
      const [weekday, hour] = [Math.floor(index / 24) + 1, index % 24];
      return cellOf({ weekday, hour, arrivals: perHour.get(weekday * 24 + hour) ?? 0 }, how, dto);
    });
    const days = { from: start.toISODate() as string, to: end.minus({ days: 1 }).toISODate() as string };
    return { queue, weeks, ...days, zone, share, seconds, shrinkage, ...how, cells };
  }

  /** Whole days, by the clock of the database as everything that is counted. */
  private async today(zone: string): Promise<DateTime> {
    const [row] = await this.database.query<{ now: Date }>('select clock_timestamp() as now');
    return DateTime.fromJSDate(row?.now ?? new Date(), { zone }).startOf('day');
  }
}

interface Wanted {
  start: Date;
  end: Date;
  zone: string;
  queue: string | null;
  scope: string[] | null;
}

type Arrivals = { weekday: number; hour: number; n: number };

async function pastOf(
  sql: Sql,
  { start, end, zone, queue, scope }: Wanted,
): Promise<{ came: Arrivals[]; how: Handling }> {
  const came = await sql.query<Arrivals>(arrivals, [start, end, zone, queue, scope]);
  const [how] = await sql.query<Handling & Record<string, unknown>>(handling, [start, end, queue, scope]);
  return { came, how: how ?? { handled: 0, handleSeconds: null, concurrency: 1 } };
}

/**
 * Whoever holds two chats at a time works on each for half of the time that it is held, and so much of an agent is what one of them takes.
 * Shrinkage comes last: it is about who is scheduled, not about who is there.
 */
function cellOf(
  { weekday, hour, arrivals: n }: Pick<StaffingCell, 'weekday' | 'hour' | 'arrivals'>,
  { handleSeconds, concurrency }: Handling,
  { share, seconds, shrinkage }: StaffingDto,
): StaffingCell {
  if (n === 0 || !handleSeconds) {
    return { weekday, hour, arrivals: n, agents: 0, load: 0, share: 1 };
  }
  const worked = handleSeconds / concurrency;
  const offered = { load: (n * worked) / 3600, handleSeconds: worked };
  const present = agentsNeeded(offered, { share, seconds });
  return {
    weekday,
    hour,
    arrivals: n,
    agents: Math.ceil(present / (1 - shrinkage)),
    load: offered.load,
    share: serviceLevel(present, offered, seconds),
  };
}
