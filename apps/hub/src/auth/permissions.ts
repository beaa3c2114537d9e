import type { Permission, Role } from '#contract';
import { hasRole, type Actor } from './actor.js';

/** The built-in role from which on each comes by itself. */
export const builtIn: Record<Permission, Role> = {
  'board.watch': 'supervisor',
  'work.steer': 'supervisor',
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

export function may(actor: Pick<Actor, 'role'>, permission: Permission): boolean {
  return hasRole(actor, builtIn[permission]);
}

export function listPermissions(actor: Pick<Actor, 'role'>): Permission[] {
  return (Object.keys(builtIn) as Permission[]).filter((permission) => may(actor, permission));
}
