import type { Sql, Statement } from '#channels';
import type { SlaClockView } from '#contract';
import type { PinnedClock } from '#tickets';

/** A clock as it is stored. */
export interface StoredClock extends PinnedClock {
  ticketId: string;
}

const loadClocks: Statement = {
  name: 'sla-clocks',
  text: `
select id, ticket_id as "ticketId", metric, cycle, policy_version_id as "policyVersionId", target_ms::float8 as "targetMs",
       consumed_ms::float8 as "consumedMs", state, told,
       (extract(epoch from started_at) * 1000)::float8 as "startedAt", (extract(epoch from resumed_at) * 1000)::float8 as "resumedAt",
       (extract(epoch from due_at) * 1000)::float8 as "dueAt", (extract(epoch from wake_at) * 1000)::float8 as "wakeAt",
       (extract(epoch from breached_at) * 1000)::float8 as "breachedAt", (extract(epoch from ended_at) * 1000)::float8 as "endedAt"
from sla_clock where ticket_id = any ($1::uuid[])
order by ticket_id, started_at, cycle, id
for no key update`,
};

/** The clocks of tickets, ended ones included, locked. The tickets' conversations must be. Cycles of a metric come in order. */
export async function lockClocks(sql: Sql, ticketIds: readonly string[]): Promise<StoredClock[]> {
  return ticketIds.length === 0 ? [] : sql.query<StoredClock>(loadClocks, [ticketIds]);
}

/** A JSON number of milliseconds as an instant. A clock whose calendar never opens is due at infinity, which JSON cannot say. */
const instant = (name: string) => `to_timestamp(c."${name}" / 1000.0)`;

const saveStatement: Statement = {
  name: 'sla-clocks-save',
  text: `
insert into sla_clock (id, ticket_id, metric, cycle, policy_version_id, calendar_id, target_ms, consumed_ms, state, told,
                       started_at, resumed_at, due_at, wake_at, breached_at, ended_at)
select c.id, c."ticketId", c.metric, c.cycle, c."policyVersionId",
       (select (v.body ->> 'calendarId')::uuid from sla_policy_version v where v.id = c."policyVersionId"),
       c."targetMs", c."consumedMs", c.state, c.told, ${instant('startedAt')}, ${instant('resumedAt')},
       case when c.state = 'running' then coalesce(${instant('dueAt')}, 'infinity') end,
       ${instant('wakeAt')}, ${instant('breachedAt')}, ${instant('endedAt')}
from jsonb_to_recordset($1::jsonb) as c(
  id uuid, "ticketId" uuid, metric text, cycle int, "policyVersionId" uuid, "targetMs" bigint, "consumedMs" bigint, state text,
  told smallint, "startedAt" float8, "resumedAt" float8, "dueAt" float8, "wakeAt" float8, "breachedAt" float8, "endedAt" float8)
order by c.state in ('running', 'paused'), c.cycle
on conflict (id) do update
set consumed_ms = excluded.consumed_ms, state = excluded.state, told = excluded.told,
    warned_at = coalesce(sla_clock.warned_at, case when excluded.told > 0 then clock_timestamp() end), resumed_at = excluded.resumed_at,
    due_at = excluded.due_at, wake_at = excluded.wake_at, breached_at = excluded.breached_at, ended_at = excluded.ended_at`,
};

/** Writes clocks as they stand now. A clock that ends comes before the one that takes its place. */
export async function saveClocks(sql: Sql, clocks: readonly StoredClock[]): Promise<void> {
  if (clocks.length > 0) {
    await sql.query(saveStatement, [JSON.stringify(clocks)]);
  }
}

const dueClocks: Statement = {
  name: 'sla-due',
  text: `
select ticket_id from sla_clock
where state = 'running' and wake_at < to_timestamp($1 / 1000.0) and not ticket_id = any ($3::uuid[])
group by ticket_id order by min(wake_at) limit $2`,
};

/** The tickets of clocks that have something to tell by an instant, in milliseconds of the Unix epoch; those longest due first. */
export async function findDueClocks(
  sql: Sql,
  { by, limit, without }: { by: number; limit: number; without: readonly string[] },
): Promise<string[]> {
  const rows = await sql.query<{ ticket_id: string }>(dueClocks, [by, limit, without]);
  return rows.map((row) => row.ticket_id);
}

/** The latest clock of each metric, without those that ended as no promise any more. */
export function showClocks(clocks: readonly PinnedClock[]): SlaClockView[] {
  const latest = new Map(clocks.map((clock) => [clock.metric, clock]));
  return [...latest.values()]
    .filter(({ state }) => state !== 'cancelled')
    .map(({ metric, state, targetMs, consumedMs, dueAt, breachedAt }) => ({
      metric,
      state,
      targetMs,
      leftMs: targetMs - consumedMs,
      dueAt: dueAt === null || dueAt === Infinity ? null : new Date(dueAt).toISOString(),
      breachedAt: breachedAt === null ? null : new Date(breachedAt).toISOString(),
    }));
}
