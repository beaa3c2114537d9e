import type { Statement } from '#channels';

/**
 * People by folded name or by address, newest first. An agent finds those that have a ticket in a queue of theirs. Parameters:
 * reader, oversees, folded words, address, before (at), before (id), limit.
 */
export const searchCustomers: Statement = {
  name: 'search-customers',
  text: `
select k.id, c.id as conversation_id, k.created_at::text as cursor_at
from customer k join conversation c on c.customer_id = k.id
where k.merged_into is null and (k.created_at, k.id) < ($5::timestamptz, $6::uuid)
  and ($3 = '' or k.name_key like '%' || $3 || '%' or exists (
    select 1 from identity i where i.address = $4 and i.customer_id in (select k.id union all select g.id from customer g where g.merged_into = k.id)))
  and ($2 or exists (
    select 1 from ticket t join queue_member m on m.queue_id = t.queue_id and m.agent_id = $1
    where t.conversation_id in (
      select pc.id from conversation pc where pc.customer_id in (select k.id union all select g.id from customer g where g.merged_into = k.id))))
order by k.created_at desc, k.id desc limit $7`,
};

/** Locks every conversation row of the given customers' groups, by id. Parameter: customers. */
export const lockPeople = `
select c.id, c.rev from conversation c
where c.customer_id in (
  select g.id from customer g where coalesce(g.merged_into, g.id) in (
    select coalesce(k.merged_into, k.id) from customer k where k.id = any ($1::uuid[])))
order by c.id for no key update`;
