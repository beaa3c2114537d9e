import type { Statement } from '#channels';

/** Which of the people `k` an agent finds: those that have a ticket of theirs or in a queue of theirs. $1: reader, $2: oversees. */
const mayFind = `($2 or exists (
    select 1 from ticket t left join queue_member m on m.queue_id = t.queue_id and m.agent_id = $1
    where (m.agent_id is not null or t.owner_id = $1) and t.conversation_id in (
      select pc.id from conversation pc where pc.customer_id in (select k.id union all select g.id from customer g where g.merged_into = k.id))))`;

/** Behind the page before, and of the tier and standing that are asked for. $3, $4: place; $6: tier; $7: blocked. Null: any. */
const asked = `k.merged_into is null and (k.created_at, k.id) < ($3::timestamptz, $4::uuid)
  and ($6::int is null or k.tier = $6) and ($7::boolean is null or (k.blocked_at is not null) = $7)`;

const row = `select k.id, c.id as conversation_id, k.created_at::text as cursor_at`;

/**
 * Everybody, newest first, along customer_newest. Parameters: reader, oversees, place (at), place (id), limit, tier, blocked.
 */
export const listCustomers: Statement = {
  name: 'list-customers',
  text: `
${row}
from customer k join conversation c on c.customer_id = k.id and c.erased_at is null
where ${asked} and ${mayFind}
order by k.created_at desc, k.id desc limit $5`,
};

/**
 * People by folded name (customer_name), by address, or by how one begins, theirs or claimed (identity_beginning,
 * identity_claim_beginning), newest first. Of a name that very many have, the newest 2,000 behind the place are looked through. More
 * parameters: folded words as a LIKE pattern, addresses, beginning of an address as a LIKE pattern; null: not asked.
 */
export const searchCustomers: Statement = {
  name: 'search-customers',
  text: `
with wanted as (
  (select k.id from customer k
   where k.merged_into is null and k.name_key like $8 and (k.created_at, k.id) < ($3::timestamptz, $4::uuid)
   order by k.created_at desc, k.id desc limit 2000)
  union
  (select coalesce(o.merged_into, o.id) from identity i join customer o on o.id = i.customer_id
   where i.retired_at is null and (i.address = any ($9::text[]) or i.address like $10) limit 2000)
  union
  (select coalesce(o.merged_into, o.id) from identity_claim l join customer o on o.id = l.customer_id
   where l.state = 'open' and (l.address = any ($9::text[]) or l.address like $10) limit 2000))
${row}
from wanted w join customer k on k.id = w.id join conversation c on c.customer_id = k.id and c.erased_at is null
where ${asked} and ${mayFind}
order by k.created_at desc, k.id desc limit $5`,
};

/** Whether an address is known of anybody already: theirs, or claimed. Parameters: kinds, addresses. */
export const knownAddress: Statement = {
  name: 'known-address',
  text: `
select want.kind, want.address from unnest($1::text[], $2::text[]) want(kind, address)
where exists (select 1 from identity i where i.kind = want.kind and i.address = want.address and i.retired_at is null)
   or exists (select 1 from identity_claim l where l.kind = want.kind and l.address = want.address and l.state = 'open')`,
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
