import type { MessageContent, Statement } from '#channels';

/** A conversation under lock, an identity of it, and the last that its owner said in the ticket. */
export interface AutomaticPlace {
  id: string;
  rev: number;
  last_seq: number;
  address: string;
  reachable: string;
  retired: boolean;
  blocked: boolean;
  subject: string | null;
  answered: Pick<MessageContent, 'flags' | 'report' | 'checks'> | null;
}

/** Parameters: conversation, identity, ticket, thread. */
export const automaticPlace: Statement = {
  name: 'automatic-place',
  text: `
select c.id, c.rev, c.last_seq, i.address, i.reachable, i.retired_at is not null as retired, t.subject,
       exists (select 1 from customer mine join customer g on g.id = coalesce(mine.merged_into, mine.id) or g.merged_into = coalesce(mine.merged_into, mine.id)
               where mine.id = c.customer_id and g.blocked_at is not null) as blocked,
       (select m.content from message m where m.ticket_id = $3 and m.direction = 'in' and m.identity_id = i.id
        order by m.conversation_id = c.id desc, m.seq desc limit 1) as answered
from conversation c join identity i on i.id = $2 left join thread t on t.id = $4
where c.id = $1 for no key update of c`,
};

/** How many messages went out here lately that nobody of us wrote. Parameters: conversation, its last seq, by whom: the hub or bots. */
export const recentAutomatic: Statement = {
  name: 'automatic-recent',
  text: `
select count(*) filter (where m.at > clock_timestamp() - interval '10 minutes')::int as soon, count(*)::int as day
from message m
where m.conversation_id = $1 and m.seq > $2::bigint - 300 and m.direction = 'out' and m.author = $3
  and m.at > clock_timestamp() - interval '1 day'`,
};

/** Parameters: id, conversation, channel, thread, identity, mail id, ticket, body, search text, content, state of its delivery, and a bot's session and epoch. */
export const insertAutomatic: Statement = {
  name: 'automatic-insert',
  text: `
insert into message (id, conversation_id, channel_id, thread_id, identity_id, mail_id, ticket_id, direction, author, kind,
                     body, search_text, content, delivery, author_id, bot_epoch)
values ($1, $2, $3, $4, $5, $6, $7, 'out', case when $12::uuid is null then 'system' else 'bot' end, 'text', $8, $9, $10, $11, $12, $13) returning seq`,
};

/** Parameters: conversation, message, seq. */
export const logAutomatic: Statement = {
  name: 'automatic-log',
  text: `
insert into event_log (type, conversation_id, subject_id, payload)
values ('message.sent', $1, $2, jsonb_build_object('seq', $3::bigint))`,
};
