import type { Sql } from '#channels';

/** Notes that somebody set a tier: runs leave it alone from now on. In the transaction that sets it. */
export async function noteHandTier(
  sql: Sql,
  { customerId, tier, by }: { customerId: string; tier: number; by: string },
): Promise<void> {
  await sql.query(
    `insert into customer_tier (customer_id, source, tier, set_by) values ($1, 'hand', $2, $3)
     on conflict (customer_id) do update set source = 'hand', tier = $2, set_by = $3, reason = '{}', at = clock_timestamp()`,
    [customerId, tier, by],
  );
}

/** Gives a person's tier back to the runs. Nothing changes before the next. */
export async function forgetHandTier(sql: Sql, root: string): Promise<void> {
  await sql.query(
    `insert into customer_tier (customer_id, source, tier) select id, 'value', tier from customer where id = $1
     on conflict (customer_id) do update set source = 'value', tier = excluded.tier, reason = '{}', set_by = null, at = clock_timestamp()`,
    [root],
  );
  await sql.query(
    `delete from customer_tier t using customer k
     where k.id = t.customer_id and k.merged_into = $1 and t.source = 'hand'`,
    [root],
  );
}
