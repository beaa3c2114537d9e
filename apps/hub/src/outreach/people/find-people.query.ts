import type { Statement } from '#channels';

/**
 * Whose addresses these are: those that reached us, by whom they belong to, and those that an import said of somebody. Parameters: kinds,
 * addresses. `claimed` ones own nothing, and are looked at where nobody owns the address.
 */
export const ownersOf: Statement = {
  name: 'import-owners',
  text: `
select distinct want.kind, want.address, coalesce(k.merged_into, k.id) as root, found.shared, found.claimed
from unnest($1::text[], $2::text[]) want(kind, address)
cross join lateral (
  select i.customer_id, i.shared, false as claimed from identity i
  where i.kind = want.kind and i.address = want.address and i.retired_at is null
  union all
  select l.customer_id, false, true from identity_claim l
  where l.kind = want.kind and l.address = want.address and l.source = 'import' and l.state <> 'dismissed') found
join customer k on k.id = found.customer_id`,
};

export interface OwnerRow {
  kind: 'external' | 'phone' | 'email';
  address: string;
  root: string;
  shared: boolean;
  claimed: boolean;
}

/** Customers nobody met yet. Parameter: [{id, conversation, name, name_key, locale}]. */
export const addPeople: Statement = {
  name: 'import-people',
  text: `
with told as (
  select * from jsonb_to_recordset($1::jsonb) as t(id uuid, conversation uuid, name text, name_key text, locale text)),
person as (
  insert into customer (id, name, name_key, locale) select id, name, name_key, locale from told)
insert into conversation (id, customer_id) select conversation, id from told`,
};

/** What an import says is somebody's and is nobody's yet. Parameter: [{id, customer, kind, address}]. */
export const addClaims: Statement = {
  name: 'import-claims',
  text: `
insert into identity_claim (id, customer_id, kind, address, source)
select t.id, t.customer, t.kind, t.address, 'import'
from jsonb_to_recordset($1::jsonb) as t(id uuid, customer uuid, kind text, address text)
where not exists (
  select 1 from identity i join customer k on k.id = i.customer_id
  where i.kind = t.kind and i.address = t.address and i.retired_at is null and coalesce(k.merged_into, k.id) = t.customer)
on conflict do nothing`,
};
