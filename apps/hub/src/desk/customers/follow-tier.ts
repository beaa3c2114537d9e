import type { Sql } from '#channels';
import { rerankPerson } from '#tickets';

/** How valued these customers are, each by the row of their own. */
export async function tiersOf(sql: Sql, customerIds: readonly string[]): Promise<number[]> {
  const rows = await sql.query<{ tier: number }>('select tier from customer where id = any ($1::uuid[])', [
    customerIds,
  ]);
  return rows.map(({ tier }) => tier);
}

/**
 * What follows where somebody's tier is another one than before: their work stands elsewhere in line, and another promise may govern
 * their tickets, which the fact of each says, as when its queue or priority changes. The person's conversations are locked.
 *
 * `conversationId`: any of theirs. `tiers`: the one that they have, and those that they, or whoever they were joined with, had before.
 */
export async function followTier(
  sql: Sql,
  { conversationId, by, tiers }: { conversationId: string; by: string | null; tiers: readonly number[] },
): Promise<void> {
  if (new Set(tiers).size < 2) {
    return;
  }
  await rerankPerson(sql, conversationId);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload)
     select 'ticket.changed', t.conversation_id, t.id, $2, jsonb_build_object('from', t.state, 'to', t.state)
     from conversation mine join customer me on me.id = mine.customer_id
     join customer k on coalesce(k.merged_into, k.id) = coalesce(me.merged_into, me.id)
     join conversation c on c.customer_id = k.id join ticket t on t.conversation_id = c.id
     where mine.id = $1 and t.state not in ('solved', 'closed') order by t.id`,
    [conversationId, by],
  );
}
