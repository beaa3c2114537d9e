import type { Sql } from '#channels';

/** Conversation rows of tickets that got another tag, with the revs that readers knew before. */
export interface Retagged {
  count: number;
  parts: { id: string; rev: number }[];
}

/**
 * Gives tickets another tag instead of one, some at a time; `count` below the limit means that none are left. Closed ones are read-only and
 * keep it. Conversations are locked first, by id, as every writer does.
 */
export async function retagTickets(sql: Sql, wish: { from: string; to: string; limit: number }): Promise<Retagged> {
  const tagged = await sql.query<{ id: string; conversation: string }>(
    `select id, conversation_id as conversation from ticket where tags <> '{}' and tags @> array[$1::text] and state <> 'closed'
     order by conversation_id limit $2`,
    [wish.from, wish.limit],
  );
  const parts = await sql.query<{ id: string; rev: number }>(
    'select id, rev from conversation where id = any ($1::uuid[]) order by id for no key update',
    [[...new Set(tagged.map(({ conversation }) => conversation))]],
  );
  await sql.query(
    `with retagged as (
       update ticket set tags = case when $3 = any (tags) then array_remove(tags, $2) else array_replace(tags, $2, $3) end
       where id = any ($1::uuid[]) and tags @> array[$2::text] and state <> 'closed' returning id, conversation_id)
     insert into event_log (type, conversation_id, subject_id) select 'ticket.retagged', conversation_id, id from retagged`,
    [tagged.map(({ id }) => id), wish.from, wish.to],
  );
  return { count: tagged.length, parts };
}
