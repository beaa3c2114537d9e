/**
 * A small world that the schema's tests begin with, and SQL functions to act in it.
 *
 * u('ann') is a fixed id; note() writes a journal row and switches it on; say() appends a message; become() merges or undoes;
 * fold() merges a ticket. Ann, Ben, Gil, Hal and Ida are customers (Gil is merged into Hal, a bot holds Ben), Sara and Reza agents.
 */
export const story = `
create function u(text) returns uuid language sql immutable as 'select md5($1)::uuid';

create function note(kind text, before jsonb, undoes uuid default null, id uuid default gen_random_uuid(), links jsonb default '[]')
returns text language sql as $$
  insert into merge_journal (id, kind, before, undoes, links) values (id, kind, before, undoes, links)
  returning set_config('peyk.journal', id::text, true)
$$;

create function say(who text, author text default 'agent', epoch bigint default null, wanted bigint default null,
                    ext text default null, ticket uuid default null, at timestamptz default null)
returns bigint language sql as $$
  insert into message (id, conversation_id, seq, at, channel_id, external_id, ticket_id, direction, author, bot_epoch, body)
  values (gen_random_uuid(), u('c ' || who), wanted, at, u('sms'), ext, ticket, case author when 'customer' then 'in' else 'out' end,
          author, epoch, 'سلام')
  returning seq
$$;

create function become(who text, root text, undoes uuid default null) returns void language sql as $$
  select note(case when undoes is null then 'customer_merge' else 'customer_undo' end,
              (select jsonb_build_object(k.id, jsonb_build_object('merged_into', k.merged_into)) from customer k where k.id = u(who)), undoes);
  update customer set merged_into = u(root) where id = u(who)
$$;

create function fold(loser text, winner text) returns void language sql as $$
  select note('ticket_merge', (select jsonb_build_object(t.id, jsonb_build_object('state', t.state, 'merged_into', t.merged_into))
                               from ticket t where t.id = u(loser)));
  update ticket set state = 'closed', solved_at = now(), closed_at = now(), merged_into = u(winner) where id = u(loser)
$$;

insert into customer (id) select u(n) from unnest('{ann,ben,gil,hal,ida}'::text[]) n;
insert into conversation (id, customer_id) select u('c ' || n), u(n) from unnest('{ann,ben,gil,hal,ida}'::text[]) n;
insert into queue (id, name) values (u('support'), 'support');
insert into channel (id, kind, name, queue_id) values (u('sms'), 'sms', 'SMS', u('support')), (u('mail'), 'email', 'Mail', u('support'));
insert into identity (id, customer_id, kind, address, trust, shared) values
  (u('i ann'), u('ann'), 'phone', '+989120000001', 'channel_given', false),
  (u('i ben'), u('ben'), 'phone', '+989120000002', 'channel_given', false),
  (u('i gil'), u('gil'), 'phone', '+982100000000', 'channel_given', true),
  (u('i hal'), u('hal'), 'phone', '+982100000000', 'channel_given', true);
insert into identity_claim (id, customer_id, kind, address, source) values (u('claim'), u('ben'), 'phone', '+989120000001', 'form');
insert into thread (id, conversation_id, channel_id) values (u('th ben'), u('c ben'), u('mail'));
insert into agent (id, email, name, role) values
  (u('sara'), 'sara@example.org', 'Sara', 'agent'), (u('reza'), 'reza@example.org', 'Reza', 'agent');
insert into ticket (id, conversation_id, state, queue_id, solved_at, closed_at)
  select u('t ' || s), u('c ann'), s, u('support'), case when s in ('solved', 'closed') then now() end, case when s = 'closed' then now() end
  from unnest('{open,pending,solved,closed}'::text[]) s;
insert into ticket (id, conversation_id, queue_id) select u('t ' || n), u('c ' || n), u('support') from unnest('{ben,gil,hal}'::text[]) n;
select say('ann', 'customer', ext => 'e1', ticket => u('t open')), say('ann'), say('ann'), say('ann', wanted => 4);
update conversation set holder = 'bot', holder_id = u('bs') where id = u('c ben');
select say('ben', 'bot', 1);
select note('customer_merge', jsonb_build_object(u('gil'), '{"merged_into": null}'::jsonb), id => u('j gil'));
update customer set merged_into = u('hal') where id = u('gil');
select say('gil', 'customer', ext => 'g1', ticket => u('t hal'));
insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at)
  values (u('w'), u('t open'), u('support'), 'chat', 30, 'offered', now(), now());
insert into assignment (id, work_item_id, agent_id, state, expires_at) values (u('a'), u('w'), u('sara'), 'offered', now() + interval '30 s');
insert into calendar (id, name, tz) values (u('cal'), 'office', 'Asia/Tehran');
insert into calendar_window (calendar_id, valid, dow, minutes) values
  (u('cal'), '[2026-01-01,2027-01-01)', 6, '[480,780)'), (u('cal'), '[2026-01-01,2027-01-01)', 6, '[780,1020)');
insert into sla_policy (id, name) values (u('pol'), 'gold');
insert into sla_policy_version (id, policy_id, version, status, body, published_at) values (u('pv'), u('pol'), 1, 'published', '{}', now());
insert into sla_clock (id, ticket_id, metric, policy_version_id, target_ms, state, started_at, resumed_at, due_at)
  values (u('clk'), u('t open'), 'resolution', u('pv'), 1000, 'running', now(), now(), now());
insert into script (id, name) values (u('scr'), 'menu');
insert into script_version (id, script_id, version, status, body, hash, published_at)
  values (u('v1'), u('scr'), 1, 'published', '{}', '\x01', now());
insert into bot_session (id, conversation_id, version_id, epoch, status) values (u('bs'), u('c ben'), u('v1'), 1, 'active');
insert into bot_turn (session_id, turn, event_key, nodes, reply) values (u('bs'), 1, 'upd 7', '{menu}', '{}');
insert into bot_effect (session_id, turn, ordinal, kind, payload) values (u('bs'), 1, 0, 'lookup', '{}');
insert into rule (id, name, event) values (u('r'), 'greet', 'ticket.opened');
insert into rule_run (rule_id, event_position, target_id, depth) values (u('r'), 1, u('t open'), 0);
insert into survey (id, name, kind) values (u('sv'), 'after all', 'csat');
insert into survey_ask (id, survey_id, kind, state, ticket_id, queue_id, customer_id, asked_at, token_hash)
  select u('cs'), u('sv'), 'csat', 'asked', t.id, t.queue_id, c.customer_id, clock_timestamp(), '\x01'
  from ticket t join conversation c on c.id = t.conversation_id where t.id = u('t solved');
insert into delivery (id, conversation_id, seq, channel_id, address, state, worker, attempts) values
  (u('d2'), u('c ann'), 2, u('sms'), '+1', 'sent', 'w', 1),
  (u('d3'), u('c ann'), 3, u('sms'), '+1', 'sending', 'w', 1),
  (u('d4'), u('c ann'), 4, u('sms'), '+1', 'queued', null, 0);
insert into inbound_event (id, channel_id, external_id, raw) values (u('ev'), u('sms'), 'e1', '');
insert into event_log (type, subject_id) values ('ticket.opened', u('t open'));
insert into account_lease (channel_id, holder, lease_until) values (u('mail'), 'node 1', clock_timestamp() + interval '1 min');
insert into audit (id, action, entry, prev_hash, hash) values
  (u('au1'), 'login', '{}', null, sha256('{}')), (u('au2'), 'login', '{}', sha256('{}'), sha256(sha256('{}') || '{}'));
`;
