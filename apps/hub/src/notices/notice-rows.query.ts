import type { Statement } from '#channels';
import type { NoticeView } from '#contract';

/** A notice with what stands beside it, nothing withheld yet. */
export interface NoticeRow {
  id: string;
  agent_id: string;
  kind: NoticeView['kind'];
  /** null on an alert. */
  conversation_id: string | null;
  at: Date;
  read_at: Date | null;
  detail: Record<string, unknown>;
  ticket_id: string | null;
  number: number | null;
  prefix: string | null;
  channel_id: string | null;
  message_id: string | null;
  message_at: Date | null;
  body: string | null;
  subject: string | null;
  restricted: boolean;
  queue_id: string | null;
  by_id: string | null;
  by_name: string | null;
  alert_queue: { id: string; name: string } | null;
}

/** The ticket's own latest message says by which channel it is talked about, where the notice names no message. */
const columns = `
select n.id, n.agent_id, n.kind, n.conversation_id, n.at, n.read_at, n.detail, t.id as ticket_id, t.number, t.prefix,
       m.channel_id, m.id as message_id, m.at as message_at, case when m.redacted_at is null then m.body end as body,
       case when m.redacted_at is null then m.content ->> 'subject' end as subject,
       coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) as restricted,
       coalesce(mt.queue_id, t.queue_id, m.restricted_by) as queue_id, n.actor_id as by_id, a.name as by_name,
       (select jsonb_build_object('id', w.id, 'name', w.name) from queue w where w.id = (n.detail ->> 'queueId')::uuid and n.kind = 'alert') as alert_queue
from notice n
left join message m on m.conversation_id = n.conversation_id and m.seq = n.seq
left join ticket mt on mt.id = m.ticket_id
left join ticket t on t.id = n.ticket_id
left join queue q on q.id = coalesce(mt.queue_id, t.queue_id, m.restricted_by)
left join agent a on a.id = n.actor_id`;

/** A page of an agent's notices, newest first. Parameters: agent, before (id), how many. */
export const noticePage: Statement = {
  name: 'notice-page',
  text: `${columns} where n.agent_id = $1 and n.id < $2 order by n.id desc limit $3`,
};

/** Parameter: the notice. */
export const noticeById: Statement = { name: 'notice-by-id', text: `${columns} where n.id = $1` };

/** Marks as read. Parameters: agent; notices by id, or null; rows of conversations whose notices, or null; with both null: all. */
export const readNotices: Statement = {
  name: 'notices-read',
  text: `
with meant as materialized (
  select n.id from notice n
  where n.agent_id = $1 and n.read_at is null
    and ($2::uuid[] is null or n.id = any ($2)) and ($3::uuid[] is null or n.conversation_id = any ($3))
  order by n.id for update)
update notice n set read_at = clock_timestamp() from meant where n.id = meant.id returning n.id`,
};
