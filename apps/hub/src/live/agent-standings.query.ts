import type { Statement } from '#channels';
import type { Scope } from '../auth/actor.js';
import { rightsColumns, type RightsRow } from '../auth/read-actor.js';

/** What somebody behind an open socket may do now. A credential that no longer holds has no row. */
export interface AgentStanding extends RightsRow {
  /** The session's or the key's id. */
  credential: string;
  id: string;
  name: string;
  scopes: Scope[] | null;
  queue_ids: string[];
}

/**
 * The rights behind many sockets at once, by the same rules as for requests; but an open socket alone does not keep an idle session
 * alive. Parameters: session ids, key ids.
 */
export const agentStandings: Statement = {
  name: 'agent-standings',
  text: `
with held as (
  select s.id as credential, s.agent_id, null::text[] as scopes from session s
  where s.id = any ($1::uuid[]) and s.revoked_at is null and s.expires_at > clock_timestamp()
    and s.last_seen_at > clock_timestamp() - interval '12 hours'
  union all
  select k.id, k.agent_id, k.scopes from api_key k
  where k.id = any ($2::uuid[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp()))
select h.credential, a.id, a.name, ${rightsColumns}, h.scopes, array(select queue_id from queue_member m where m.agent_id = a.id) as queue_ids
from held h join agent a on a.id = h.agent_id
where a.disabled_at is null`,
};
