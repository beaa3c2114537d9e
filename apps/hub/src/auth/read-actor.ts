import type { Sql } from '#channels';
import type { Role } from '#contract';
import type { Actor, OwnRoleRights } from './actor.js';

/** What an account may do, of the table `agent` by the name a: columns that everything reads which finds out who acts. */
export const rightsColumns = `a.role, (
  select jsonb_build_object('permissions', o.permissions, 'sees', o.sees) from own_role o where o.id = a.own_role_id) as own_role`;

export interface RightsRow {
  role: Role;
  own_role: OwnRoleRights | null;
}

/** An agent for whom the hub acts later than they asked, with the rights that they have by now; null: the account is switched off. */
export async function readActor(sql: Sql, id: string): Promise<Actor | null> {
  const [row] = await sql.query<RightsRow & Record<string, unknown>>(
    `select ${rightsColumns} from agent a where a.id = $1 and a.disabled_at is null`,
    [id],
  );
  return row ? absentActor(id, row) : null;
}

/** Somebody who is not calling at the moment. */
export function absentActor(id: string, { role, own_role: ownRole }: RightsRow): Actor {
  return { kind: 'agent', id, role, ownRole, sessionId: null, apiKeyId: null, scopes: null };
}
