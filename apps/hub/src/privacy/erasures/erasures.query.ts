/** Everybody of a person with all their ways: parameters: the root's conversations. */
export const wholePerson = `
select array_agg(distinct c.id) as conversations, array_agg(distinct c.customer_id) as customers,
       coalesce(array_agg(distinct a.address) filter (where a.address is not null), '{}') as addresses
from conversation c
left join lateral (
  select i.address from identity i where i.customer_id = c.customer_id
  union select l.address from identity_claim l where l.customer_id = c.customer_id) a on true
where c.id = any ($1::uuid[])`;

/** Parameters: customers, conversations. */
export const hindranceOf = `
select case
  when exists (select 1 from legal_hold h where h.customer_id = any ($1::uuid[])) then 'on_hold'
  when exists (select 1 from phone_call p where p.conversation_id = any ($2::uuid[]) and p.ended_at is null) then 'call_live' end as hindrance`;

export const openTickets = `
select t.id from ticket t where t.conversation_id = any ($1::uuid[]) and t.state <> 'closed' order by t.id`;

export const closeTicket = `
update ticket
set state = 'closed', solved_at = coalesce(solved_at, clock_timestamp()), closed_at = clock_timestamp(), reopen_until = null, snoozed_until = null
where id = $1`;

/** What would still speak, ask or send by itself. Parameters: conversations, customers. */
export const stopAll: string[] = [
  `update bot_session set status = 'ended', ended_at = clock_timestamp(), wake_at = null, outcome = coalesce(outcome, 'erased')
   where conversation_id = any ($1::uuid[]) and status not in ('ended', 'failed') and $2::uuid[] is not null`,
  `update delivery set state = 'cancelled' where conversation_id = any ($1::uuid[]) and state = 'queued' and $2::uuid[] is not null`,
  `update callback set state = 'cancelled', ended_at = clock_timestamp(), end_reason = 'erased'
   where customer_id = any ($2::uuid[]) and state not in ('done', 'cancelled') and $1::uuid[] is not null`,
  `update survey_ask set state = case when state = 'due' then 'cancelled' else 'expired' end
   where customer_id = any ($2::uuid[]) and state in ('due', 'asked') and $1::uuid[] is not null`,
  `delete from wait_notice where conversation_id = any ($1::uuid[]) and $2::uuid[] is not null`,
  `delete from held_message where conversation_id = any ($1::uuid[]) and $2::uuid[] is not null`,
  `delete from call_due where conversation_id = any ($1::uuid[]) and $2::uuid[] is not null`,
  `delete from session where identity_id in (select id from identity where customer_id = any ($2::uuid[])) and $1::uuid[] is not null`,
  `update identity set retired_at = clock_timestamp() where customer_id = any ($2::uuid[]) and retired_at is null and $1::uuid[] is not null`,
  `update conversation set erased_at = clock_timestamp() where id = any ($1::uuid[]) and $2::uuid[] is not null`,
];

export const beginErasure = `
insert into erasure (id, customer_id, customers, conversations, addresses, asked_by) values ($1, $2, $3, $4, $5, $6)`;

export interface ErasureRow {
  id: string;
  customer_id: string;
  customers: string[];
  conversations: string[];
  addresses: string[];
  step: number;
  found: boolean;
  removed: Record<string, number>;
  behind: string;
  asked_by: string | null;
  asked_at: Date;
  ended_at: Date | null;
}

/** The oldest that is not over, for the length of the transaction. */
export const holdErasure = `
select * from erasure where ended_at is null order by asked_at limit 1 for update skip locked`;

/** The one that has nothing more to forget, if it is still so. */
export const holdForgotten = `
select * from erasure where id = $1 and ended_at is null and not found and step > $2 for update`;

/** Those who are gone, while the database may still know values of their rows. */
export const learnt = `select id from erasure where ended_at is not null and unlearnt_at is null`;

/** Parameter: erasures. */
export const noteUnlearnt = `update erasure set unlearnt_at = clock_timestamp() where id = any ($1::uuid[])`;

/**
 * Of a table or an index that has become empty PostgreSQL learns nothing anew, and keeps what it knew; from 18 on it can be told to forget it.
 * Parameter: tables.
 */
export const forgetLearnt = `
select pg_clear_attribute_stats(s.schemaname::text, s.tablename::text, s.attname::text, s.inherited) from pg_stats s
join pg_class c on c.oid = format('%I.%I', s.schemaname, s.tablename)::regclass
left join pg_index i on i.indexrelid = c.oid
join pg_class t on t.oid = coalesce(i.indrelid, c.oid)
where s.schemaname = current_schema() and t.relname = any ($1::text[]) and c.reltuples <= 0`;

export const lockTalks = `select id, rev from conversation where id = any ($1::uuid[]) order by id for no key update`;

/**
 * Raw traffic that names the person and is of no message: what was ignored, refused or put aside. A number counts where no other digit
 * stands beside it. Parameters: after which id, how many to look at, addresses as bytes would hold them, those of digits only.
 */
export const searchRaw = `
with looked as materialized (select e.id, e.raw, e.external_id from inbound_event e where e.id > $1 order by e.id limit $2),
gone as (
  delete from inbound_event e using looked l
  where e.id = l.id
    and not exists (select 1 from message m where m.channel_id = e.channel_id and m.external_id = e.external_id)
    and (
    exists (select 1 from unnest($3::text[]) one where position(convert_to(one, 'UTF8') in l.raw) > 0 or position(one in l.external_id) > 0)
    or exists (select 1 from unnest($4::text[]) one
               where (position(convert_to(one, 'UTF8') in l.raw) > 0 and encode(l.raw, 'escape') ~ ('(^|[^0-9])' || one || '([^0-9]|$)'))
                  or l.external_id ~ ('(^|[^0-9])' || one || '([^0-9]|$)')))
  returning e.id)
select (select count(*)::int from looked) as looked, (select count(*)::int from gone) as gone, (select max(id::text) from looked) as behind`;

/** Whether something of theirs is still on its way out, and settles first. */
export const isUnsettled = `
select exists (select 1 from delivery d where d.conversation_id = any ($1::uuid[]) and d.state in ('queued', 'sending')) as unsettled`;

export const moveOn = `
update erasure
set step = $2, found = $3, behind = $4, removed = removed || jsonb_build_object($5::text, coalesce((removed ->> $5)::int, 0) + $6::int)
where id = $1`;

export const endErasure = `
update erasure set ended_at = clock_timestamp(), addresses = '{}' where id = $1`;
