import type { Statement } from '#channels';
import type { SuggestionReason } from '#contract';

/** Somebody who may be the person asked about. */
export interface SuggestedRow {
  root: string;
  conversation: string;
  /** `key` is the same from either side, and stays when an agent says no. */
  reasons: (SuggestionReason & { key: string })[];
  weight: number;
}

/** What `company` says of a customer: the custom field, and the domains of their mail that are not open to everybody. */
const companiesOf = (customer: string): string => `
  select lower(btrim(${customer}.fields ->> 'company')) where btrim(coalesce(${customer}.fields ->> 'company', '')) <> ''
  union select split_part(i.address, '@', 2) from identity i
  where i.customer_id = ${customer}.id and i.kind = 'email' and i.retired_at is null and split_part(i.address, '@', 2) <> all ($2::text[])
  union select split_part(l.address, '@', 2) from identity_claim l
  where l.customer_id = ${customer}.id and l.kind = 'email' and l.state = 'open' and split_part(l.address, '@', 2) <> all ($2::text[])`;

/** The mailbox that a mail address names, as `isRoleAddress` compares it: without its tag, its number and the signs between words. */
const mailboxOf = (address: string): string => `
  regexp_replace(regexp_replace(split_part(regexp_replace(${address}, '@[^@]*$', ''), '+', 1), '[._-]?\\d+$', ''), '[._-]', '', 'g')`;

/** More than so many people at one browser share a machine, and say nothing about each other. */
const mostAtOneDevice = 5;

/** The reasons that an agent said no to. Reads `grouped g`. */
const dismissed = `
  array(
    select distinct said from suggestion_dismissal d cross join unnest(d.reasons) said
    where (d.a = any ($1::uuid[]) and d.b in (select o.id from customer o where o.id = g.root or o.merged_into = g.root))
       or (d.b = any ($1::uuid[]) and d.a in (select o.id from customer o where o.id = g.root or o.merged_into = g.root)))`;

/**
 * People who share something with a person: an address that one side claims, spellings of one mailbox or number, a browser, a name and
 * a company. Shared addresses and roles' mailboxes suggest nobody, nor does a reason that an agent said no to. What weighs most comes
 * first. Parameters: everybody of the person, public mail domains, how many, what each kind of reason weighs, roles' mailboxes, the only
 * one asked about (then whatever was said no to) or null, the place after which to go on: weight and root, or null.
 */
export const suggestedPeople: Statement = {
  name: 'suggested-people',
  text: `
with own as materialized (
  select i.kind, i.address, address_variant(i.kind, i.address) as variant
  from identity i where i.customer_id = any ($1::uuid[]) and i.retired_at is null and not i.shared
    and (i.kind <> 'email' or ${mailboxOf('i.address')} <> all ($5::text[]))
  union all
  select l.kind, l.address, address_variant(l.kind, l.address)
  from identity_claim l where l.customer_id = any ($1::uuid[]) and l.state = 'open'
    and (l.kind <> 'email' or ${mailboxOf('l.address')} <> all ($5::text[]))
    and not exists (select 1 from identity s where s.kind = l.kind and s.address = l.address and s.shared and s.retired_at is null)),
hit as (
  select i.customer_id as other, i.kind, i.address, own.variant, own.address = i.address as equal
  from own join identity i on i.kind = own.kind and address_variant(i.kind, i.address) = own.variant
  where i.retired_at is null and not i.shared and i.customer_id <> all ($1::uuid[])
  union all
  select l.customer_id, l.kind, l.address, own.variant, own.address = l.address
  from own join identity_claim l on l.kind = own.kind and address_variant(l.kind, l.address) = own.variant
  where l.state = 'open' and l.customer_id <> all ($1::uuid[])),
reason as (
  select other, case when equal then 'same_claim' when kind = 'email' then 'similar_email' else 'similar_phone' end as kind, address, variant as key
  from hit where equal or kind in ('email', 'phone')
  union
  select theirs.customer_id, 'same_device', null, theirs.device::text
  from customer_device mine join customer_device theirs on theirs.device = mine.device
  where mine.customer_id = any ($1::uuid[]) and theirs.customer_id <> all ($1::uuid[])
    and (select count(*) from customer_device d where d.device = mine.device) <= ${mostAtOneDevice}
  union
  select k.id, 'same_name_and_company', company.name, company.name
  from customer me join customer k on k.name_key = me.name_key and k.name_key <> ''
  cross join lateral (
    (${companiesOf('me')}) intersect (${companiesOf('k')})) company(name)
  where me.id = any ($1::uuid[]) and k.id <> all ($1::uuid[])),
grouped as (
  select coalesce(k.merged_into, k.id) as root,
         jsonb_agg(distinct jsonb_build_object('kind', r.kind, 'address', r.address, 'key', r.kind || ' ' || r.key)) as reasons
  from reason r join customer k on k.id = r.other
  group by 1),
weighed as (
  select g.root, g.reasons, (select sum(($4::jsonb ->> (said ->> 'kind'))::int)::int from jsonb_array_elements(g.reasons) said) as weight,
         ${dismissed} as dismissed
  from grouped g where $6::uuid is null or g.root = $6)
select w.root, c.id as conversation, w.reasons, w.weight
from weighed w join conversation c on c.customer_id = w.root
where ($6::uuid is not null or exists (select 1 from jsonb_array_elements(w.reasons) said where said ->> 'key' <> all (w.dismissed)))
  and ($7::int is null or (w.weight, w.root) < ($7, $8::uuid))
order by w.weight desc, w.root desc limit $3`,
};

/** Everybody of a person, by one of them. Parameter: the root. */
export const membersOf = `select k.id from customer k where k.id = $1 or k.merged_into = $1`;
