import type { Sql } from '#channels';

/**
 * Of these tickets, those whose customer has the last word: somebody owes them an answer. What nobody wrote, or nobody vouches for, asks
 * for none.
 */
export async function owingTickets(sql: Sql, ticketIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select want.id from unnest($1::uuid[]) want(id) cross join lateral (
       select m.author from message m
       where m.ticket_id = want.id and m.author in ('customer', 'agent') and m.direction <> 'internal' and m.kind <> 'event'
         and not coalesce(m.content -> 'flags' ?| '{out_of_office,newsletter,bounce,complaint,blocked,automatic,forged}', false)
         and m.ticket_reason is distinct from 'thanks'
       order by m.at desc, m.id desc limit 1) last
     where last.author = 'customer'`,
    [ticketIds],
  );
  return new Set(rows.map(({ id }) => id));
}
