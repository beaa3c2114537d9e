import type { Statement } from '#channels';

/** Ids ascend with time, so the newest rows are read backwards; what lies further back was noted in channel_traffic meanwhile. */
const lately = 20_000;
/** An error that so many later messages have passed by says nothing of today. */
const recentSends = 200;

/** When channels last brought something that somebody wrote: reports of providers do not count. */
export const lastIn = `
select e.channel_id, max(e.received_at) as at
from (select channel_id, external_id, received_at from inbound_event order by id desc limit ${lately}) e
where e.external_id is null or not starts_with(e.external_id, 'receipt ')
group by e.channel_id`;

const lastOut = `
  select d.created_at as at from (select state, created_at from delivery where channel_id = c.id order by id desc limit ${lately}) d
  where d.state = 'sent' limit 1`;

/** How channels are doing. Parameters: one channel, or null for all. */
export const channelStatus: Statement = {
  name: 'channel-status',
  text: `
with came as materialized (${lastIn}),
waits as materialized (
  select channel_id, count(*)::int as count,
         extract(epoch from greatest(clock_timestamp() - min(due_at), interval '0'))::int as lag
  from delivery where state in ('queued', 'sending') group by channel_id)
select c.id, c.silence_hours, c.credentials_expire::text as credentials_expire, l.polled_at, l.problem_at, n.problem as refusal,
       greatest(came.at, t.last_in_at) as last_in_at, greatest(went.at, t.last_out_at) as last_out_at,
       broke.at as broke_at, broke.error_code as code, broke.error,
       coalesce(waits.count, 0) as waiting, coalesce(waits.lag, 0) as lag, clock_timestamp() as now,
       (select jsonb_agg(jsonb_build_object('kind', a.kind, 'since', a.since) order by a.since) from channel_alarm a
        where a.channel_id = c.id) as alarms
from channel c
left join account_lease l on l.channel_id = c.id
left join channel_connection n on n.channel_id = c.id
left join channel_traffic t on t.channel_id = c.id
left join came on came.channel_id = c.id
left join waits on waits.channel_id = c.id
left join lateral (${lastOut}) went on true
left join lateral (
  select d.created_at as at, d.error_code, d.error
  from (select error_code, error, created_at from delivery where channel_id = c.id order by id desc limit ${recentSends}) d
  where d.error_code is not null limit 1) broke on true
where $1::uuid is null or c.id = $1
order by c.name`,
};

export interface StatusRow {
  id: string;
  silence_hours: number | null;
  credentials_expire: string | null;
  polled_at: Date | null;
  problem_at: Date | null;
  refusal: string | null;
  last_in_at: Date | null;
  last_out_at: Date | null;
  broke_at: Date | null;
  code: string | null;
  error: string | null;
  waiting: number;
  lag: number;
  now: Date;
  alarms: { kind: 'silent' | 'lagging' | 'expiring' | 'expired' | 'broken'; since: string }[] | null;
}

/** Notes when each channel last brought and sent something, before those rows grow too old to be looked for. */
export const noteTraffic: Statement = {
  name: 'channel-note-traffic',
  text: `
with came as materialized (${lastIn})
insert into channel_traffic as n (channel_id, last_in_at, last_out_at)
select c.id, came.at, went.at
from channel c left join came on came.channel_id = c.id left join lateral (${lastOut}) went on true
where came.at is not null or went.at is not null
on conflict (channel_id) do update
set last_in_at = greatest(n.last_in_at, excluded.last_in_at), last_out_at = greatest(n.last_out_at, excluded.last_out_at)
where n.last_in_at is distinct from greatest(n.last_in_at, excluded.last_in_at)
   or n.last_out_at is distinct from greatest(n.last_out_at, excluded.last_out_at)`,
};

/**
 * Makes the alarms those that are wanted, and a fact of each that came or went, once however many nodes look. Parameters: the wanted
 * ones as JSON.
 */
export const setAlarms: Statement = {
  name: 'channel-set-alarms',
  text: `
with wanted as (
  select w.channel, w.kind from jsonb_to_recordset($1::jsonb) as w(channel uuid, kind text) join channel c on c.id = w.channel),
raised as (
  insert into channel_alarm (channel_id, kind) select channel, kind from wanted on conflict do nothing returning channel_id, kind),
lifted as (
  delete from channel_alarm a
  where not exists (select 1 from wanted w where w.channel = a.channel_id and w.kind = a.kind) returning channel_id, kind),
told as (
  insert into event_log (type, subject_id, payload)
  select 'channel.alarm', channel_id, jsonb_build_object('alarm', kind) from raised
  union all
  select 'channel.recovered', channel_id, jsonb_build_object('alarm', kind) from lifted)
select channel_id, kind from raised`,
};
