import type { AuditEntryView } from '#contract';
import type { AuditRow } from './audit.query.js';

/** An entry as `recordAct` writes it. */
interface Entry {
  at: string;
  actor: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown> & { changes?: unknown };
}

/** What stands in the chain's own text is shown, and not the columns beside it, which no hash covers. */
export function presentEntry(row: AuditRow, names: ReadonlyMap<string, string>): AuditEntryView {
  const { at, actor, action, subject, details } = JSON.parse(row.entry) as Entry;
  const { changes, ...rest } = details;
  return {
    id: row.id,
    at,
    actor: actor === null ? null : { id: actor, name: row.actor_name ?? '' },
    action,
    subject,
    subjectName: names.get(subject) ?? null,
    changes: changesIn(changes),
    details: rest,
    hash: row.hash,
  };
}

export function subjectOf({ entry }: AuditRow): string {
  return (JSON.parse(entry) as Entry).subject;
}

function changesIn(changes: unknown): AuditEntryView['changes'] {
  const pairs = Object.entries(changes ?? {}) as [string, unknown][];
  return pairs.map(([field, pair]) => {
    const [before, after] = Array.isArray(pair) ? (pair as unknown[]) : [null, pair];
    return { field, before: before ?? null, after: after ?? null };
  });
}
