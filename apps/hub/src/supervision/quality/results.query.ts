import type { ResultsBy } from '#contract';

/**
 * The reviews of a time that count, of tickets in reach now. Parameters: queues in reach (null: all), first day, last day, zone; where
 * they are cut by weeks, how many days the week begins before Monday.
 */
const counted = `
with counted as materialized (
  select r.id, r.agent_id, r.total, r.failed, r.given_at at time zone $4 as local
  from quality_review r join ticket t on t.id = r.ticket_id
  where r.reopened_at is null and ($1::uuid[] is null or t.queue_id = any ($1))
    and r.given_at >= ($2::date)::timestamp at time zone $4 and r.given_at < ($3::date + 1)::timestamp at time zone $4)`;

const sums = `count(*)::int as reviews, round(avg(c.total), 1)::float8 as average, (count(*) filter (where c.failed))::int as failed`;

export const resultRows: Record<ResultsBy | 'total', string> = {
  agent: `${counted}
select a.id as key, a.name, null as words, ${sums} from counted c join agent a on a.id = c.agent_id
group by a.id order by a.name, a.id`,

  question: `${counted}
select q.id as key, null as name, q.name as words, count(s.reached)::int as reviews, round(avg(s.reached), 1)::float8 as average,
       (count(*) filter (where s.reached = 0))::int as failed
from (select distinct on (id) id, name, version, ordinal from scorecard_question order by id, version desc) q
join lateral (
  select case s.kind when 'yes_no' then s.score * 100.0 else (s.score - 1) * 25.0 end as reached
  from quality_score s join counted c on c.id = s.review_id where s.question_id = q.id) s on true
group by q.id, q.name, q.version, q.ordinal order by q.version desc, q.ordinal`,

  week: `${counted}
select to_char(date_trunc('week', c.local + $5 * interval '1 day') - $5 * interval '1 day', 'YYYY-MM-DD') as key, null as name, null as words, ${sums}
from counted c group by 1 order by 1`,

  total: `${counted} select ${sums} from counted c`,
};
