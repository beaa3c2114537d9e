import type { DatabaseServer } from './database-server.js';

const queues = 8;
const agents = 40;

/**
 * A year of tickets by SQL, in the real schema, with the guards asleep: each with an own customer, messages that take turns, and a chat
 * that somebody held; most are solved, some were reopened; with promises, surveys, talks with a bot and runs of a rule beside them.
 */
export async function seedReports(
  server: DatabaseServer,
  database: string,
  { tickets, messagesPerTicket }: { tickets: number; messagesPerTicket: number },
): Promise<void> {
  const last = String(messagesPerTicket);
  await server.run(
    database,
    `set session_replication_role = replica`,
    `create function pg_temp.id(kind int, n bigint) returns uuid language sql immutable as $$
       select (lpad(to_hex(1700000000000 + n * 200000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid $$`,
    `create temp table talk as
       select n, 1 + n % ${String(queues)} as line, 1 + (n * 7) % ${String(agents)} as agent, n % 100 as kind,
              clock_timestamp() - (${String(tickets)} - n) * (interval '360 days' / ${String(tickets)}) - interval '5 days' as at
       from generate_series(1, ${String(tickets)}) n`,
    `insert into queue (id, name) select pg_temp.id(9, n), 'Line ' || n from generate_series(1, ${String(queues)}) n`,
    `insert into agent (id, email, name, role) select pg_temp.id(8, n), 'a' || n || '@bench.test', 'Agent ' || n, 'agent' from generate_series(1, ${String(agents)}) n`,
    `insert into customer (id, name, name_key) select pg_temp.id(1, n), 'Customer ' || n, 'customer ' || n from talk`,
    `insert into conversation (id, customer_id, last_seq, rev, last_message_at) select pg_temp.id(2, n), pg_temp.id(1, n), ${last}, ${last} * 2, at from talk`,
    `insert into ticket (id, conversation_id, rev, state, queue_id, owner_id, subject, tags, last_message_at, opened_at, solved_at, closed_at)
       select pg_temp.id(4, n), pg_temp.id(2, n), 2, case when kind < 8 then 'open' when kind < 15 then 'solved' else 'closed' end,
              pg_temp.id(9, line), pg_temp.id(8, agent), 'Ticket ' || n,
              case when kind % 3 = 0 then array['urgent', 'billing'] when kind % 3 = 1 then array['delivery'] else '{}' end,
              at, at, case when kind >= 8 then at + interval '1 hour' * (1 + n % 90) end, case when kind >= 15 then at + interval '5 days' end from talk`,
    `insert into ticket_turn (ticket_id, kind, at, by_id)
       select pg_temp.id(4, n), 'solved', at + interval '1 hour' * (1 + n % 90), pg_temp.id(8, agent) from talk where kind >= 8
       union all select pg_temp.id(4, n), 'reopened', at + interval '1 hour' * (2 + n % 90), pg_temp.id(8, agent) from talk where kind between 60 and 65
       union all select pg_temp.id(4, n), 'solved', at + interval '1 hour' * (5 + n % 90), pg_temp.id(8, agent) from talk where kind between 60 and 65`,
    `insert into message (id, conversation_id, seq, rev, at, channel_id, ticket_id, ticket_reason, direction, author, author_id, body, search_text)
       select pg_temp.id(100 + s::int, n), pg_temp.id(2, n), s, s * 2, at + s * s * interval '7 minutes', c.id, pg_temp.id(4, n), case when s = 1 then 'new_ticket' end,
              case when s % 2 = 1 then 'in' else 'out' end, case when s % 2 = 1 then 'customer' else 'agent' end,
              case when s % 2 = 0 then pg_temp.id(8, agent) end, 'some words of a message', 'some words of a message'
       from talk cross join (select id from channel where kind = 'messages' limit 1) c cross join lateral generate_series(1, ${last}) s`,
    `insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at, ended_at)
       select pg_temp.id(5, n), pg_temp.id(4, n), pg_temp.id(9, line), 'chat', 1, 'done', at, at, at + interval '40 minutes' from talk`,
    `insert into assignment (id, work_item_id, agent_id, state, offered_at, accepted_at, ended_at, end_reason)
       select pg_temp.id(6, n), pg_temp.id(5, n), pg_temp.id(8, agent), 'ended', at, at + interval '1 minute', at + interval '1 minute' * (5 + n % 30), 'done' from talk`,
    `insert into sla_policy (id, name) values (pg_temp.id(10, 1), 'Bench')`,
    `insert into sla_policy_version (id, policy_id, version, status, body, published_at) values (pg_temp.id(11, 1), pg_temp.id(10, 1), 1, 'published', '{}', now())`,
    `insert into sla_clock (id, ticket_id, metric, policy_version_id, target_ms, state, started_at, breached_at, ended_at)
       select gen_random_uuid(), pg_temp.id(4, n), m.metric, pg_temp.id(11, 1), 600000, 'met', at, case when n % 9 = 0 then at + interval '10 minutes' end, at + interval '1 hour'
       from talk cross join unnest(array['first_response', 'resolution']) m(metric)`,
    `insert into survey (id, name, kind) values (pg_temp.id(12, 1), 'Bench', 'csat')`,
    `insert into survey_ask (id, ticket_id, survey_id, kind, state, queue_id, agent_id, customer_id, asked_at, score, answered_at)
       select pg_temp.id(13, n), pg_temp.id(4, n), pg_temp.id(12, 1), 'csat', case when n % 3 = 0 then 'answered' else 'expired' end, pg_temp.id(9, line),
              pg_temp.id(8, agent), pg_temp.id(1, n), at + interval '2 hours', case when n % 3 = 0 then 1 + n % 5 end, case when n % 3 = 0 then at + interval '3 hours' end from talk`,
    `insert into script (id, name) values (pg_temp.id(14, 1), 'Bench')`,
    `insert into script_version (id, script_id, version, status, body, hash, published_at) values (pg_temp.id(15, 1), pg_temp.id(14, 1), 1, 'published', '{}', '\\x00', now())`,
    `insert into bot_session (id, conversation_id, version_id, epoch, status, outcome, started_at, ended_at, handed_off_at, ticket_id)
       select pg_temp.id(16, n), pg_temp.id(2, n), pg_temp.id(15, 1), 1, 'ended', case when n % 3 > 0 then 'resolved' end, at, at + interval '2 minutes',
              case when n % 3 = 0 then at + interval '1 minute' end, case when n % 3 = 0 then pg_temp.id(4, n) end from talk where n % 2 = 0`,
    `insert into rule (id, name, event) values (pg_temp.id(17, 1), 'Bench', 'ticket.opened')`,
    `insert into rule_run (rule_id, event_position, target_id, depth, state, event_at) select pg_temp.id(17, 1), n, pg_temp.id(4, n), 0, 'done', at from talk where n % 4 = 0`,
    `insert into segment (id, name, condition) values (pg_temp.id(18, 1), 'Bench', '{}')`,
    `insert into outreach (id, name, purpose, consent, segment_id, state) values (pg_temp.id(19, 1), 'Bench', 'news', 'service', pg_temp.id(18, 1), 'done')`,
    `insert into outreach_round (outreach_id, round) values (pg_temp.id(19, 1), 1)`,
    `insert into outreach_person (outreach_id, round, person_id, state, conversation_id, seq, decided_at, sent_at)
       select pg_temp.id(19, 1), 1, pg_temp.id(1, n), 'sent', pg_temp.id(2, n), 1, at, at from talk where n % 10 = 0`,
    `update report_filling set behind = '00000000-0000-0000-0000-000000000000', filled_at = null`,
    `vacuum analyze`,
  );
  await server.checkpoint();
}
