import type { Permission } from '#contract';

/** In the order in which they are read. */
export const groups = ['floor', 'figures', 'people', 'words', 'ways', 'office'] as const;
export type PermissionGroup = (typeof groups)[number];

const groupOf: Record<Permission, PermissionGroup> = {
  'board.watch': 'floor',
  'work.steer': 'floor',
  'steering.watch': 'floor',
  'steering.whisper': 'floor',
  'quality.review': 'floor',
  'reports.read': 'figures',
  'exports.make': 'figures',
  'messages.redact': 'people',
  'people.export': 'people',
  'people.erase': 'people',
  'privacy.manage': 'people',
  'replies.manage': 'words',
  'automation.manage': 'words',
  'fields.manage': 'words',
  'channels.manage': 'ways',
  'routing.manage': 'ways',
  'team.manage': 'office',
  'developers.manage': 'office',
  'audit.read': 'office',
  'system.manage': 'office',
};

export function permissionsOf(group: PermissionGroup): Permission[] {
  return (Object.keys(groupOf) as Permission[]).filter((permission) => groupOf[permission] === group);
}

type Underscored<P extends string> = P extends `${infer Thing}.${infer Act}` ? `${Thing}_${Act}` : never;

/** A permission as a key of texts: dots are taken. */
export function wordsOf<P extends Permission>(permission: P): Underscored<P> {
  return permission.replace('.', '_') as Underscored<P>;
}
