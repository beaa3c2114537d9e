import type { Sql, Statement } from '#channels';
import { isServing, stickySecs } from './eligibility.js';
import { pickIn } from './pick-work.js';
import { goneAt } from '../work/unanswered-offers.js';

/** What the router's sweep finds. */
export interface AroundUs {
  /**
   * Queues where work waits beside somebody who could have it, the one with the first item in line first. After the router has run there
   * must be none.
   */
  queueIds: string[];
  /** Stands for the calendars that are open now: what has only just opened was not forgotten by anybody. */
  openings: string;
  /** Milliseconds until something is to be done at a time: an offer ends, a step is due, a ticket wakes, an agent is not waited for any more. Null: nothing is. */
  dueMs: number | null;
}

/** Everything of routing that happens by the clock, as the next moment at which some of it is due. */
const nextDue = `
least(
  (select min(a.expires_at) from assignment a where a.state = 'offered'),
  (select min(b.expires_at) from work_broadcast b where b.declined_at is null),
  (select min(s.due_at) from ticket_snooze s where s.due_at is not null),
  (select min(w.next_step_at) from work_item w where w.state in ('queued', 'offered') and w.state = 'queued' and w.next_step_at is not null),
  (select min(${goneAt}) from assignment a join agent g on g.id = a.agent_id where a.state = 'offered'),
  (select min(${goneAt}) from work_broadcast b join agent g on g.id = b.agent_id where b.declined_at is null),
  (select min(w.enqueued_at + ${stickySecs('q', 'w')} * interval '1 second') from work_item w join queue q on q.id = w.queue_id
   where w.state = 'queued' and w.preferred_agent is not null and w.enqueued_at > clock_timestamp() - interval '1 hour' and ${isServing('q')}
     and w.enqueued_at + ${stickySecs('q', 'w')} * interval '1 second' > clock_timestamp()))`;

const look: Statement = {
  name: 'routing-look',
  text: `
select coalesce(md5(string_agg(c.id::text, ' ' order by c.id)), '') as openings,
       (extract(epoch from (select ${nextDue}) - clock_timestamp()) * 1000)::float8 as "dueMs",
       array(select here.id from queue here cross join lateral (${pickIn('here.id')}) next
             where exists (select 1 from work_item w where w.queue_id = here.id and w.state = 'queued')
             order by next.rank_at, next."workId") as "queueIds"
from calendar c where calendar_open(c.id, clock_timestamp())`,
};

/** One look at all that waits, for the sweep: whatever a crash or a lost wake-up left over is found here. */
export async function lookAround(sql: Sql): Promise<AroundUs> {
  const [row] = await sql.query<AroundUs & Record<string, unknown>>(look);
  return row as AroundUs;
}

export async function findStuckQueues(sql: Sql): Promise<string[]> {
  return (await lookAround(sql)).queueIds;
}
