import { randomUUID } from 'node:crypto';
import type { Sql } from '#channels';
import type { Hours, RoutingState } from './routing-states.js';

type Row = Record<string, unknown>;

const calendars: Record<NonNullable<Hours>, string> = { always: randomUUID(), never: randomUUID() };
const instant = (ms: number | null): string | null =>
  ms === null ? null : ms === -Infinity ? '-infinity' : new Date(ms).toISOString();
const calendarOf = (hours: Hours): string | null => (hours === null ? null : calendars[hours]);

/** The two calendars that states use. Once per database. */
export async function loadCalendars(sql: Sql): Promise<void> {
  const rows = Object.entries(calendars).map(([name, id]) => ({ id, name, tz: 'Asia/Tehran' }));
  await insert(sql, 'calendar', rows);
  const days = [1, 2, 3, 4, 5, 6, 7];
  const hours = days.map((dow) => ({ calendar_id: calendars.always, valid: '(,)', dow, minutes: '[0,1440)' }));
  await insert(sql, 'calendar_window', hours);
}

/**
 * Puts states into the database beside each other: no two share a queue or an agent, so none disturbs another. Only what routing reads is
 * there; what hangs from it, tickets above all, is not. On a transaction of its own.
 */
export async function loadStates(tx: Sql, states: readonly RoutingState[]): Promise<void> {
  await tx.query(`set local session_replication_role = 'replica'`);
  await insert(tx, 'queue', states.flatMap(queueRows));
  await insert(
    tx,
    'skill',
    states.flatMap(({ skills }) => skills.map((id) => ({ id, name: id }))),
  );
  const agents = states.flatMap((state) => state.agents);
  await insert(tx, 'agent', states.flatMap(agentRows));
  await insert(
    tx,
    'agent_presence',
    agents
      .filter(({ presentUntil }) => presentUntil !== null)
      .map(({ id, presentUntil }) => ({ id, agent_id: id, node: 'test', lease_until: instant(presentUntil) })),
  );
  await insert(
    tx,
    'queue_member',
    agents.flatMap(({ id, queues }) => [...queues].map(([queue, level]) => ({ queue_id: queue, agent_id: id, level }))),
  );
  await insert(
    tx,
    'agent_skill',
    agents.flatMap(({ id, skills }) => [...skills].map(([skill, level]) => ({ agent_id: id, skill_id: skill, level }))),
  );
  await insert(tx, 'agent_capacity', states.flatMap(capacityRows));
  await insert(tx, 'work_item', states.flatMap(itemRows));
  await insert(tx, 'work_broadcast', states.flatMap(questionRows));
}

function queueRows({ queues }: RoutingState): Row[] {
  return queues.map(({ id, strategy, stickyMs, calendar, servesOutOfHours }) => ({
    id,
    name: id,
    strategy,
    sticky_secs: stickyMs === null ? null : stickyMs / 1000,
    calendar_id: calendarOf(calendar),
    out_of_hours: servesOutOfHours ? 'route' : 'wait',
  }));
}

function agentRows({ agents }: RoutingState): Row[] {
  return agents.map((agent) => ({
    id: agent.id,
    email: `${agent.id}@peyk.test`,
    name: agent.id,
    role: 'agent',
    status: agent.status,
    disabled_at: agent.isDisabled ? '2026-01-01T00:00:00Z' : null,
    cap_units: agent.capUnits,
    used_units: agent.usedUnits,
    idle_since: instant(agent.idleSince),
    last_assigned_at: instant(agent.lastAssignedAt),
    calendar_id: calendarOf(agent.calendar),
    phone_kind: agent.hasPhone ? 'extension' : null,
    phone_address: agent.hasPhone ? '101' : null,
    talking_since: agent.isTalking ? new Date().toISOString() : null,
  }));
}

/** Whoever has neither a cap nor work of a class has no row for it. */
function capacityRows({ agents }: RoutingState): Row[] {
  return agents.flatMap(({ id, classes, uncapped }) =>
    Object.entries(classes)
      .filter(([kind, { used }]) => used > 0 || !uncapped.has(kind))
      .map(([kind, { used, cap }]) => ({ agent_id: id, class: kind, cap: uncapped.has(kind) ? null : cap, used })),
  );
}

function itemRows({ items }: RoutingState): Row[] {
  return items.map((item) => ({
    id: item.id,
    ticket_id: item.id,
    queue_id: item.queueIds[0],
    also_queues: item.queueIds.slice(1),
    class: item.class,
    weight: item.weight,
    state: 'queued',
    skill_ids: item.skillIds,
    skill_level: item.skillLevel,
    ring: item.ring,
    preferred_agent: item.preferredAgent,
    excluded_agents: item.excludedAgents,
    enqueued_at: instant(item.enqueuedAt),
    rank_at: instant(item.rankAt),
  }));
}

function questionRows({ items }: RoutingState): Row[] {
  return items.flatMap(({ id, askedAgents }) =>
    askedAgents.map((agentId) => ({
      id: randomUUID(),
      work_item_id: id,
      agent_id: agentId,
      expires_at: '2100-01-01T00:00:00Z',
    })),
  );
}

/** Columns that the rows do not name keep their defaults. */
async function insert(sql: Sql, table: string, rows: readonly Row[]): Promise<void> {
  if (rows[0] !== undefined) {
    const columns = Object.keys(rows[0]).join(', ');
    await sql.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}
