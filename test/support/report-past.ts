import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';

/** Days of a past, both included. */
export interface PastOf {
  from: string;
  to: string;
}

const days = 40;

/** Promises, surveys, talks with bots, runs of rules, told people, chats and calls of tickets that are there, as rows. */
export async function addPast(sql: Sql, { agents }: { agents: string[] }): Promise<PastOf> {
  const ids = {
    policy: uuid(),
    version: uuid(),
    script: uuid(),
    scriptVersion: uuid(),
    rule: uuid(),
    segment: uuid(),
    outreach: uuid(),
  };
  const surveys = [uuid(), uuid(), uuid()];
  const numbered = 'select row_number() over (order by id) as n, * from ticket';
  const statements: [string, unknown[]][] = [
    [`insert into sla_policy (id, name) values ($1, 'A promise')`, [ids.policy]],
    [
      `insert into sla_policy_version (id, policy_id, version, status, body, published_at) values ($1, $2, 1, 'published', '{}', now())`,
      [ids.version, ids.policy],
    ],
    [
      `insert into sla_clock (id, ticket_id, metric, policy_version_id, target_ms, consumed_ms, state, started_at, breached_at, ended_at)
       select gen_random_uuid(), t.id, m.metric, $1, 60000, n * 1000, case when n % 7 = 0 then 'cancelled' else 'met' end, now(),
              case when n % 3 = 0 then now() end, now()
       from (${numbered}) t cross join unnest(array['first_response', 'next_response', 'resolution']) m(metric) where n % 2 = 0`,
      [ids.version],
    ],
    [
      `insert into survey (id, name, kind) select s.id, 'survey ' || s.kind, s.kind from unnest($1::uuid[], array['csat', 'nps', 'ces']) s(id, kind)`,
      [surveys],
    ],
    [
      `insert into survey_ask (id, ticket_id, cycle, survey_id, kind, state, queue_id, agent_id, customer_id, channel_id, asked_at, score, answered_at)
       select gen_random_uuid(), t.id, 50, ($1::uuid[])[1 + n % 3], (array['csat', 'nps', 'ces'])[1 + n % 3],
              case when n % 2 = 0 then 'answered' else 'expired' end, t.queue_id, t.owner_id, c.customer_id,
              (select channel_id from message m where m.ticket_id = t.id and channel_id is not null limit 1), now(),
              case when n % 2 = 0 then 1 + n % 5 end, case when n % 2 = 0 then now() end
       from (${numbered}) t join conversation c on c.id = t.conversation_id where n % 3 <> 1 or n % 2 = 0`,
      [surveys],
    ],
    [`insert into script (id, name) values ($1, 'helper')`, [ids.script]],
    [
      `insert into script_version (id, script_id, version, status, body, hash, published_at) values ($1, $2, 1, 'published', '{}', '\\x00', now())`,
      [ids.scriptVersion, ids.script],
    ],
    [
      `insert into bot_session (id, conversation_id, version_id, epoch, status, outcome, started_at, ended_at, handed_off_at, ticket_id, channel_id)
       select gen_random_uuid(), t.conversation_id, $1, 1, case when n % 5 = 0 then 'failed' else 'ended' end,
              case when n % 5 > 2 then 'resolved' end, now(), now(), case when n % 5 in (1, 2) then now() end,
              case when n % 5 in (1, 2) then t.id end,
              (select channel_id from message m where m.conversation_id = t.conversation_id and channel_id is not null limit 1)
       from (${numbered}) t`,
      [ids.scriptVersion],
    ],
    [`insert into rule (id, name, event) values ($1, 'tidy', 'ticket.opened')`, [ids.rule]],
    [
      // Those that wait do so for longer than anybody looks: the hub would settle them between two counts.
      `insert into rule_run (rule_id, event_position, target_id, depth, state, event_at, due_at)
       select $1, n, t.id, 0, (array['done', 'refused', 'due'])[1 + n % 3], now(), now() + interval '1 day' from (${numbered}) t where n % 2 = 1`,
      [ids.rule],
    ],
    [`insert into segment (id, name, condition) values ($1, 'all', '{}')`, [ids.segment]],
    [
      `insert into outreach (id, name, purpose, consent, segment_id, state) values ($1, 'spring', 'news', 'service', $2, 'done')`,
      [ids.outreach, ids.segment],
    ],
    ['insert into outreach_round (outreach_id, round) values ($1, 1)', [ids.outreach]],
    [
      `insert into outreach_person (outreach_id, round, person_id, state, conversation_id, seq, channel_id, address, decided_at, sent_at)
       select $1, 1, c.customer_id, case when n % 4 = 0 then 'failed' else 'sent' end, c.id, 1, m.channel_id, 'a' || n, now(),
              case when n % 4 > 0 then now() end
       from (select row_number() over (order by id) as n, * from conversation) c
       join message m on m.conversation_id = c.id and m.seq = 1`,
      [ids.outreach],
    ],
    [
      `insert into customer_consent (customer_id, purpose, state, source, outreach_id, at)
       select p.person_id, 'news', 'withdrawn', 'customer', $1, now() + interval '90 days' from outreach_person p order by p.person_id limit 8`,
      [ids.outreach],
    ],
    [
      `with made as (
         insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at, ended_at)
         select gen_random_uuid(), t.id, t.queue_id, case when n % 2 = 0 then 'chat' else 'voice' end, 1, 'done', now(), now(), now()
         from (${numbered}) t where n % 3 = 0 returning id, class)
       insert into assignment (id, work_item_id, agent_id, state, offered_at, accepted_at, ended_at, end_reason)
       select gen_random_uuid(), id, ($1::uuid[])[1 + (row_number() over ()) % 2], 'ended', now(), now() - interval '7 minutes', now(), 'done' from made`,
      [agents],
    ],
  ];
  for (const [text, values] of statements) {
    await sql.query(text, values);
  }
  const [span] = await sql.query<PastOf>(
    `select ((now() at time zone 'Asia/Tehran')::date - $1::int)::text as from, ((now() at time zone 'Asia/Tehran')::date - 1)::text as to`,
    [days],
  );
  return span as PastOf;
}

/**
 * Moves what happened back, each by a time of its own, over many days and all hours, and each message by some minutes less than the one
 * before; and has the log name every ticket again.
 */
export async function spreadOverTime(sql: Sql): Promise<void> {
  const by = (id: string, column: string): string =>
    `${column} - make_interval(mins => 180 + ('x' || right(md5(${id}::text), 4))::bit(16)::int % (${String(days + 4)} * 1440))`;
  const move = (table: string, id: string, ...columns: string[]): string =>
    `update ${table} x set ${columns.map((column) => `${column} = ${by(`x.${id}`, `x.${column}`)}`).join(', ')};`;
  await sql.query(`
    begin;
    set local session_replication_role = replica;
    ${move('ticket', 'conversation_id', 'opened_at')}
    update message x set at = ${by('x.conversation_id', 'x.at')} + make_interval(mins => x.seq::int * 3);
    update ticket_turn x set at = ${by('t.conversation_id', 'x.at')} + make_interval(mins => 200 + (x.id % 3000)::int) from ticket t where t.id = x.ticket_id;
    ${move('sla_clock', 'id', 'breached_at', 'ended_at')}
    ${move('survey_ask', 'id', 'asked_at', 'answered_at')}
    ${move('bot_session', 'id', 'started_at', 'ended_at', 'handed_off_at')}
    ${move('rule_run', 'target_id', 'event_at')}
    ${move('outreach_person', 'person_id', 'sent_at', 'decided_at')}
    ${move('assignment', 'id', 'accepted_at', 'ended_at')}
    insert into event_log (type, conversation_id, subject_id) select 'ticket.changed', conversation_id, id from ticket;
    commit;`);
}
