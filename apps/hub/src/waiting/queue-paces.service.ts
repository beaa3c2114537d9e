import { Injectable } from '@nestjs/common';
import type { Sql, Statement } from '#channels';
import { estimateWait, type QueuePace, type WaitEstimate } from '#tickets';
import { Database } from '../database/database.js';
import { Remembered } from '../live/remembered.js';

const freshMs = 15_000;

/**
 * How fast a queue is served. Slots: how often a piece of its work, as the one at the head asks for, fits into the agents who are there.
 * Served: the median of the last 50 holds that ended within a day. Those who got back into the queue waited longer than they stood in
 * it, so of the waits only first holds count. Parameter: the queue.
 */
const queuePace: Statement = {
  name: 'waiting-queue-pace',
  text: `
with head as (
  select w.class, w.weight, extract(epoch from clock_timestamp() - w.enqueued_at)::float8 * 1000 as waited
  from work_item w where w.queue_id = $1 and w.state = 'queued' order by w.rank_at, w.id limit 1),
lately as (
  select s.accepted_at, s.ended_at, w.enqueued_at, w.id, s.id as hold
  from assignment s join work_item w on w.id = s.work_item_id
  where s.accepted_at > clock_timestamp() - interval '1 day' and w.queue_id = $1
  order by s.accepted_at desc limit 200),
latest as (
  select extract(epoch from l.accepted_at - l.enqueued_at)::float8 * 1000 as waited
  from lately l
  where l.accepted_at > clock_timestamp() - interval '30 minutes'
    and not exists (select 1 from assignment before where before.work_item_id = l.id and before.id <> l.hold and before.accepted_at < l.accepted_at)
  order by l.accepted_at desc limit 1),
served as (
  select percentile_cont(0.5) within group (order by extract(epoch from e.ended_at - e.accepted_at)::float8) * 1000 as ms
  from (select l.ended_at, l.accepted_at from lately l where l.ended_at is not null order by l.ended_at desc limit 50) e)
select coalesce((
         select sum(least(floor(a.cap_units / (select weight from head)), coalesce(cc.cap, case h.class when 'voice' then 1 when 'chat' then 3 else 10 end)))
         from head h, queue_member m join agent a on a.id = m.agent_id
         left join agent_capacity cc on cc.agent_id = a.id and cc.class = (select class from head)
         where m.queue_id = $1 and a.status = 'online' and a.disabled_at is null
           and exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())), 0)::int as slots,
       (select ms from served) as "servedMs", (select waited from latest) as "lastWaitMs", (select waited from head) as "headWaitMs"`,
};

const unknown: QueuePace = { slots: 0, servedMs: null, lastWaitMs: null, headWaitMs: null };

/** Says how long people wait. The pace is the same for all of a queue and is asked for once in a while. */
@Injectable()
export class QueuePaces {
  private paces = new Remembered<QueuePace>(freshMs);

  constructor(private readonly database: Database) {}

  /** `ahead`: how many wait before them. Null when nobody can say. */
  async estimate(
    queueId: string,
    ahead: number,
    waitedMs: number,
    sql: Sql = this.database,
  ): Promise<WaitEstimate | null> {
    const pace = await this.paces.get(queueId, () => read(sql, queueId));
    return estimateWait(pace, ahead, waitedMs);
  }

  /** What is known is read anew. */
  forget(): void {
    this.paces = new Remembered(freshMs);
  }
}

async function read(sql: Sql, queueId: string): Promise<QueuePace> {
  const [pace] = await sql.query<QueuePace & Record<string, unknown>>(queuePace, [queueId]);
  return pace ?? unknown;
}
