import type { Statement } from '#channels';

/**
 * Notes purchases. Parameter: [{id, customer (a root), source, external_id, amount, currency, at, items}], each source and external_id once.
 * A row comes back for each that is new or not as it was; one that is told again as it was changes nothing.
 */
export const notePurchases: Statement = {
  name: 'note-purchases',
  text: `
insert into purchase (id, customer_id, source, external_id, amount, currency, at, items)
select t.id, t.customer, t.source, t.external_id, t.amount, t.currency, t.at, t.items
from jsonb_to_recordset($1::jsonb) as t(id uuid, customer uuid, source text, external_id text, amount bigint, currency text, at timestamptz, items text)
order by t.source, t.external_id
on conflict (source, external_id) do update
set amount = excluded.amount, currency = excluded.currency, at = excluded.at, items = excluded.items, changed_at = clock_timestamp(),
    customer_id = case when excluded.customer_id = (
      select coalesce(k.merged_into, k.id) from customer k where k.id = purchase.customer_id) then purchase.customer_id else excluded.customer_id end
where (purchase.amount, purchase.currency, purchase.at, purchase.items)
      is distinct from (excluded.amount, excluded.currency, excluded.at, excluded.items)
   or excluded.customer_id <> (select coalesce(k.merged_into, k.id) from customer k where k.id = purchase.customer_id)
returning external_id as "externalId", xmax = 0 as "isNew"`,
};
