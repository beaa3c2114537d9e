import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { AuditAction } from '#contract';

/** Something that somebody did and must answer for. `details` hold ids and choices, never what customers wrote. */
export interface Act {
  actorId: string | null;
  action: AuditAction;
  subject: string;
  details?: Record<string, unknown>;
}

/**
 * Appends to the audit, in the transaction of the act itself: both are there or neither is. Call it last, since the chain has one end
 * and whoever writes holds it until the commit.
 */
export async function recordAct(tx: Sql, { actorId, action, subject, details }: Act): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('audit'))`);
  const id = uuid();
  const entry = canonical({
    id,
    at: new Date().toISOString(),
    actor: actorId,
    action,
    subject,
    details: details ?? {},
  });
  // Clocks may step back, so the newest is the one that nobody follows; the index on at finds it in the first row nearly always.
  await tx.query(
    `insert into audit (id, actor_id, action, entry, prev_hash, hash)
     select $1, $2, $3, $4, last.hash, sha256(coalesce(last.hash, ''::bytea) || convert_to($4, 'UTF8'))
     from (select 1) one left join lateral (
       select a.hash from audit a where not exists (select 1 from audit n where n.prev_hash = a.hash) order by a.at desc limit 1) last on true`,
    [id, actorId, action, entry],
  );
}

/** JSON with the keys in order, so that equal entries are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
