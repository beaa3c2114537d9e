import type { Statement } from '#channels';

/** Parameter: outreach. */
export const outreachStates: Statement = {
  name: 'outreach-states',
  text: `
select p.state, p.why, p.channel_id as "channelId", count(*)::int as people,
       count(*) filter (where m.delivery in ('delivered', 'read'))::int as delivered,
       count(*) filter (where cardinality(p.tried) > 0)::int as "fellOver"
from outreach_person p
left join lateral (select delivery from message where conversation_id = p.conversation_id and seq = p.seq offset 0) m on p.state = 'sent'
where p.outreach_id = $1
group by p.state, p.why, p.channel_id`,
};

export interface StateRow {
  state: string;
  why: string;
  channelId: string | null;
  people: number;
  delivered: number;
  fellOver: number;
}

/**
 * Who wants no more since they were told: by a button or word, by the link of a mail, or of the whole account. Parameters: outreach, list.
 */
export const outreachOptOuts: Statement = {
  name: 'outreach-opt-outs',
  text: `
select count(distinct p.person_id)::int as people
from outreach_person p
where p.outreach_id = $1 and p.sent_at is not null and (
  exists (select 1 from customer_consent s where s.customer_id = p.person_id and s.outreach_id = $1 and s.state = 'withdrawn' and s.at >= p.sent_at)
  or exists (select 1 from mail_unsubscribe u where u.list = $2 and u.address = p.address and u.at >= p.sent_at)
  or exists (select 1 from opt_out o where o.channel_id = p.channel_id and o.kind = any ('{email,phone,telegram,web,external}')
             and o.address = p.address and o.ended_at is null and o.since >= p.sent_at))`,
};

/** What those did within the days of an answer who got it, and those who were held out. Parameter: outreach. */
export const outreachGroups: Statement = {
  name: 'outreach-groups',
  text: `
with watched as (
  select distinct on (p.person_id) p.person_id, p.state = 'held_out' as held, coalesce(p.sent_at, p.decided_at) as since,
         coalesce(p.sent_at, p.decided_at) + make_interval(days => o.answer_days) as until
  from outreach_person p join outreach o on o.id = p.outreach_id
  where p.outreach_id = $1 and p.state in ('sent', 'sending', 'unconfirmed', 'held_out')
  order by p.person_id, p.round desc),
seen as (
  select w.held, exists (
      select 1 from customer g join conversation c on c.customer_id = g.id join message m on m.conversation_id = c.id
      where coalesce(g.merged_into, g.id) = w.person_id and m.at > w.since and m.at <= w.until and m.direction = 'in') as wrote,
    (select jsonb_object_agg(b.currency, b.amount) from (
      select y.currency, sum(y.amount) as amount from customer g join purchase y on y.customer_id = g.id
      where coalesce(g.merged_into, g.id) = w.person_id and y.at > w.since and y.at <= w.until group by y.currency) b) as bought
  from watched w)
select s.held, count(*)::int as people, count(*) filter (where s.wrote)::int as wrote, count(s.bought)::int as bought,
       (select coalesce(jsonb_agg(jsonb_build_object('currency', t.key, 'amount', t.amount) order by t.key), '[]')
        from (select e.key, sum(e.value::numeric)::float8 as amount from seen b cross join lateral jsonb_each_text(coalesce(b.bought, '{}')) e
              where b.held = s.held group by e.key) t) as spent
from seen s group by s.held`,
};

export interface GroupRow {
  held: boolean;
  people: number;
  wrote: number;
  bought: number;
  spent: { currency: string; amount: number }[];
}

/** A page of people, by their ids. Parameters: outreach, state (null: any), why (null: any), behind whom (person, round), how many. */
export const outreachPeople: Statement = {
  name: 'outreach-people',
  text: `
select p.person_id as "personId", c.id as "conversationId", k.name, p.round, p.state, p.why, p.details, p.channel_id as "channelId",
       cardinality(p.tried) as "failedWays", p.sent_at as "sentAt", case when p.state = 'waiting' then p.due_at end as "dueAt"
from outreach_person p join customer k on k.id = p.person_id join conversation c on c.customer_id = k.id
where p.outreach_id = $1 and ($2::text is null or p.state = $2) and ($3::text is null or p.why = $3)
  and (p.person_id, p.round) > ($4::uuid, $5::int)
order by p.person_id, p.round limit $6`,
};
