import type { Statement } from '#channels';

/** A message of ours that a report is about, with where it went. */
export interface ReportedRow {
  conversation_id: string;
  seq: number;
  thread_id: string | null;
  ticket_id: string | null;
  mail_id: string | null;
  identity_kind: 'email' | 'phone' | 'telegram' | 'web' | 'external';
  address: string;
  /** The address is one that the person only claims: it owns nothing, and mail from it is another person's. */
  retired: boolean;
  cc: string[] | null;
  bcc: string[] | null;
}

/**
 * The message that a report is about: the one it names, else the newest of a thread that its ids or its token lead to; of those,
 * one that went to an address of the report first. Parameters: channel, the id it is about, other ids it quotes, thread, addresses.
 */
export const reportedMessage: Statement = {
  name: 'reported-message',
  text: `
with named as (
  select m.conversation_id, m.seq, 0 as distance from message m
  where m.channel_id = $1 and m.mail_id = $2 and m.direction = 'out'
  union all
  select m.conversation_id, m.seq, 1 from message m
  where m.channel_id = $1 and m.mail_id = any ($3::text[]) and m.direction = 'out'
  union all
  select last.conversation_id, last.seq, 2
  from thread t cross join lateral (
    select m.conversation_id, m.seq from message m
    where m.conversation_id = t.conversation_id and m.thread_id = t.id and m.direction = 'out' order by m.seq desc limit 5) last
  where t.channel_id = $1 and (t.id = $4::uuid or t.other_ids && array_append($3::text[], $2)))
select m.conversation_id, m.seq, m.thread_id, m.ticket_id, m.mail_id, i.kind as identity_kind, i.address, i.retired_at is not null and not exists (
         select 1 from identity own where own.customer_id = i.customer_id and own.kind = i.kind and own.address = i.address
           and own.retired_at is null) as retired,
       array(select jsonb_array_elements_text(m.content -> 'cc')) as cc, array(select jsonb_array_elements_text(m.content -> 'bcc')) as bcc
from named n join message m on m.conversation_id = n.conversation_id and m.seq = n.seq join identity i on i.id = m.identity_id
order by n.distance = 0 desc, (i.address = any ($5::text[])) desc, n.distance, m.seq desc limit 1`,
};

/** Writes a report once for each address. No row: it was known. */
export const keepReport: Statement = {
  name: 'keep-mail-report',
  text: `
insert into mail_report (id, channel_id, external_id, conversation_id, seq, address, kind, hard, status, said)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (channel_id, external_id, address) do nothing returning id`,
};

export const suppressAddress: Statement = {
  name: 'suppress-address',
  text: `
insert into suppressed_address (id, kind, address, reason, said, conversation_id, seq) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (kind, address) where lifted_at is null do nothing returning id`,
};

/**
 * What a report says of an address that the message had not gone to, as it may after forwarding. The message says so from then on and
 * keeps its state. Parameters: conversation, seq, words.
 */
export const noteHearsay: Statement = {
  name: 'note-hearsay',
  text: `
with noted as (
  update delivery d set error_code = 'reported', error = $3
  where d.missed is null and d.id = (select last.id from delivery last where last.conversation_id = $1 and last.seq = $2 order by last.created_at desc limit 1)
  returning d.conversation_id, d.seq)
update message m set delivery = m.delivery from noted where m.conversation_id = noted.conversation_id and m.seq = noted.seq returning m.rev`,
};

/** How often a message failed for a passing reason at one address. Parameters: conversation, seq, address. */
export const softFailures: Statement = {
  name: 'soft-failures',
  text: `
select count(*)::int as n from mail_report where conversation_id = $1 and seq = $2 and address = $3 and kind = 'bounce' and not hard`,
};

/** Of delivery `d`: whom its message has not reached as far as is known; null: anybody. */
export const unreached = `
  case when d.state = 'sent' then d.missed when d.only_to is not null then d.only_to || coalesce(d.missed, '{}') end`;

/**
 * Another try of a message for one of its recipients, later: a new delivery of the same mail, under its Message-ID. One that waits
 * already takes the recipient along. Parameters: delivery, conversation, seq, channel, thread, the message's address, Message-ID, delay,
 * the recipient, words.
 */
export const tryLater: Statement = {
  name: 'try-later',
  text: `
with joined as (
  update delivery d set only_to = array(select distinct one from unnest(d.only_to || $9::text) one),
         missed = nullif(array(select one from unnest(d.missed) one where one <> $9), '{}')
  where d.conversation_id = $2 and d.seq = $3 and d.state = 'queued' and d.only_to is not null returning d.id),
last as (
  select ${unreached} as unreached from delivery d where d.conversation_id = $2 and d.seq = $3 order by d.created_at desc limit 1),
waiting as (
  insert into delivery (id, conversation_id, seq, channel_id, thread_id, address, mail_id, due_at, only_to, missed, error_code, error)
  select $1, $2, $3, $4, $5, $6, $7, clock_timestamp() + $8 * interval '1 millisecond', array[$9::text],
         nullif(array(select one from unnest(last.unreached) one where one <> $9), '{}'), 'soft_bounce', $10
  from last
  where not exists (select 1 from delivery d where d.conversation_id = $2 and d.seq = $3 and d.state in ('queued', 'sending'))
  returning id)
update message m set delivery = 'queued'
where m.conversation_id = $2 and m.seq = $3 and (exists (select 1 from joined) or exists (select 1 from waiting)) returning m.rev`,
};

/** Parameters: address, the end of the absence. */
export const awayUntil: Statement = {
  name: 'away-until',
  text: `
update identity set away_until = $2::date
where kind = 'email' and address = $1 and retired_at is null and away_until is distinct from $2::date returning id`,
};
