import type { Statement } from '#channels';
import { rightsColumns, type RightsRow } from '../../auth/read-actor.js';

/** A browser that this process is waking for a notice. */
export interface ClaimedPush extends RightsRow {
  notice_id: string;
  subscription_id: string;
  tries: number;
  endpoint: string;
  /** Where it lies, however it is spelled. */
  host: string;
  p256dh: string;
  auth: string;
  with_text: boolean;
  agent_id: string;
  locale: 'en' | 'fa';
  kind: string;
  /** It was read meanwhile, a console of theirs is open, which tells it itself, or enough of what is newer is told. */
  is_told: boolean;
  /** Nobody is signed in to that browser any more. */
  is_left: boolean;
}

/** The host of an address, which may be written in capitals and with its port. */
const hostOf = (address: string): string =>
  `(select lower(regexp_replace(split_part(${address}, '/', 3), ':443$', '')) as host) named`;

/** Of what waits, so much is looked at for each claim. */
const mostLookedAt = 1_000;

/**
 * Takes what is due, and of many things at once, as when somebody is given a hundred tickets, the latest five are told. Who else looks
 * meanwhile passes it by until the lease is over. A session that is idle still counts: whoever is away is who is woken. Parameters: lease in
 * milliseconds, how many; at most how many at one host, with the hosts that are being told something and how much.
 */
export const claimPushes: Statement = {
  name: 'push-claim',
  text: `
with waiting as (
  select d.notice_id, d.subscription_id, d.due_at, host, coalesce(busy.count, 0) as busy
  from push_due d join push_subscription s on s.id = d.subscription_id cross join lateral ${hostOf('s.endpoint')}
  left join unnest($4::text[], $5::int[]) busy(host, count) using (host)
  where d.due_at <= clock_timestamp() and coalesce(busy.count, 0) < $3
  order by d.due_at limit ${String(mostLookedAt)}),
ready as (select w.*, row_number() over (partition by host order by due_at) as place from waiting w),
due as materialized (
  select d.notice_id, d.subscription_id from push_due d join ready using (notice_id, subscription_id)
  where d.due_at <= clock_timestamp() and place <= $3 - busy
  order by d.due_at limit $2 for update of d skip locked)
update push_due d set due_at = clock_timestamp() + $1 * interval '1 millisecond', tries = d.tries + 1
from due, notice n, push_subscription s cross join lateral ${hostOf('s.endpoint')}, session e, agent a
where d.notice_id = due.notice_id and d.subscription_id = due.subscription_id
  and n.id = due.notice_id and s.id = due.subscription_id and e.id = s.session_id and a.id = s.agent_id
returning d.notice_id, d.subscription_id, d.tries, s.endpoint, host, s.p256dh, s.auth, s.with_text, s.agent_id, ${rightsColumns}, a.locale, n.kind,
  (n.read_at is not null
   or exists (select 1 from agent_presence p where p.agent_id = s.agent_id and p.lease_until > clock_timestamp())
   or exists (select 1 from push_due newer where newer.subscription_id = d.subscription_id and newer.notice_id > d.notice_id offset 4)) as is_told,
  (a.disabled_at is not null or e.revoked_at is not null or e.expires_at <= clock_timestamp()) as is_left`,
};

export const endPush = 'delete from push_due where notice_id = $1 and subscription_id = $2';

/** Parameters: notice, subscription, pause in milliseconds. */
export const putOffPush = `
update push_due set due_at = clock_timestamp() + $3 * interval '1 millisecond' where notice_id = $1 and subscription_id = $2`;

export const dropSubscription = 'delete from push_subscription where id = $1';
