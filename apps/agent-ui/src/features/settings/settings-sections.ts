import type { MeView, Permission, Role } from '#contract';

/** Who opens a section: the built-in role from which on, and the permission by which a role of the organisation's own does. */
interface Opening {
  from: Role;
  by: Permission | null;
}

const everybody: Opening = { from: 'agent', by: null };
const admins = (by: Permission): Opening => ({ from: 'admin', by });
const supervisors = (by: Permission): Opening => ({ from: 'supervisor', by });

/** In the order in which they are shown. */
export const sections = {
  mine: everybody,
  replies: everybody,
  channels: everybody,
  brand: admins('channels.manage'),
  queues: admins('routing.manage'),
  team: admins('team.manage'),
  roles: admins('team.manage'),
  fields: admins('fields.manage'),
  hours: admins('routing.manage'),
  promises: admins('routing.manage'),
  scripts: supervisors('automation.manage'),
  prompts: supervisors('automation.manage'),
  rules: admins('automation.manage'),
  surveys: supervisors('automation.manage'),
  segments: supervisors('automation.manage'),
  outreach: supervisors('automation.manage'),
  webhooks: admins('developers.manage'),
  keys: everybody,
  signIn: { from: 'admin', by: null },
  audit: admins('audit.read'),
  privacy: admins('privacy.manage'),
  stopped: { from: 'admin', by: null },
  history: admins('system.manage'),
  system: admins('system.manage'),
} as const satisfies Record<string, Opening>;

export type SettingsSection = keyof typeof sections;

const ranks: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };

/** What somebody finds in their settings. The hub decides each act again. */
export function listSections({ role, ownRole, permissions }: MeView): SettingsSection[] {
  return (Object.keys(sections) as SettingsSection[]).filter((section) => {
    const { from, by }: Opening = sections[section];
    return ownRole === null || by === null ? ranks[role] >= ranks[from] : permissions.includes(by);
  });
}
