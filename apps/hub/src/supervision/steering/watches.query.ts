/** Takes up a watch, or goes on with it. Parameters: id, conversation, supervisor. */
export const holdWatch = `
insert into steering_watch (id, conversation_id, supervisor_id) values ($1, $2, $3)
on conflict (conversation_id, supervisor_id) where ended_at is null do update set seen_at = clock_timestamp()
returning id, xmax = 0 as begun`;

/** Those that go on. Parameter: watches. */
export const renewWatches = `
update steering_watch set seen_at = clock_timestamp() where id = any ($1::uuid[]) and ended_at is null returning id`;

const told = `w.id, w.conversation_id, w.supervisor_id, extract(epoch from w.ended_at - w.began_at)::int as seconds`;

/** Parameter: watches. */
export const endWatches = `
update steering_watch w set ended_at = clock_timestamp() where w.id = any ($1::uuid[]) and w.ended_at is null returning ${told}`;

const isLapsed = `ended_at is null and seen_at < clock_timestamp() - $1 * interval '1 second'`;

export const hasLapsed = `select 1 from steering_watch where ${isLapsed} limit 1`;

/** What no console has shown for a while was over when it was last shown. Parameter: after how many seconds. */
export const endLapsed = `
update steering_watch w set ended_at = w.seen_at
from (select id from steering_watch where ${isLapsed}
      order by id for update skip locked) late
where w.id = late.id returning ${told}`;

export interface EndedWatch {
  id: string;
  conversation_id: string;
  supervisor_id: string;
  seconds: number;
}
