import type { Permission } from './permission-views.js';

/** Whom an overseer reads and steers: everybody, or what is in the queues they belong to. */
export type RoleScope = 'all' | 'own_queues';

/** A role of the organisation's own. */
export interface OwnRoleView {
  id: string;
  version: number;
  name: { en?: string; fa?: string };
  /** The built-in role whose everyday work it is. */
  base: 'agent' | 'supervisor';
  permissions: Permission[];
  sees: RoleScope;
  /** Who has it now; accounts that are off included. */
  agents: { id: string; name: string }[];
}

/** A program's key, as it is shown: never the key itself. */
export interface ApiKeyView {
  id: string;
  name: string;
  scopes: ('read' | 'write' | 'admin')[];
  owner: { id: string; name: string };
  createdAt: string;
  expiresAt: string | null;
  /** To the minute; null: never. */
  lastUsedAt: string | null;
}

/** Something that somebody did, as the chain keeps it. */
export interface AuditEntryView {
  id: string;
  at: string;
  /** null: the hub itself did it. A name is the one of now, empty where the account is gone. */
  actor: { id: string; name: string } | null;
  action: string;
  subject: string;
  /** What the subject is called now, where it is something that has a name. */
  subjectName: string | null;
  /** Fields that changed, each as it was and as it became. */
  changes: { field: string; before: unknown; after: unknown }[];
  /** What else was noted. */
  details: Record<string, unknown>;
  /** In hexadecimal; it stands for this entry and all before it. */
  hash: string;
}

/** What became of walking the chain from its first entry to its last. */
export interface AuditProofView {
  intact: boolean;
  /** Entries that were walked and held. */
  entries: number;
  /** The last that held: write its hash down somewhere else, for a chain cannot show by itself that its end was cut off. */
  newest: { id: string; at: string; hash: string } | null;
  /** The first that does not hold. */
  broken: { id: string; at: string; why: 'content' | 'columns' | 'link' } | null;
}
