import type { Sql } from '#channels';
import type { ExplainedPromise, Named } from '#contract';

/** What was recorded of a ticket, as `event_log` has it. */
export interface RecordedFact {
  type: string;
  actorId: string | null;
  payload: Record<string, unknown>;
  /** ISO. */
  at: string;
}

/** A life may have many turns; the latest are what is asked about. */
const mostFacts = 500;

/** The filter is the one of the index, word for word: a planner takes a partial index only where it sees the same. */
const factsOfTicket = `
select e.type, e.actor_id as "actorId", e.payload, e.at from event_log e
where e.subject_id = $1
  and (e.type like 'work.%' or e.type like 'ticket.%' or e.type like 'sla.%' or e.type like 'agent.%')
order by e.position desc limit ${mostFacts}`;

/** Oldest first. */
export async function readFacts(sql: Sql, ticketId: string): Promise<RecordedFact[]> {
  const rows = await sql.query<Omit<RecordedFact, 'at'> & { at: Date }>(factsOfTicket, [ticketId]);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() })).toReversed();
}

const namesOf = `
select id, name from agent where id = any ($1::uuid[])
union all select id, name from queue where id = any ($1::uuid[])
union all select id, name from skill where id = any ($1::uuid[])`;

/** Agents, queues and skills by id. */
export async function readNames(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = ids.length === 0 ? [] : await sql.query<Named & Record<string, unknown>>(namesOf, [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

interface ClockRow extends Omit<
  ExplainedPromise,
  'chosenBy' | 'calendar' | 'startedAt' | 'publishedAt' | 'dueAt' | 'breachedAt' | 'endedAt'
> {
  scope: { queueIds?: string[]; tiers?: number[]; priorities?: number[] } | null;
  calendarName: string | null;
  timeZone: string | null;
  publishedAt: Date | null;
  startedAt: Date;
  dueAt: Date | null;
  breachedAt: Date | null;
  endedAt: Date | null;
}

const clocksOfTicket = `
select c.metric, c.state, p.name as "policyName", v.version, v.published_at as "publishedAt", v.body -> 'scope' as scope,
       coalesce(v.body -> 'pausedIn', '[]') as "pausedIn", k.name as "calendarName", k.tz as "timeZone",
       c.target_ms::float8 as "targetMs", c.consumed_ms::float8 as "consumedMs", c.started_at as "startedAt",
       nullif(c.due_at, 'infinity') as "dueAt", c.breached_at as "breachedAt", c.ended_at as "endedAt"
from sla_clock c
join sla_policy_version v on v.id = c.policy_version_id
join sla_policy p on p.id = v.policy_id
left join calendar k on k.id = c.calendar_id
where c.ticket_id = $1 and c.metric <> 'periodic_update'
order by c.started_at, c.cycle, c.id`;

/** Every promise that was ever made about a ticket, oldest first. */
export async function readPromises(sql: Sql, ticketId: string): Promise<ExplainedPromise[]> {
  const rows = await sql.query<ClockRow & Record<string, unknown>>(clocksOfTicket, [ticketId]);
  return rows.map(({ scope, calendarName, timeZone, ...row }) => ({
    metric: row.metric,
    state: row.state,
    policyName: row.policyName,
    version: row.version,
    publishedAt: instant(row.publishedAt),
    chosenBy: namedBy(scope),
    calendar: calendarName === null ? null : { name: calendarName, timeZone: timeZone ?? 'UTC' },
    pausedIn: row.pausedIn,
    targetMs: row.targetMs,
    consumedMs: row.consumedMs,
    startedAt: row.startedAt.toISOString(),
    dueAt: instant(row.dueAt),
    breachedAt: instant(row.breachedAt),
    endedAt: instant(row.endedAt),
  }));
}

function namedBy(scope: ClockRow['scope']): ExplainedPromise['chosenBy'] {
  const { queueIds = [], tiers = [], priorities = [] } = scope ?? {};
  const lists = { queue: queueIds, tier: tiers, priority: priorities };
  return (['queue', 'tier', 'priority'] as const).filter((name) => lists[name].length > 0);
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
