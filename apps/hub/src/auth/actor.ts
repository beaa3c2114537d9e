import type { Role } from '#contract';

export type Scope = 'read' | 'write' | 'admin';

/** Who acts: an agent in a console (`sessionId`), or one of their programs (`apiKeyId`, narrowed by `scopes`). */
export interface Actor {
  kind: 'agent';
  id: string;
  role: Role;
  sessionId: string | null;
  apiKeyId: string | null;
  /** null: everything the role may do. */
  scopes: Scope[] | null;
}

const ranks: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };

/** Each role may do all that the ones below it may. */
export function hasRole(actor: Pick<Actor, 'role'>, needed: Role): boolean {
  return ranks[actor.role] >= ranks[needed];
}
