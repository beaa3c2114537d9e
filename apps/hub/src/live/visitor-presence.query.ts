import type { Statement } from '#channels';

/** Makes or renews leases; an identity that is erased in this moment gets none. Parameters: ids, identities, seconds. */
export const holdVisits: Statement = {
  name: 'visitor-presence-hold',
  text: `
insert into visitor_presence (id, identity_id, lease_until)
select l.id, i.id, clock_timestamp() + $3 * interval '1 second'
from unnest($1::uuid[], $2::uuid[]) l(id, identity) join identity i on i.id = l.identity
on conflict (id) do update set lease_until = excluded.lease_until`,
};

export const dropVisits: Statement = {
  name: 'visitor-presence-drop',
  text: 'delete from visitor_presence where id = any ($1::uuid[])',
};

export const sweepVisits: Statement = {
  name: 'visitor-presence-sweep',
  text: 'delete from visitor_presence where lease_until <= clock_timestamp()',
};

/** The visitors' ids of those who asked to be answered elsewhere. Parameter: identities. */
export const wishesOf: Statement = {
  name: 'visitor-presence-wishes',
  text: 'select distinct i.address from visitor_wish w join identity i on i.id = w.identity_id where w.identity_id = any ($1::uuid[])',
};
