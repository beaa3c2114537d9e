import type { Role } from '#contract';
import type { Actor, OwnRoleRights } from '../../auth/actor.js';
import { refuseBeyond } from '../../auth/covers.js';
import type { Holder } from '../../auth/permissions.js';
import type { Transaction } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import { rightsColumns, type RightsRow } from '../../auth/read-actor.js';

/** A built-in role, or one of the organisation's own by its id. */
export type WantedRole = { role: Role } | { ownRoleId: string };

/** Throws unless the actor holds whatever the account holds: a manager of the team is no way around an administrator. */
export async function refuseAbove(tx: Transaction, actor: Actor, id: string): Promise<void> {
  const [row] = await tx.query<RightsRow & Record<string, unknown>>(
    `select ${rightsColumns} from agent a where a.id = $1`,
    [id],
  );
  if (row) {
    refuseBeyond(actor, { role: row.role, ownRole: row.own_role });
  }
}

/** What a role would bring, held so that it stays what it is until the commit. */
export async function holdRole(tx: Transaction, wanted: WantedRole): Promise<Holder & { ownRoleId: string | null }> {
  if ('role' in wanted) {
    return { role: wanted.role, ownRole: null, ownRoleId: null };
  }
  const [row] = await tx.query<OwnRoleRights & { base: Role } & Record<string, unknown>>(
    'select base, permissions, sees from own_role where id = $1 for share',
    [wanted.ownRoleId],
  );
  if (!row) {
    throw invalid('ownRoleId', 'There is no such role.');
  }
  const { base, permissions, sees } = row;
  return { role: base, ownRole: { permissions, sees }, ownRoleId: wanted.ownRoleId };
}

/** Gives somebody a role that the actor may give. That an administrator is left is for the caller to look at. */
export async function giveRole(tx: Transaction, actor: Actor, id: string, wanted: WantedRole): Promise<void> {
  const given = await holdRole(tx, wanted);
  refuseBeyond(actor, given);
  await tx.query('update agent set role = $2, own_role_id = $3 where id = $1', [id, given.role, given.ownRoleId]);
}
