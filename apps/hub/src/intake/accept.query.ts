import type { Statement } from '#channels';

/** Somebody new: a customer, the conversation and the identity that was seen. No row: another arrival was first. */
export const meetCustomer: Statement = {
  name: 'meet-customer',
  text: `
with met as (
  insert into identity (id, customer_id, kind, address, trust, last_seen_at)
  values ($1, $2, $4, $5, $6, clock_timestamp())
  on conflict do nothing
  returning customer_id),
person as (
  insert into customer (id, name, name_key, locale) select customer_id, $7, $8, $9 from met),
talk as (
  insert into conversation (id, customer_id) select $3, customer_id from met)
select customer_id from met`,
};

/** An event that is kept for the record and puts nothing on a timeline. No row: it was known. */
export const keepEvent: Statement = {
  name: 'keep-event',
  text: `
insert into inbound_event (id, channel_id, external_id, state, raw, error) values ($1, $2, $3, $4, $5, $6)
on conflict (channel_id, external_id) where external_id is not null do nothing
returning id`,
};
