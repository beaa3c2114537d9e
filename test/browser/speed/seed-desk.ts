/** How much there is to read at a desk. */
export interface DeskSize {
  /** Lines of the queue; each is a person with two messages. */
  lines: number;
  /** People at the top of the queue with as many messages as a page has. */
  talks: number;
  /** Messages of the one at the very top. */
  longest: number;
}

interface Place {
  channelId: string;
  agentId: string;
}

/** Two letters of a made id say what it is of, its last digits which. */
export const madeId = (kind: 'c' | 'v' | 'i' | 't' | 'q' | 'm', n: number): string =>
  `0190${codes[kind]}-0000-7000-8000-${String(n).padStart(12, '0')}`;

const codes = { c: '00c1', v: '00c2', i: '00c3', t: '00c4', q: '00c5', m: '00c6' };

/** Number of the person with the longest conversation; the talks follow, then the lines. */
export const longestTalk = 1;

/** How a person is called, by number. */
export const nameOf = (n: number): string => `Customer ${n}`;

/**
 * A full queue by SQL, in the real schema, with the guards asleep. Every person has one identity of the channel, `s<number>`, so that more
 * can be said in their name; the first talk goes over six tickets. Text, notes and events take turns, in both languages, short and long.
 * One statement, so that it is one connection's.
 */
export function seedDesk({ lines, talks, longest }: DeskSize, { channelId, agentId }: Place): string {
  const queue = `'${madeId('q', 1)}'::uuid`;
  const id = (kind: 'c' | 'v' | 'i' | 't' | 'm', n: string): string =>
    `('0190${codes[kind]}-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
  const ticketOf = `case when n = 1 then ${lines} + 100 + s / greatest(1, messages / 5) else n end`;
  return `
set session_replication_role = replica;
insert into queue (id, name) values (${queue}, 'Speed');
insert into queue_member (queue_id, agent_id) values (${queue}, '${agentId}');
create temp table talk as
  select n, case when n = 1 then ${longest} when n <= ${talks} then 50 else 2 end as messages,
         clock_timestamp() - n * interval '90 seconds' - interval '5 minutes' as at
  from generate_series(1, ${lines}) n;
insert into customer (id, name, name_key) select ${id('c', 'n')}, 'Customer ' || n, 'customer ' || n from talk;
insert into conversation (id, customer_id, last_seq, rev, last_message_at) select ${id('v', 'n')}, ${id('c', 'n')}, messages, messages, at from talk;
insert into identity (id, customer_id, kind, address, trust, last_seen_at)
  select ${id('i', 'n')}, ${id('c', 'n')}, 'external', '${channelId}:s' || n, 'proven', at from talk;
insert into ticket (id, conversation_id, rev, state, queue_id, subject, last_message_at, opened_at, solved_at)
  select ${id('t', 'n')}, ${id('v', 'n')}, 1, 'open', ${queue}, 'Where is order ' || n || '?', at, at - interval '1 hour', null from talk where n > 1
  union all
  select ${id('t', `${lines} + 100 + k`)}, ${id('v', '1')}, 1, case k when 5 then 'open' else 'solved' end, ${queue}, 'Matter ' || k, at - (5 - k) * interval '1 minute', at - interval '1 hour', case when k < 5 then at end
  from talk, generate_series(0, 5) k where n = 1;
insert into message (id, conversation_id, seq, rev, at, channel_id, identity_id, external_id, ticket_id, direction, author, author_id, kind, body, search_text, content, delivery)
  select ${id('m', 'n * 100000 + s')}, ${id('v', 'n')}, s, s, at - (messages - s) * interval '7 minutes',
         case when what < 8 then '${channelId}'::uuid end, case when what < 8 then ${id('i', 'n')} end,
         case when what < 8 and s % 2 = 1 then 'seeded-' || n || '-' || s end, ${id('t', ticketOf)},
         case when what >= 8 then 'internal' when s % 2 = 1 then 'in' else 'out' end,
         case when what = 9 then 'system' when what = 8 or s % 2 = 0 then 'agent' else 'customer' end,
         case when what = 8 or (what < 8 and s % 2 = 0) then '${agentId}'::uuid end,
         case what when 9 then 'event' when 8 then 'note' else 'text' end,
         case when what = 9 then '' else 'Message ' || s || ': ' || repeat(case when s % 3 = 0 then 'سلام، سفارش من هنوز نرسیده است. ' else 'my order has not come yet. ' end, 1 + s % 7 * (s % 2)) end,
         '', case when what = 9 then '{"event":{"name":"ticket.assigned","agentId":null,"number":1}}'::jsonb else '{}' end,
         case when what < 8 and s % 2 = 0 then 'delivered' end
  from talk cross join lateral (select s, case when s % 23 = 0 then 9 when s % 17 = 0 then 8 else 0 end as what from generate_series(1, messages) s) said;
insert into read_cursor (agent_id, conversation_id, seq) select '${agentId}', ${id('v', 'n')}, messages from talk;
set session_replication_role = default;
drop table talk;
analyze`;
}
