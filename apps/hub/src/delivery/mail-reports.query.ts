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
on conflict (kind, address) where lifted_at is null do nothing`,
};

/** What a report says of an address that the message had not gone to, as it may after forwarding. Parameters: conversation, seq, words. */
export const noteHearsay: Statement = {
  name: 'note-hearsay',
  text: `
update delivery d set error_code = 'reported', error = $3
where d.error_code is distinct from 'bounced' and d.id = (select last.id from delivery last where last.conversation_id = $1 and last.seq = $2 order by last.created_at desc limit 1)`,
};

/** How often a message failed for a passing reason. */
export const softFailures: Statement = {
  name: 'soft-failures',
  text: `select count(*)::int as n from mail_report where conversation_id = $1 and seq = $2 and kind = 'bounce' and not hard`,
};

/** Another try of a message, later: a new delivery of the same mail, under its Message-ID. Nothing is written while one is on its way. */
export const tryLater: Statement = {
  name: 'try-later',
  text: `
with waiting as (
  insert into delivery (id, conversation_id, seq, channel_id, thread_id, address, mail_id, due_at)
  select $1, $2, $3, $4, $5, $6, $7, clock_timestamp() + $8 * interval '1 millisecond'
  where not exists (select 1 from delivery d where d.conversation_id = $2 and d.seq = $3 and d.state in ('queued', 'sending'))
  returning id)
update message m set delivery = 'queued' from waiting where m.conversation_id = $2 and m.seq = $3 returning m.rev`,
};

/**
 * Links a quiet mail to the ticket it belongs to, whatever that ticket's state, which stays as it is. Parameters: conversation, seq,
 * ticket (null: that of its thread, or of a mail that it answers), the ids it quotes.
 */
export const linkQuietly: Statement = {
  name: 'link-quietly',
  text: `
with talk as materialized (
  select id, rev from conversation where id = $1 for no key update),
linked as (
  update message m set ticket_id = home.ticket_id, ticket_reason = 'reference'
  from talk, lateral (
    select coalesce($3::uuid, (
      select p.ticket_id from message p join message own on own.conversation_id = p.conversation_id and own.seq = $2
      where p.conversation_id = talk.id and (p.thread_id = own.thread_id or (p.channel_id = own.channel_id and p.mail_id = any ($4::text[])))
        and p.seq < $2 and p.ticket_id is not null
      order by p.seq desc limit 1)) as ticket_id) home
  where m.conversation_id = talk.id and m.seq = $2 and m.ticket_id is null and home.ticket_id is not null
  returning m.rev)
select talk.rev as since from talk where exists (select 1 from linked)`,
};

/** Parameters: address, the end of the absence. */
export const awayUntil: Statement = {
  name: 'away-until',
  text: `
update identity set away_until = $2::date
where kind = 'email' and address = $1 and retired_at is null and away_until is distinct from $2::date`,
};
