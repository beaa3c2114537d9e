import type { Statement } from '#channels';

/**
 * Claims a person who waits, while the outreach runs: a stop waits for what is being written and comes before everything else. No row:
 * somebody else has them, or it does not run. Parameters: outreach, round, person.
 */
export const claimPerson: Statement = {
  name: 'outreach-claim',
  text: `
select p.person_id as id from outreach_person p join outreach o on o.id = p.outreach_id
where p.outreach_id = $1 and p.round = $2 and p.person_id = $3 and p.state = 'waiting' and o.state = 'running' and o.round = $2
for update of p skip locked for share of o`,
};

/** Whether this person was reached in this round as somebody they were merged with since. Parameters: outreach, round, person. */
export const wasTold: Statement = {
  name: 'outreach-was-told',
  text: `
select 1 from outreach_person p join customer k on k.id = p.person_id
where p.outreach_id = $1 and p.round = $2 and p.person_id <> $3 and coalesce(k.merged_into, k.id) = $3 and p.state in ('sending', 'sent', 'unconfirmed') limit 1`,
};

/** Whoever is somebody else since goes on as them, once. Parameters: outreach, round, person. */
export const goOnAsRoot: Statement = {
  name: 'outreach-as-root',
  text: `
insert into outreach_person (outreach_id, round, person_id)
select $1, $2, k.merged_into from customer k where k.id = $3 and k.merged_into is not null on conflict do nothing`,
};

/** Parameters: outreach, round, person, why, details. */
export const skipPerson: Statement = {
  name: 'outreach-skip',
  text: `
update outreach_person set state = case when cardinality(tried) > 0 then 'failed' else 'skipped' end, why = $4, details = $5, decided_at = clock_timestamp()
where outreach_id = $1 and round = $2 and person_id = $3 and state = 'waiting'`,
};

/** Parameters: outreach, round, person, why, milliseconds from now. */
export const postponePerson: Statement = {
  name: 'outreach-postpone',
  text: `
update outreach_person set why = $4, due_at = clock_timestamp() + $5::float8 * interval '1 millisecond'
where outreach_id = $1 and round = $2 and person_id = $3 and state = 'waiting'`,
};

/** Parameters: id, conversation, channel, subject, participants. */
export const insertThread: Statement = {
  name: 'outreach-thread',
  text: `insert into thread (id, conversation_id, channel_id, subject, participants, verified) values ($1, $2, $3, $4, $5, true)`,
};

/** Parameters: id, conversation, channel, thread, identity, mail id, body, search text, content, state of its delivery. */
export const insertOutreachMessage: Statement = {
  name: 'outreach-message',
  text: `
insert into message (id, conversation_id, channel_id, thread_id, identity_id, mail_id, direction, author, kind, body, search_text, content, delivery)
values ($1, $2, $3, $4, $5, $6, 'out', 'system', 'text', $7, $8, $9, $10) returning seq`,
};

/**
 * Keeps what was sent, and logs it. Parameters: outreach, round, person, state, conversation, seq, channel, address, message.
 */
export const markSent: Statement = {
  name: 'outreach-sent',
  text: `
with kept as (
  update outreach_person
  set state = $4, why = '', details = '{}', conversation_id = $5, seq = $6, channel_id = $7, address = $8,
      decided_at = clock_timestamp(), sent_at = clock_timestamp()
  where outreach_id = $1 and round = $2 and person_id = $3 and state = 'waiting' returning 1)
insert into event_log (type, conversation_id, subject_id, payload)
select 'message.sent', $5, $9, jsonb_build_object('seq', $6::bigint) from kept`,
};
