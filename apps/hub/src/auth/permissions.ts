import type { Permission, Role } from '#contract';
import { hasRole, type Actor } from './actor.js';

/** The built-in role from which on each comes by itself. */
export const builtIn: Record<Permission, Role> = {
  'board.watch': 'supervisor',
  'work.steer': 'supervisor',
  'steering.watch': 'supervisor',
  'steering.whisper': 'supervisor',
  'quality.review': 'supervisor',
  'reports.read': 'supervisor',
  'exports.make': 'supervisor',
  'messages.redact': 'supervisor',
  'people.export': 'admin',
  'people.erase': 'admin',
  'replies.manage': 'supervisor',
  'automation.manage': 'supervisor',
  'channels.manage': 'admin',
  'routing.manage': 'admin',
  'fields.manage': 'admin',
  'team.manage': 'admin',
  'developers.manage': 'admin',
  'privacy.manage': 'admin',
  'audit.read': 'admin',
  'system.manage': 'admin',
};

export const permissions = Object.keys(builtIn) as Permission[];

/** What an account holds: what its own role names, or what comes with the built-in one. */
export type Holder = Pick<Actor, 'role' | 'ownRole'>;

/** Whether the account has it, whatever a key of it was narrowed to. */
export function holds({ role, ownRole }: Holder, permission: Permission): boolean {
  return ownRole === null ? hasRole({ role }, builtIn[permission]) : ownRole.permissions.includes(permission);
}

/** A key without the scope "admin" brings nothing that is an administrator's by nature. */
export function may(actor: Holder & Pick<Actor, 'scopes'>, permission: Permission): boolean {
  const isInScope = builtIn[permission] !== 'admin' || actor.scopes === null || actor.scopes.includes('admin');
  return isInScope && holds(actor, permission);
}

export function listPermissions(holder: Holder): Permission[] {
  return permissions.filter((permission) => holds(holder, permission));
}
