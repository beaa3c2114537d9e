import type { Statement } from '#channels';
import type { OutreachState, OutreachText, OutreachView } from '#contract';

/** What is needed of an outreach while it runs. */
export interface RunningOutreach {
  id: string;
  name: string;
  purpose: OutreachView['purpose'];
  consent: OutreachView['consent'];
  segmentId: string;
  texts: Partial<Record<'en' | 'fa', OutreachText>>;
  channelIds: string[];
  ownChannelFirst: boolean;
  repeats: OutreachView['repeats'];
  startsAt: Date | null;
  /** When it first ran; null: it has not. */
  firstAt: Date | null;
  coolDownDays: number;
  hours: OutreachView['hours'];
  fromMinute: number;
  toMinute: number;
  calendarId: string | null;
  holdOutPercent: number;
  perMinute: number;
  round: number;
  state: OutreachState;
}

export const runningColumns = `
o.id, o.name, o.purpose, o.consent, o.segment_id as "segmentId", o.texts, o.channel_ids as "channelIds", o.own_channel_first as "ownChannelFirst",
o.repeats, o.starts_at as "startsAt", o.cool_down_days as "coolDownDays", o.hours, o.from_minute as "fromMinute", o.to_minute as "toMinute",
(select r.started_at from outreach_round r where r.outreach_id = o.id and r.round = 1) as "firstAt",
o.calendar_id as "calendarId", o.hold_out_percent as "holdOutPercent", o.per_minute as "perMinute", o.round, o.state`;

/** Whether anything is running or due, and when the next one is, in milliseconds from now. */
export const outreachAhead: Statement = {
  name: 'outreach-ahead',
  text: `
select exists (select 1 from outreach where state = 'running') or exists (select 1 from outreach_person where state = 'sending') as "isRunning",
       (select extract(epoch from min(next_at) - clock_timestamp())::float8 * 1000 from outreach where state = 'scheduled') as "nextInMs"`,
};

/** Begins the rounds that are due, each once: a round is a row of its own. */
export const beginRounds: Statement = {
  name: 'outreach-begin',
  text: `
with due as (
  select id from outreach where state = 'scheduled' and next_at <= clock_timestamp() for update skip locked),
begun as (
  update outreach o set state = 'running', round = o.round + 1, next_at = null, changed_at = clock_timestamp() from due where o.id = due.id
  returning o.id, o.round, o.created_by),
rounds as (
  insert into outreach_round (outreach_id, round) select id, round from begun)
insert into event_log (type, subject_id, actor_id, payload)
select 'outreach.started', id, created_by, jsonb_build_object('round', round) from begun
returning subject_id as id`,
};

/**
 * Takes those that run for one feeder, and keeps them for as long as its lease, which is renewed when a third of it is gone. What another
 * one holds is left to it. Parameters: the feeder, its lease in milliseconds.
 */
export const takeRunning: Statement = {
  name: 'outreach-take',
  text: `
with taken as (
  update outreach t set feeder = $1, feeder_until = clock_timestamp() + $2 * interval '1 millisecond'
  where t.id in (
    select id from outreach
    where state = 'running' and (feeder_until is null or feeder_until < clock_timestamp()
      or (feeder = $1 and feeder_until < clock_timestamp() + $2 * interval '1 millisecond' * 2 / 3))
    for update skip locked)
  returning t.id)
select ${runningColumns} from outreach o
where o.state = 'running' and (o.id in (select id from taken) or (o.feeder = $1 and o.feeder_until > clock_timestamp()))
order by o.id`,
};

/** A round under lock while its audience is not frozen. No row: it is, or it does not run. Parameters: outreach, round. */
export const holdRound: Statement = {
  name: 'outreach-hold-round',
  text: `
select r.behind from outreach_round r join outreach o on o.id = r.outreach_id
where r.outreach_id = $1 and r.round = $2 and r.frozen_at is null and o.state = 'running' for update of r`,
};

/**
 * Puts a page of members into the audience, each once. Who was told in an earlier round a short while ago, also as somebody they were merged with since, is left out; who is held out is
 * so in every round, by a hash of both. Who got nothing in an earlier round is kept with the latest only: one that repeats every day would
 * grow by all who never agreed. Parameters: outreach, round, members, days of rest, percent held out.
 */
export const freezePage: Statement = {
  name: 'outreach-freeze',
  text: `
with passed as (
  delete from outreach_person where outreach_id = $1::uuid and person_id = any ($3::uuid[]) and round < $2::int and state = 'skipped')
insert into outreach_person (outreach_id, round, person_id, state, decided_at)
select $1::uuid, $2::int, m.id, case when held.out then 'held_out' else 'waiting' end, case when held.out then clock_timestamp() end
from unnest($3::uuid[]) m(id)
cross join lateral (select mod(abs(hashtextextended($1::uuid::text || m.id::text, 11)), 100) < $5::int as out) held
where not exists (
  select 1 from customer part join outreach_person before on before.person_id = part.id
  where coalesce(part.merged_into, part.id) = m.id and before.outreach_id = $1::uuid and before.round < $2::int
    and before.state in ('sending', 'sent', 'unconfirmed', 'held_out') and before.decided_at > clock_timestamp() - make_interval(days => $4::int))
on conflict do nothing`,
};

/** How far the audience is. Parameters: outreach, round, behind whom; null: everybody is in. */
export const moveRound: Statement = {
  name: 'outreach-move-round',
  text: `
update outreach_round set behind = $3, frozen_at = case when $3::text is null then clock_timestamp() end where outreach_id = $1 and round = $2`,
};

/** Whom to decide on next, the longest due first. Parameters: outreach, round, how many. */
export const nextPeople: Statement = {
  name: 'outreach-next-people',
  text: `
select person_id as id from outreach_person
where outreach_id = $1 and round = $2 and state = 'waiting' and due_at <= clock_timestamp() order by due_at, person_id limit $3`,
};

/**
 * How full channels are: messages of outreach that stand in the outbox, and whether messages of others wait there, which go first.
 * A receipt of the provider is not waited for.
 */
export const fullness: Statement = {
  name: 'outreach-fullness',
  text: `
select channel_id as id, sum(own)::int as own, bool_or(others) as "othersWait"
from (
  select channel_id, count(*) as own, false as others from outreach_person where state = 'sending' group by channel_id
  union all
  select d.channel_id, 0, true from delivery d
  where d.state = 'queued' and d.due_at <= clock_timestamp() - interval '50 milliseconds'
    and not exists (select 1 from outreach_person p where p.state = 'sending' and p.channel_id = d.channel_id
                    and p.conversation_id = d.conversation_id and p.seq = d.seq)
  group by d.channel_id) f
group by channel_id`,
};

/**
 * Ends rounds that have nobody left to decide on or to hear of: what repeats waits for its next time, the rest is done. The outreach is
 * held first: one that was paused meanwhile keeps its round, or resuming it would begin another one. Parameters: outreach, round, when it
 * runs next (null: never).
 */
export const finishRound: Statement = {
  name: 'outreach-finish',
  text: `
with held as (
  select id from outreach where id = $1 and round = $2 and state = 'running' for no key update),
ended as (
  update outreach_round r set finished_at = clock_timestamp() from held
  where r.outreach_id = held.id and r.round = $2 and r.frozen_at is not null and r.finished_at is null
    and not exists (select 1 from outreach_person p where p.outreach_id = r.outreach_id and p.round = r.round and p.state in ('waiting', 'sending'))
  returning r.outreach_id, r.round),
kept as (
  update outreach o
  set state = case when $3::timestamptz is null then 'done' else 'scheduled' end, next_at = $3, feeder = null, feeder_until = null,
      changed_at = clock_timestamp()
  from ended e where o.id = e.outreach_id
  returning o.id)
insert into event_log (type, subject_id, payload)
select 'outreach.finished', e.outreach_id, jsonb_build_object('round', e.round,
  'sent', (select count(*) from outreach_person p where p.outreach_id = e.outreach_id and p.round = e.round and p.state in ('sent', 'unconfirmed')))
from ended e returning subject_id as id`,
};
