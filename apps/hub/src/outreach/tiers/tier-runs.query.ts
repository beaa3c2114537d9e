import type { Statement } from '#channels';
import { lockPeople } from '../../database/lock-people.js';

/** Everybody who is the person of root r. */
const everybody = '(select k.id from customer k where coalesce(k.merged_into, k.id) = r.id)';

/**
 * What the next people bought, in the order of their ids. Parameters: after whom, how many, the currency, the days of the window. by_hand:
 * they have the tier that somebody gave one of them, or one that nothing explains.
 */
export const nextBuyers: Statement = {
  name: 'tier-next-buyers',
  text: `
with looked as materialized (
  select * from customer where id > $1 and merged_into is null order by id limit $2)
select r.id, r.tier, bought.days as "daysSinceLast", coalesce(bought.purchases, 0)::int as purchases, coalesce(bought.spent, 0)::float8 as spent,
       coalesce(decided.source = 'hand', r.tier > 0) as "byHand", decided.score
from looked r
left join lateral (
  select floor(extract(epoch from clock_timestamp() - max(p.at)) / 86400)::int as days,
         count(*) filter (where p.at >= clock_timestamp() - $4::int * interval '1 day') as purchases,
         sum(p.amount) filter (where p.at >= clock_timestamp() - $4::int * interval '1 day' and p.currency = $3) as spent
  from purchase p where p.customer_id in ${everybody}) bought on true
left join lateral (
  select t.source, (t.reason ->> 'score')::int as score from customer_tier t
  where t.customer_id in ${everybody} and t.tier = r.tier
  order by t.source = 'hand' desc, t.customer_id = r.id desc, t.at desc limit 1) decided on true
order by r.id`,
};

export interface BuyerRow {
  id: string;
  tier: number;
  daysSinceLast: number | null;
  purchases: number;
  spent: number;
  byHand: boolean;
  /** What they scored when that was last worked out; null: never. */
  score: number | null;
}

/**
 * Notes how tiers came about. What somebody set by hand meanwhile stays, unless these people are locked and their tiers were changed here.
 * Parameters: [{id, tier, reason}], whether they were.
 */
export const noteTiers: Statement = {
  name: 'tier-note',
  text: `
insert into customer_tier (customer_id, source, tier, reason)
select t.id, 'value', t.tier, t.reason from jsonb_to_recordset($1::jsonb) as t(id uuid, tier smallint, reason jsonb)
on conflict (customer_id) do update set source = 'value', tier = excluded.tier, reason = excluded.reason, set_by = null, at = clock_timestamp()
where $2::boolean or customer_tier.source = 'value'`,
};

/** One of the conversations of each of these people, locked in the order that every writer keeps. Parameter: roots. */
export const lockBuyers: Statement = {
  name: 'tier-lock-people',
  text: lockPeople('= any ($1::uuid[])'),
};

/** The tiers of these people as they are now, roots only. Parameter: roots. */
export const lockTiers: Statement = {
  name: 'tier-lock-customers',
  text: `
select r.id, r.tier, exists (
         select 1 from customer k join customer_tier t on t.customer_id = k.id
         where coalesce(k.merged_into, k.id) = r.id and t.source = 'hand' and t.tier = r.tier) as "byHand",
       exists (select 1 from customer k join conversation c on c.customer_id = k.id join ticket t on t.conversation_id = c.id
               where coalesce(k.merged_into, k.id) = r.id and t.state not in ('solved', 'closed')) as "hasWork"
from customer r where r.id = any ($1::uuid[]) and r.merged_into is null order by r.id for no key update of r`,
};

/** The run that is due, held by whoever does its next portion. */
export const takeRun: Statement = {
  name: 'tier-take-run',
  text: `
select terms, at_customer as "atCustomer", run_at as "runAt", last_run as "lastRun", coalesce(run_at, clock_timestamp()) as "beganAt"
from tier_terms where enabled and due_at <= clock_timestamp() for update skip locked`,
};

/** The next run begins at three in the night, by the clock of the zone. Parameters: what became of this one, the zone. */
export const endRun: Statement = {
  name: 'tier-end-run',
  text: `
update tier_terms set at_customer = null, run_at = null, last_run = $1,
  due_at = (date_trunc('day', clock_timestamp() at time zone $2) + interval '1 day 3 hours') at time zone $2`,
};
