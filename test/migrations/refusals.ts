/** What the schema must refuse, by the room whose invariant it would break. */
export interface Refusal {
  /** What is tried. */
  what: string;
  /** Part of the constraint's name, or of the message, that must refuse it. */
  by: string;
  /** The SQL, run in a transaction of its own up to commit. */
  how: string;
}

/** A ticket of Sara's that was drawn, and what becomes of it. */
const drawn = `
  insert into quality_sample (id, name, version, wish, seed, population, made_by) values (u('qs'), 'x', 1, '{}', 's', 1, u('sara'));
  insert into quality_sample_ticket (sample_id, ticket_id, ordinal, agent_id) select u('qs'), id, 0, u('sara') from ticket limit 1;`;
const reviewed = (
  id: string,
  reviewer = `(select id from agent where id <> u('sara') order by id limit 1)`,
): string => `
  insert into quality_review (id, sample_id, ticket_id, agent_id, reviewer_id, version, comment, total, failed)
  select u('${id}'), sample_id, ticket_id, agent_id, ${reviewer}, 1, 'words', 50, false from quality_sample_ticket where sample_id = u('qs');`;

/** A way in by a provider, its people, and one who keeps their password. */
const provider = ({ scopes = "'{openid}'", role = "'agent'", own = 'null' } = {}): string => `
  insert into sign_in_provider (id, name, issuer, client_id, scopes, role, own_role_id, enabled)
  values (u('op'), 'x', 'https://op.test', 'peyk', ${scopes}, ${role}, ${own}, true);`;
const ownRole = `insert into own_role (id, name, base, permissions, sees) values (u('own'), '{"en": "x"}', 'agent', '{}', 'own_queues');`;
const known = (id: string, agent: string, subject: string): string => `
  insert into agent_identity (id, agent_id, issuer, subject, made_account)
  values (u('${id}'), ${agent}, 'https://op.test', '${subject}', false);`;
const keeper = `update agent set role = 'admin', own_role_id = null, keeps_password = true, password_hash = 'x' where id = u('sara');`;

export const refusals: Record<string, Refusal[]> = {
  quality: [
    { what: 'one reviewing their own work', by: 'quality_review_of_others', how: drawn + reviewed('r', `u('sara')`) },
    {
      what: 'two reviews of a ticket that count',
      by: 'quality_review_once',
      how: drawn + reviewed('r') + reviewed('r2'),
    },
    {
      what: 'a review that becomes another',
      by: 'never changes',
      how: `${drawn}${reviewed('r')} update quality_review set total = 60 where id = u('r');`,
    },
    {
      what: 'words of a review put in place of words',
      by: 'never changes',
      how: `${drawn}${reviewed('r')} update quality_review set comment = 'others' where id = u('r');`,
    },
    {
      what: 'a second answer to a review',
      by: 'never changes',
      how: `${drawn}${reviewed('r')} update quality_review set answer = 'a', answered_at = now() where id = u('r');
            update quality_review set answer = 'b' where id = u('r');`,
    },
    {
      what: 'reopening without a reason',
      by: 'quality_review_reopened',
      how: `${drawn}${reviewed('r')} update quality_review set reopened_at = now(), reopened_by = reviewer_id where id = u('r');`,
    },
    {
      what: 'six of five',
      by: 'quality_score_range',
      how: `${drawn}${reviewed('r')} insert into quality_score (review_id, version, question_id, kind, score)
            select u('r'), version, id, kind, 6 from scorecard_question where kind = 'one_to_five' limit 1;`,
    },
    { what: 'a published question that changes', by: 'append-only', how: `update scorecard_question set weight = 9;` },
  ],
  people: [
    {
      what: 'a second conversation for a customer',
      by: 'conversation_customer_id_key',
      how: "insert into conversation (id, customer_id) values (u('x'), u('ann'))",
    },
    {
      what: 'a customer without a conversation',
      by: 'customer_has_conversation',
      how: "insert into customer (id) values (u('x'))",
    },
    {
      what: 'a conversation born with a holder',
      by: 'starts empty',
      how: `insert into customer (id)
            values (u('x'));
            insert into conversation (id, customer_id, holder, holder_id) values (u('c x'), u('x'), 'bot', u('bs'));`,
    },
    {
      what: 'moving a conversation to another customer',
      by: 'never moves',
      how: "update conversation set customer_id = u('x') where id = u('c ida')",
    },
    {
      what: 'merging without a journal',
      by: 'only by journal',
      how: "update customer set merged_into = u('ben') where id = u('ann')",
    },
    {
      what: 'a customer born merged',
      by: 'only by journal',
      how: "insert into customer (id, merged_into) values (u('x'), u('ann'))",
    },
    { what: 'merging a customer into itself', by: 'customer_check', how: "select become('ann', 'ann')" },
    {
      what: 'undoing a merge without a journal',
      by: 'only by journal',
      how: "update customer set merged_into = null where id = u('gil')",
    },
    {
      what: 'a journal that holds another state of the row',
      by: 'only by journal',
      how: `select note('customer_merge', jsonb_build_object(u('ann'), jsonb_build_object('merged_into', u('ben'))));
            update customer set merged_into = u('ben') where id = u('ann');`,
    },
    {
      what: 'a journal of an earlier transaction',
      by: 'only by journal',
      how: `select set_config('peyk.journal', u('j gil')::text, true);
            update customer set merged_into = null where id = u('gil');`,
    },
    { what: 'merging into a customer who is merged', by: 'one level deep', how: "select become('ann', 'gil')" },
    { what: 'merging a root away from its members', by: 'one level deep', how: "select become('hal', 'ann')" },
    {
      what: 'an undo that leaves a link across the split',
      by: 'still crosses',
      how: "select become('gil', null, u('j gil'))",
    },
    {
      what: 'undoing one merge twice',
      by: 'merge_journal_undoes_key',
      how: "select note('customer_undo', '{}', u('j gil')), note('customer_undo', '{}', u('j gil'))",
    },
    { what: 'rewriting the journal', by: 'append-only', how: "update merge_journal set before = '{}'" },
    {
      what: 'two owners of an address',
      by: 'identity_one_owner',
      how: `insert into identity (id, customer_id, kind, address, trust)
            values (u('x'), u('ben'), 'phone', '+989120000001', 'proven')`,
    },
    {
      what: 'a shared address with a sole owner',
      by: 'shared_by_all_or_none',
      how: `insert into identity (id, customer_id, kind, address, trust, shared)
            values (u('x'), u('ben'), 'phone', '+989120000001', 'proven', true)`,
    },
    {
      what: 'one owner twice',
      by: 'identity_shared_once',
      how: `insert into identity (id, customer_id, kind, address, trust, shared)
            values (u('x'), u('gil'), 'phone', '+982100000000', 'proven', true)`,
    },
    {
      what: 'a claim kept as an identity',
      by: 'identity_trust_check',
      how: `insert into identity (id, customer_id, kind, address, trust)
            values (u('x'), u('ben'), 'email', 'x@example.org', 'claimed')`,
    },
    {
      what: 'an address that is not normalised',
      by: 'identity_check',
      how: `insert into identity (id, customer_id, kind, address, trust)
            values (u('x'), u('ben'), 'email', 'X@example.org', 'proven')`,
    },
    {
      what: 'moving an identity',
      by: 'never moves',
      how: "update identity set customer_id = u('ben') where id = u('i ann')",
    },
    {
      what: 'an unknown reason for being out of reach',
      by: 'identity_reachable_check',
      how: "update identity set reachable = 'maybe' where id = u('i ann')",
    },
    { what: 'an undo that undoes nothing', by: 'merge_journal_check', how: "select note('customer_undo', '{}')" },
  ],
  'the timeline': [
    { what: 'a message that leaves a gap', by: 'not the next one', how: "select say('ann', 'agent', null, 9)" },
    { what: 'a message that takes a used seq', by: 'not the next one', how: "select say('ann', wanted => 4)" },
    { what: 'a message earlier than the last', by: 'earlier than', how: "select say('ann', at => '2020-01-01')" },
    {
      what: 'a message from the future',
      by: 'from the future',
      how: "select say('ann', at => now() + interval '1 h')",
    },
    {
      what: 'the same inbound message again',
      by: 'message_external',
      how: "select say('ann', 'customer', ext => 'e1')",
    },
    {
      what: 'a counted message skipped by ON CONFLICT',
      by: 'has no message',
      how: `insert into message (id, conversation_id, channel_id, external_id, direction, author)
            values (u('x'), u('c ann'), u('sms'), 'e1', 'in', 'customer') on conflict do nothing`,
    },
    {
      what: 'moving a message to another conversation',
      by: 'keeps its place',
      how: "update message set conversation_id = u('c ben') where conversation_id = u('c ann') and seq = 4",
    },
    {
      what: 'deleting a message',
      by: 'not deleted',
      how: "delete from message where conversation_id = u('c ida') or (conversation_id = u('c ben') and seq = 1)",
    },
    {
      what: 'redacting half a message',
      by: 'message_check',
      how: "update message set redacted_at = now() where conversation_id = u('c ann') and seq = 2",
    },
    {
      what: 'pushing last_seq by hand',
      by: 'has no message',
      how: "update conversation set last_seq = last_seq + 1, last_message_at = clock_timestamp() where id = u('c ann')",
    },
    {
      what: 'turning rev back',
      by: 'count by one',
      how: "update conversation set rev = rev - 1 where id = u('c ann')",
    },
    {
      what: 'moving the epoch without the holder',
      by: 'moves by itself',
      how: "update conversation set holder_epoch = holder_epoch + 1 where id = u('c ben')",
    },
    { what: 'a bot under a stale epoch', by: 'no longer speaks', how: "select say('ben', 'bot', 0)" },
    {
      what: 'a bot after an agent took over',
      by: 'no longer speaks',
      how: `update conversation set holder = 'agent', holder_id = u('sara') where id = u('c ben');
            select say('ben', 'bot', 1);`,
    },
    { what: "an epoch on a message that is not a bot's", by: 'message_check', how: "select say('ann', 'agent', 0)" },
    {
      what: 'a message in a thread of another conversation',
      by: 'message_thread_id',
      how: `insert into message (id, conversation_id, channel_id, thread_id, direction, author)
            values (u('x'), u('c ann'), u('mail'), u('th ben'), 'out', 'agent')`,
    },
    {
      what: 'a message in the ticket of another person',
      by: 'same person',
      how: "select say('ann', ticket => u('t ben'))",
    },
    {
      what: 'a file to fetch without a reference',
      by: 'attachment_check',
      how: `insert into attachment (id, conversation_id, name, media_type, bytes, storage_key, state)
            values (u('x'), u('c ann'), 'a', 'b/c', 0, 'k', 'fetching')`,
    },
    {
      what: 'a stored file without its hash',
      by: 'attachment_check',
      how: `insert into attachment (id, conversation_id, name, media_type, bytes, storage_key)
            values (u('x'), u('c ann'), 'a', 'b/c', 0, 'k')`,
    },
    {
      what: 'a fetch tried a negative number of times',
      by: 'attachment_fetch_attempts_check',
      how: `insert into attachment (id, conversation_id, name, media_type, bytes, storage_key, state, reference, fetch_attempts)
            values (u('x'), u('c ann'), 'a', 'b/c', 0, 'k', 'fetching', 'r', -1)`,
    },
    {
      what: 'a delivery state on what came in',
      by: 'message_check',
      how: "update message set delivery = 'sent' where conversation_id = u('c ann') and seq = 1",
    },
    {
      what: "a channel's secrets without the key they are sealed by",
      by: 'channel_check',
      how: "update channel set secrets = 'x' where id = u('sms')",
    },
  ],
  tickets: [
    {
      what: 'an illegal transition',
      by: 'does not go from solved to pending',
      how: "update ticket set state = 'pending', solved_at = null where id = u('t solved')",
    },
    {
      what: 'closing what is not solved',
      by: 'does not go from open to closed',
      how: "update ticket set state = 'closed', solved_at = now(), closed_at = now() where id = u('t open')",
    },
    {
      what: 'reopening a closed ticket without a journal',
      by: 'does not go from closed to open',
      how: "update ticket set state = 'open', solved_at = null, closed_at = null where id = u('t closed')",
    },
    {
      what: 'editing a closed ticket',
      by: 'read-only',
      how: "update ticket set subject = 'x' where id = u('t closed')",
    },
    {
      what: 'a solved ticket without its time',
      by: 'ticket_check',
      how: "update ticket set state = 'solved' where id = u('t open')",
    },
    {
      what: 'merging a ticket without a journal',
      by: 'only by journal',
      how: "update ticket set merged_into = u('t open') where id = u('t closed')",
    },
    {
      what: 'merging a ticket into a merged one',
      by: 'one level deep',
      how: "select fold('t pending', 't open'), fold('t solved', 't pending')",
    },
    {
      what: 'a child of a child',
      by: 'one level deep',
      how: `update ticket set parent_id = u('t open') where id = u('t pending');
            update ticket set parent_id = u('t pending') where id = u('t solved')`,
    },
    {
      what: 'a parent that becomes a child',
      by: 'one level deep',
      how: `update ticket set parent_id = u('t open') where id = u('t pending');
            update ticket set parent_id = u('t solved') where id = u('t open')`,
    },
    {
      what: 'a name of another state',
      by: 'ticket_state_name_fits',
      how: `insert into ticket_state_name (id, state, name) values (u('x'), 'pending', '{"en": "the bank"}');
            update ticket set state_name_id = u('x') where id = u('t open')`,
    },
    {
      what: 'a ticket that follows itself',
      by: 'ticket_follows_another',
      how: "update ticket set follows_id = id, follows_as = 'split' where id = u('t open')",
    },
    {
      what: 'an undo of a move that undoes nothing',
      by: 'merge_journal_check',
      how: "insert into merge_journal (id, kind, before) values (u('x'), 'move_undo', '{}')",
    },
    {
      what: 'moving a ticket to another conversation',
      by: 'stays on its conversation',
      how: "update ticket set conversation_id = u('c ben') where id = u('t open')",
    },
    {
      what: 'choosing a ticket number',
      by: 'non-DEFAULT',
      how: `insert into ticket (id, number, conversation_id, queue_id)
            values (u('x'), 1, u('c ann'), u('support'))`,
    },
  ],
  routing: [
    {
      what: 'a second live work item',
      by: 'work_item_one_live',
      how: `insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at)
            values (u('x'), u('t open'), u('support'), 'chat', 1, 'queued', now(), now())`,
    },
    {
      what: 'a second live assignment',
      by: 'assignment_one_live',
      how: `insert into assignment (id, work_item_id, agent_id, state, accepted_at)
            values (u('x'), u('w'), u('reza'), 'accepted', now())`,
    },
    { what: 'an offer without an end', by: 'assignment_check', how: 'update assignment set expires_at = null' },
    { what: 'negative load', by: 'agent_used_units_check', how: 'update agent set used_units = -1' },
    {
      what: 'a status that nobody set',
      by: 'agent_status_by',
      how: "update agent set status_reason = 'supervisor' where id = u('sara')",
    },
  ],
  'calendars and SLA': [
    {
      what: 'overlapping hours',
      by: 'calendar_window_no_overlap',
      how: "insert into calendar_window values (u('cal'), '[2026-06-01,)', 6, '[700,800)')",
    },
    {
      what: 'hours after midnight',
      by: 'calendar_window_minutes_check',
      how: "insert into calendar_window values (u('cal'), '[2026-06-01,)', 7, '[700,1500)')",
    },
    {
      what: 'a second live clock',
      by: 'sla_clock_one_live',
      how: `insert into sla_clock (id, ticket_id, metric, cycle, policy_version_id, target_ms, state, started_at)
            values (u('x'), u('t open'), 'resolution', 2, u('pv'), 1, 'paused', now())`,
    },
    { what: 'a running clock without a due time', by: 'sla_clock_check', how: 'update sla_clock set due_at = null' },
    { what: 'editing a published policy', by: 'never changes', how: `update sla_policy_version set body = '{"a":1}'` },
    {
      what: 'two published policies',
      by: 'sla_policy_one_published',
      how: `insert into sla_policy_version (id, policy_id, version, status, body, published_at)
            values (u('x'), u('pol'), 2, 'published', '{}', now())`,
    },
  ],
  bots: [
    {
      what: 'editing a published script',
      by: 'never changes',
      how: `update script_version set body = '{"a":1}' where version = 1`,
    },
    {
      what: 'two published scripts',
      by: 'script_one_published',
      how: `insert into script_version (id, script_id, version, status, body, hash, published_at)
            values (u('x'), u('scr'), 2, 'published', '{}', '', now())`,
    },
    {
      what: 'a second live bot',
      by: 'bot_session_one_live',
      how: `insert into bot_session (id, conversation_id, version_id, epoch, status)
            values (u('x'), u('c ben'), u('v1'), 1, 'waiting')`,
    },
    {
      what: 'a turn taken twice',
      by: 'bot_turn_session_id_event_key',
      how: `insert into bot_turn (session_id, turn, event_key, nodes, reply)
            values (u('bs'), 2, 'upd 7', '{}', '')`,
    },
    {
      what: 'an effect made twice',
      by: 'bot_effect_pkey',
      how: `insert into bot_effect (session_id, turn, ordinal, kind, payload)
            values (u('bs'), 1, 0, 'lookup', '{}')`,
    },
  ],
  'rules and CSAT': [
    {
      what: 'a rule acting twice',
      by: 'rule_run_pkey',
      how: "insert into rule_run (rule_id, event_position, target_id, depth) values (u('r'), 1, u('t open'), 1)",
    },
    {
      what: 'a rule loop',
      by: 'rule_run_depth_check',
      how: "insert into rule_run (rule_id, event_position, target_id, depth) values (u('r'), 2, u('t open'), 6)",
    },
    {
      what: 'asking for a score twice',
      by: 'survey_ask_ticket_id_cycle',
      how: `insert into survey_ask (id, survey_id, kind, state, ticket_id, queue_id, customer_id, asked_at, token_hash)
            select u('x'), survey_id, kind, state, ticket_id, queue_id, customer_id, asked_at, '\x02' from survey_ask`,
    },
    { what: 'a score without an answer', by: 'survey_ask', how: 'update survey_ask set score = 5' },
    {
      what: 'a score that its kind does not have',
      by: 'survey_ask_score',
      how: "update survey_ask set score = 6, state = 'answered', answered_at = clock_timestamp()",
    },
  ],
  'delivery and intake': [
    {
      what: 'two sends in flight on a line',
      by: 'delivery_one_in_flight',
      how: "update delivery set state = 'sending', worker = 'w', attempts = 1 where id = u('d4')",
    },
    {
      what: 'queueing a message twice',
      by: 'delivery_one_live',
      how: `insert into delivery (id, conversation_id, seq, channel_id, address)
            values (u('x'), u('c ann'), 4, u('sms'), '+1')`,
    },
    {
      what: 'sending again what was sent',
      by: 'stays sent',
      how: "update delivery set state = 'queued' where id = u('d2')",
    },
    {
      what: 'storing an event twice',
      by: 'inbound_event_once',
      how: "insert into inbound_event (id, channel_id, external_id, raw) values (u('x'), u('sms'), 'e1', '')",
    },
    { what: 'rewriting a fact', by: 'append-only', how: "update event_log set type = 'x'" },
    { what: 'stealing a live lease', by: 'another poller', how: "update account_lease set holder = 'node 2'" },
    {
      what: 'a lease on a wrong clock',
      by: 'database clock',
      how: "update account_lease set lease_until = now() + interval '1 h'",
    },
    {
      what: 'a claim that counts no attempt',
      by: 'counts an attempt',
      how: `update delivery set state = 'unconfirmed' where id = u('d3');
            update delivery set state = 'sending', worker = 'w', attempts = 1 where id = u('d3')`,
    },
    {
      what: 'moving a delivery to another message',
      by: 'keeps its message',
      how: "update delivery set seq = 3 where id = u('d4')",
    },
  ],
  'mail that nobody wrote': [
    {
      what: 'a second block of an address',
      by: 'suppressed_address_once',
      how: `insert into suppressed_address (id, kind, address, reason)
            values (u('x'), 'email', 'a@b.example', 'bounce'), (u('y'), 'email', 'a@b.example', 'complaint')`,
    },
    {
      what: 'an address that is not folded',
      by: 'suppressed_address_check',
      how: "insert into suppressed_address (id, kind, address, reason) values (u('x'), 'email', 'A@B.example', 'bounce')",
    },
    {
      what: 'a block that is lifted from the start',
      by: 'begins in force',
      how: `insert into suppressed_address (id, kind, address, reason, lifted_at, lifted_by)
            values (u('x'), 'email', 'a@b.example', 'bounce', clock_timestamp() + interval '1 s', u('sara'))`,
    },
    {
      what: 'lifting by nobody',
      by: 'suppressed_address_check',
      how: `insert into suppressed_address (id, kind, address, reason) values (u('x'), 'email', 'a@b.example', 'bounce');
            update suppressed_address set lifted_at = clock_timestamp()`,
    },
    {
      what: 'a block that comes back after it was lifted',
      by: 'lifted once',
      how: `insert into suppressed_address (id, kind, address, reason) values (u('x'), 'email', 'a@b.example', 'bounce');
            update suppressed_address set lifted_at = clock_timestamp(), lifted_by = u('sara');
            update suppressed_address set lifted_at = null, lifted_by = null`,
    },
    {
      what: 'another reason for a block',
      by: 'changes in nothing else',
      how: `insert into suppressed_address (id, kind, address, reason) values (u('x'), 'email', 'a@b.example', 'bounce');
            update suppressed_address set reason = 'complaint'`,
    },
    {
      what: 'the same report about an address twice',
      by: 'mail_report_channel_id_external_id_address_key',
      how: `insert into mail_report (id, channel_id, external_id, conversation_id, seq, address, kind, hard)
            select u(n), u('sms'), 'r', m.conversation_id, m.seq, 'a@b.example', 'bounce', true
            from (select conversation_id, seq from message limit 1) m, (values ('x'), ('y')) as twice(n)`,
    },
    {
      what: 'a report about no message',
      by: 'mail_report_conversation_id_seq_fkey',
      how: `insert into mail_report (id, channel_id, external_id, conversation_id, seq, address, kind, hard)
            values (u('x'), u('sms'), 'r', u('c ann'), 9999, 'a@b.example', 'bounce', true)`,
    },
    {
      what: 'rewriting a report',
      by: 'append-only',
      how: `insert into mail_report (id, channel_id, external_id, conversation_id, seq, address, kind, hard)
            select u('x'), u('sms'), 'r', m.conversation_id, m.seq, 'a@b.example', 'bounce', true from message m limit 1;
            update mail_report set hard = false`,
    },
  ],
  'access and audit': [
    {
      what: 'a session of two owners',
      by: 'session_check',
      how: `insert into session (id, agent_id, identity_id, token_hash, expires_at)
            values (u('x'), u('sara'), u('i ann'), '', now())`,
    },
    {
      what: 'a link to an account that opens it a second time',
      by: 'stays over',
      how: `insert into account_link (id, agent_id, kind, token_hash, expires_at, used_at)
            values (u('x'), u('sara'), 'reset', '', now() + interval '1 hour', now());
            update account_link set used_at = null`,
    },
    {
      what: 'two live links of a kind to one account',
      by: 'account_link_live',
      how: `insert into account_link (id, agent_id, kind, token_hash, expires_at)
            select u(name), u('sara'), 'invite', name::bytea, now() + interval '1 hour' from unnest(array['x', 'y']) name`,
    },
    {
      what: 'a mail of a link that is over',
      by: 'kept nothing',
      how: `insert into account_link (id, agent_id, kind, token_hash, expires_at, unsent, unsent_at)
            values (u('x'), u('sara'), 'invite', 'x', now() + interval '1 hour', 'sealed', now());
            update account_link set revoked_at = now();
            do $$ begin
              if not exists (select 1 from account_link where unsent is not null) then raise exception 'kept nothing'; end if;
            end $$`,
    },
    {
      what: 'a role of the organisation whose agents see everything',
      by: 'own_role_scope',
      how: `insert into own_role (id, name, base, permissions, sees) values (u('x'), '{"en": "x"}', 'agent', '{}', 'all')`,
    },
    {
      what: 'a role of the organisation for an account of another base',
      by: 'agent_own_role',
      how: `insert into own_role (id, name, base, permissions, sees)
            values (u('x'), '{"en": "x"}', 'supervisor', '{}', 'all');
            update agent set own_role_id = u('x') where id = u('sara') and role <> 'supervisor'`,
    },
    {
      what: 'one role of the organisation too many',
      by: 'own_role_room',
      how: `insert into own_role (id, name, base, permissions, sees)
            select gen_random_uuid(), '{"en": "x"}', 'agent', '{}', 'own_queues' from generate_series(1, 51)`,
    },
    {
      what: 'a picture of the brand of no known type',
      by: 'brand_logo_whole',
      how: "update brand set logo = 'x'",
    },
    {
      what: 'a whisper that says something else later',
      by: 'never changes',
      how: `insert into whisper (id, conversation_id, agent_id, by_id, words) values (u('x'), u('c ann'), u('sara'), u('sara'), 'yes');
            update whisper set words = 'no' where id = u('x');`,
    },
    {
      what: 'an answer that its own writer is to have seen',
      by: 'whisper_seen_by_agent',
      how: `insert into whisper (id, conversation_id, agent_id, by_id, words, seen_at)
            values (u('x'), u('c ann'), u('sara'), u('sara'), 'yes', now())`,
    },
    {
      what: 'a second hand of one agent in one conversation',
      by: 'raised_hand_once',
      how: `insert into raised_hand (id, conversation_id, ticket_id, agent_id)
            select v.id, t.conversation_id, t.id, u('sara') from (select * from ticket limit 1) t, (values (u('x')), (u('y'))) v(id)`,
    },
    {
      what: 'a second factor that is on without a secret',
      by: 'agent_totp_whole',
      how: "update agent set totp_since = now() where id = u('sara')",
    },
    {
      what: 'a sixth try at a code',
      by: 'sign_in_step_tries_check',
      how: `insert into sign_in_step (id, agent_id, token_hash, browser_hash, kind, tries, expires_at)
            values (u('x'), u('sara'), '', '', 'code', 6, now())`,
    },
    {
      what: 'a provider that is not asked who somebody is',
      by: 'sign_in_provider_scopes_check',
      how: provider({ scopes: "'{email}'" }),
    },
    {
      what: 'a provider whose people get a role of another kind',
      by: 'sign_in_provider_role',
      how: `${ownRole}${provider({ role: "'admin'", own: "u('own')" })}`,
    },
    {
      what: 'a group that gives a role of another kind',
      by: 'sign_in_group_role',
      how: `${ownRole}${provider()}insert into sign_in_group values (u('op'), 0, 'g', 'supervisor', u('own'));`,
    },
    {
      what: 'two agents known by one account of a provider',
      by: 'agent_identity_issuer_subject_key',
      how: `${provider()}${known('i', "u('sara')", 's')}${known('j', "(select id from agent where id <> u('sara') limit 1)", 's')}`,
    },
    {
      what: 'an agent known by two accounts of a provider',
      by: 'agent_identity_agent_id_issuer_key',
      how: `${provider()}${known('i', "u('sara')", 's')}${known('j', "u('sara')", 't')}`,
    },
    {
      what: 'passwords closed to everybody without a provider that is on',
      by: 'sign_in_stays_open',
      how: `${keeper}update sign_in_rule set passwords = 'some';`,
    },
    {
      what: 'passwords closed to everybody without an administrator who keeps theirs',
      by: 'sign_in_stays_open',
      how: `${provider()}update sign_in_rule set passwords = 'some';`,
    },
    ...[
      ['taking the last password of an administrator', "update agent set keeps_password = false where id = u('sara')"],
      [
        'switching the last administrator with a password off',
        "update agent set disabled_at = now() where id = u('sara')",
      ],
      ['switching the last provider off', 'update sign_in_provider set enabled = false'],
      ['removing the last provider', 'delete from sign_in_provider'],
    ].map(([what = '', then = '']) => ({
      what: `${what} where passwords are closed`,
      by: 'sign_in_stays_open',
      how: `${keeper}${provider()}update sign_in_rule set passwords = 'some'; ${then};`,
    })),
    {
      what: 'a fork in the audit',
      by: 'audit_prev_hash_key',
      how: `insert into audit (id, action, entry, prev_hash, hash)
            values (u('x'), 'a', 'b', sha256('{}'), sha256(sha256('{}') || 'b'))`,
    },
    {
      what: 'a false hash in the audit',
      by: 'audit_check',
      how: `insert into audit (id, action, entry, prev_hash, hash)
            values (u('x'), 'a', 'b', sha256(sha256('{}') || '{}'), sha256('b'))`,
    },
    { what: 'rewriting the audit', by: 'append-only', how: "update audit set entry = '{}'" },
    { what: 'emptying the audit', by: 'append-only', how: 'truncate audit' },
  ],
};
