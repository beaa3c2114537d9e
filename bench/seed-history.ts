import type { DatabaseServer } from './database-server.js';

/** Conversations beside the many short ones, by their numbers of messages. */
export const longConversations = [50, 10_000];

/** Tickets that wait for an agent; how many there are does not depend on how much is behind. */
const waiting = 200;

/**
 * Years of history by SQL, in the real schema, with the guards asleep: each conversation has one ticket and two messages of twelve
 * words; of a hundred tickets fifteen are at work, ten are solved and the others closed. The last conversations are long ones.
 * Needs a channel, a queue and an agent to be there. Returns the ids of the long conversations, in their order.
 */
export async function seedHistory(server: DatabaseServer, database: string, conversations: number): Promise<string[]> {
  const parked = await parkIndexes(server, database);
  const rows = await server.run<{ id: string }>(
    database,
    `set session_replication_role = replica`,
    `set maintenance_work_mem = '512MB'`,
    // Shaped like our own ids: in the order of time, random behind.
    `create function pg_temp.id(kind int, n bigint) returns uuid language sql immutable as $$
       select (lpad(to_hex(1700000000000 + n * 30000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid $$`,
    `create function pg_temp.words(n bigint) returns text language sql immutable as $$
       select string_agg((array['سلام','سفارش','order','delivery','نرسیده','please','check','امروز','invoice','تشکر','refund','آدرس'])[1 + (n * 7 + w * 5) % 12] ||
                         case when w = 3 then (n % 50000)::text else '' end, ' ') from generate_series(1, 12) w $$`,
    `create temp table talk as
       select n, 1 + n % 5 as line, n % 100 as kind, clock_timestamp() - (${conversations} - n) * interval '30 seconds' - interval '1 day' as at, 2 as messages
       from generate_series(1, ${conversations}) n
       union all
       select ${conversations} + n, 1, 1, clock_timestamp() - interval '1 hour', messages from unnest(array[${longConversations.join()}]) with ordinality l(messages, n)`,
    `insert into queue (id, name) select pg_temp.id(9, n), 'Line ' || n from generate_series(1, 5) n`,
    `insert into queue_member (queue_id, agent_id) select pg_temp.id(9, n), a.id from generate_series(1, 5) n, agent a where a.role = 'agent'`,
    `insert into customer (id, name, name_key) select pg_temp.id(1, n), 'Customer ' || n, 'customer ' || n from talk`,
    `insert into conversation (id, customer_id, last_seq, rev, last_message_at, holder, holder_id)
       select pg_temp.id(2, n), pg_temp.id(1, n), messages, messages * 2, at,
              case when kind < 5 then 'queue' else 'none' end, case when kind < 5 then pg_temp.id(9, line) end from talk`,
    `insert into identity (id, customer_id, kind, address, trust, last_seen_at)
       select pg_temp.id(3, n), pg_temp.id(1, n), 'external', c.id || ':s' || n, 'proven', at from talk, channel c`,
    `insert into ticket (id, conversation_id, rev, state, queue_id, subject, last_message_at, opened_at, solved_at, closed_at)
       select pg_temp.id(4, n), pg_temp.id(2, n), 2,
              case when kind < 5 then 'new' when kind < 10 then 'open' when kind < 15 then 'pending' when kind < 25 then 'solved' else 'closed' end,
              pg_temp.id(9, line), 'Ticket ' || n, at, at - interval '1 hour', case when kind >= 15 then at end, case when kind >= 25 then at end from talk`,
    `insert into message (id, conversation_id, seq, rev, at, channel_id, identity_id, external_id, ticket_id, ticket_reason, direction, author, author_id, body, search_text)
       select pg_temp.id(100 + s % 2, n * 20000 + s), pg_temp.id(2, n), s, s * 2, at - (messages - s) * interval '20 seconds', c.id, pg_temp.id(3, n),
              case when s % 2 = 1 then 'old-' || n || '-' || s end, pg_temp.id(4, n), case when s = 1 then 'new_ticket' when s % 2 = 1 then 'only_open' end,
              case when s % 2 = 1 then 'in' else 'out' end, case when s % 2 = 1 then 'customer' else 'agent' end,
              case when s % 2 = 0 then (select id from agent where role = 'agent' order by id limit 1) end, w.text, w.text
       from talk cross join channel c cross join lateral generate_series(1, messages) s cross join lateral (select pg_temp.words(n + s) as text) w`,
    `insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at)
       select pg_temp.id(5, n), pg_temp.id(4, n), pg_temp.id(9, line), 'async', 5, 'queued', at, at from talk where kind < 5 order by n desc limit ${waiting}`,
    ...parked,
    `vacuum analyze`,
    `select pg_temp.id(2, n) as id from talk where n > ${conversations} order by n`,
  );
  await server.checkpoint();
  return rows.map(({ id }) => id);
}

/** A million rows into an index one by one take many times longer than the index made at once. Returns how to make them again. */
async function parkIndexes(server: DatabaseServer, database: string): Promise<string[]> {
  const indexes = await server.run<{ name: string; index: string; constraint: string | null; owner: string }>(
    database,
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as index,
            pg_get_constraintdef(k.oid) as constraint, i.indrelid::regclass::text as owner
     from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
     where i.indrelid = any (array['customer', 'conversation', 'identity', 'ticket', 'message']::regclass[])
       and (k.contype is null or k.contype = 'x')`,
  );
  const drop = indexes.map(({ name, constraint, owner }) =>
    constraint === null ? `drop index ${name}` : `alter table ${owner} drop constraint ${name}`,
  );
  await server.run(database, ...drop);
  return indexes.map(({ name, index, constraint, owner }) =>
    constraint === null ? index : `alter table ${owner} add constraint ${name} ${constraint}`,
  );
}
