import type { Permission, Role, RoleScope } from '#contract';

export type Scope = 'read' | 'write' | 'admin';

/** Who acts: an agent in a console (`sessionId`), or one of their programs (`apiKeyId`, narrowed by `scopes`). */
export interface Actor {
  kind: 'agent';
  id: string;
  /** The rank of their everyday work. */
  role: Role;
  /** What a role of the organisation's own says in place of the built-in one; null: nothing. */
  ownRole: OwnRoleRights | null;
  sessionId: string | null;
  apiKeyId: string | null;
  /** null: everything the role may do. */
  scopes: Scope[] | null;
}

export interface OwnRoleRights {
  permissions: Permission[];
  sees: RoleScope;
}

const ranks: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };

/** Each role may do all that the ones below it may. For what they may read and steer of others ask `oversees`. */
export function hasRole(actor: Pick<Actor, 'role'>, needed: Role): boolean {
  return ranks[actor.role] >= ranks[needed];
}

/** Whether they read and steer everybody, and not just what is in their own queues. */
export function oversees({ role, ownRole }: Pick<Actor, 'role' | 'ownRole'>): boolean {
  return hasRole({ role }, 'supervisor') && ownRole?.sees !== 'own_queues';
}
