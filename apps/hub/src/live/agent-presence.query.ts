import type { AgentStatus } from '#contract';
import type { Statement } from '#channels';

/** A lease lives this long on the database clock and is renewed well before; a node that died is noticed by then. */
export const leaseSeconds = 25;

/** Makes or renews the leases of many sockets at once. Parameters: socket leases' ids, their agents, node, seconds. */
export const holdLeases: Statement = {
  name: 'presence-hold',
  text: `
insert into agent_presence (id, agent_id, node, lease_until)
select l.id, l.agent, $3, clock_timestamp() + $4 * interval '1 second'
from unnest($1::uuid[], $2::uuid[]) l(id, agent)
on conflict (id) do update set lease_until = excluded.lease_until`,
};

/** Consoles were closed. Agents' rows are locked in the order that all writers keep. */
export const dropLeases: Statement = {
  name: 'presence-drop',
  text: `
with dropped as (delete from agent_presence where id = any ($1::uuid[]) returning agent_id),
leaving as (select a.id from agent a where a.id in (select d.agent_id from dropped d) order by a.id for no key update)
update agent set left_at = clock_timestamp() where id in (select l.id from leaving l)`,
};

export const sweepLeases: Statement = {
  name: 'presence-sweep',
  text: 'delete from agent_presence where lease_until <= clock_timestamp() returning agent_id',
};

export interface AgentStateRow {
  id: string;
  status: AgentStatus;
  present: boolean;
}

/** Where agents stand. Parameter: their ids, or null for all who work here. */
export const agentStates: Statement = {
  name: 'presence-states',
  text: `
select a.id, a.status,
       exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp()) as present
from agent a
where a.id = any ($1) or ($1::uuid[] is null and a.disabled_at is null)`,
};
