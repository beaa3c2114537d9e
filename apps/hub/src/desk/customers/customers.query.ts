import type { Statement } from '#channels';

/**
 * People by folded name, by address or by how one begins, newest first. An agent finds those that have a ticket of theirs or in a queue of
 * theirs. Parameters: reader, oversees, folded words, addresses, before (at), before (id), limit, beginning of an address as a LIKE pattern.
 */
export const searchCustomers: Statement = {
  name: 'search-customers',
  text: `
select k.id, c.id as conversation_id, k.created_at::text as cursor_at
from customer k join conversation c on c.customer_id = k.id
where k.merged_into is null and (k.created_at, k.id) < ($5::timestamptz, $6::uuid)
  and ($3 = '' or k.name_key like '%' || $3 || '%' or exists (
    select 1 from identity i where (i.address = any ($4::text[]) or i.address like $8) and i.retired_at is null
      and i.customer_id in (select k.id union all select g.id from customer g where g.merged_into = k.id)))
  and ($2 or exists (
    select 1 from ticket t left join queue_member m on m.queue_id = t.queue_id and m.agent_id = $1
    where (m.agent_id is not null or t.owner_id = $1) and t.conversation_id in (
      select pc.id from conversation pc where pc.customer_id in (select k.id union all select g.id from customer g where g.merged_into = k.id))))
order by k.created_at desc, k.id desc limit $7`,
};

/** Everybody of a person. Parameter: the root. */
export const everybodyOf = `(select $1::uuid union all select g.id from customer g where g.merged_into = $1)`;

/** What a merge would join, for each of two people. Parameter: the parts of one. */
export const countPerson: Statement = {
  name: 'count-person',
  text: `
select (select count(*)::int from message m where m.conversation_id = any ($1::uuid[])) as messages,
       (select count(*)::int from ticket t where t.conversation_id = any ($1::uuid[])) as tickets,
       (select count(*)::int from ticket t where t.conversation_id = any ($1::uuid[]) and t.state not in ('solved', 'closed')) as "openTickets",
       (select count(*)::int from identity i join conversation c on c.customer_id = i.customer_id
        where c.id = any ($1::uuid[]) and i.retired_at is null) as identities`,
};

/**
 * The identity that an address somebody only claims is written to by: it belongs to the customer and is retired from the start, so that
 * nobody who writes from the address is taken for them. One stop on the address counts, whoever it belongs to. No row: no such claim.
 * Parameters: claim, the person's conversations, an id for the identity if it must be made.
 */
export const identityToWriteTo: Statement = {
  name: 'identity-to-write-to',
  text: `
with claim as (
  select l.customer_id, l.kind, l.address, c.id as conversation_id
  from identity_claim l join conversation c on c.customer_id = l.customer_id
  where l.id = $1 and c.id = any ($2::uuid[]) and l.state = 'open' and l.kind in ('email', 'phone')),
known as (
  select i.id from claim join identity i on i.customer_id = claim.customer_id and i.kind = claim.kind and i.address = claim.address
  where i.retired_at is not null order by i.created_at desc limit 1),
made as (
  insert into identity (id, customer_id, kind, address, trust, retired_at)
  select $3, customer_id, kind, address, 'unauthenticated', clock_timestamp() from claim where not exists (select 1 from known)
  returning id)
select coalesce((select id from known), (select id from made)) as id, claim.kind, claim.address, claim.conversation_id,
       coalesce((select i.reachable from identity i where i.kind = claim.kind and i.address = claim.address and i.reachable <> 'yes' limit 1), 'yes') as reachable
from claim`,
};
