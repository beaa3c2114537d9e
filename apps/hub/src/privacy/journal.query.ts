import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';

/** Tickets as they are now, whose journal lets them change though they are closed. Parameter: tickets. */
const ticketsBefore = `
select coalesce(jsonb_object_agg(t.id, jsonb_build_object('state', t.state, 'merged_into', t.merged_into)), '{}') as before
from ticket t where t.id = any ($1::uuid[])`;

/** Makes this transaction one that may forget: of these rows, and of these tickets. The journal keeps ids and no words. */
export async function openErasure(
  tx: Sql,
  {
    ids,
    tickets = [],
    by,
    why,
  }: { ids: readonly string[]; tickets?: readonly string[]; by: string | null; why: string },
): Promise<void> {
  const [row] = await tx.query<{ before: Record<string, object> }>(ticketsBefore, [tickets]);
  const id = uuid();
  await tx.query(`insert into merge_journal (id, kind, before, reasons, actor_id) values ($1, 'erasure', $2, $3, $4)`, [
    id,
    JSON.stringify({ ...Object.fromEntries(ids.map((one) => [one, {}])), ...row?.before }),
    JSON.stringify([why]),
    by,
  ]);
  await tx.query(`select set_config('peyk.journal', $1, true)`, [id]);
}
