import type { Sql } from '#channels';
import type { ExportFilters, ExportKind } from '#contract';
import { messageColumns, messageTables, type MessageRow } from '../../../desk/message-rows.query.js';

/** What an export is about, and how far it came: everything behind this id is yet to be done. */
export interface ExportSpan {
  start: Date;
  end: Date;
  filters: ExportFilters;
  /** Queues whose tickets its maker may know of; null: all. */
  scope: string[] | null;
}

const filtered = (channel: string): string => `
  and ($3::uuid[] is null or t.queue_id = any ($3)) and ($4::uuid[] is null or ${channel} = any ($4))
  and ($5::uuid[] is null or t.owner_id = any ($5)) and ($6::text[] is null or t.tags && $6)
  and ($7::uuid[] is null or t.queue_id = any ($7))`;

/** What is asked of the messages that are exported; `m` and `t`, its ticket. */
const meant = `m.at >= $1 and m.at < $2 ${filtered('m.channel_id')}`;

const parametersOf = ({ start, end, filters, scope }: ExportSpan): unknown[] => {
  const any = (list: string[]): string[] | null => (list.length === 0 ? null : list);
  const { queues, channels, agents, tags } = filters;
  return [start, end, any(queues), any(channels), any(agents), any(tags), scope];
};

/** People by the conversation that names them. Parameters behind those of the span: behind whom, how many. */
const people = `
select top.id from conversation top join customer k on k.id = top.customer_id
where k.merged_into is null and top.id > $8::uuid and exists (
  select 1 from customer g join conversation part on part.customer_id = g.id join message m on m.conversation_id = part.id
  left join ticket t on t.id = m.ticket_id
  where coalesce(g.merged_into, g.id) = k.id and ${meant})
order by top.id limit $9`;

const tickets = `
select t.id from ticket t join report_ticket r on r.ticket_id = t.id
where t.opened_at >= $1 and t.opened_at < $2 ${filtered('r.channel_id')} and t.id > $8::uuid
order by t.id limit $9`;

/** The next things that are to be written. */
export async function nextIds(
  sql: Sql,
  kind: ExportKind,
  span: ExportSpan,
  place: { behind: string; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(kind === 'tickets' ? tickets : people, [
    ...parametersOf(span),
    place.behind,
    place.limit,
  ]);
  return rows.map(({ id }) => id);
}

const messages = `
select ${messageColumns}, m.at::text as "cursorAt", t.number, t.prefix
from ${messageTables}
where m.conversation_id = any ($8::uuid[]) and (m.at, m.id) > ($9::timestamptz, $10::uuid) and ${meant}
  and ($11::boolean or m.direction <> 'internal')
order by m.at, m.id limit $12`;

export type ExportedMessage = MessageRow & { cursorAt: string; number: number | null; prefix: string | null };

/** Messages of one person, the oldest first, behind one of them. */
export function messagesBehind(
  sql: Sql,
  span: ExportSpan,
  parts: string[],
  last: ExportedMessage | undefined,
): Promise<ExportedMessage[]> {
  return sql.query<ExportedMessage & Record<string, unknown>>(messages, [
    ...parametersOf(span),
    parts,
    last?.cursorAt ?? '-infinity',
    last?.id ?? '00000000-0000-0000-0000-000000000000',
    span.filters.withNotes,
    messagesPerPage,
  ]);
}

export const messagesPerPage = 500;

export interface ExportedTicket {
  id: string;
  number: number;
  prefix: string;
  conversation: string;
  state: string;
  priority: number;
  subject: string;
  tags: string[];
  queue: string;
  owner: string | null;
  opened_at: Date;
  first_reply_at: Date | null;
  solved_at: Date | null;
}

/** Parameter: tickets. */
export const exportedTickets = `
select t.id, t.number, t.prefix, t.conversation_id as conversation, t.state, t.priority, t.subject, t.tags, q.name as queue, a.name as owner,
       t.opened_at, (select min(f.at) from report_fact f where f.ticket_id = t.id and f.kind = 'first_reply') as first_reply_at, t.solved_at
from ticket t join queue q on q.id = t.queue_id left join agent a on a.id = t.owner_id
where t.id = any ($1::uuid[]) order by t.id`;

export interface ExportedCustomer {
  conversation: string;
  tier: number;
  locale: string | null;
  addresses: { kind: string; address: string }[];
  tickets: number;
}

/** Parameters: the conversations that name them; queues whose tickets are counted (null: all). */
export const exportedCustomers = `
select top.id as conversation, k.tier, k.locale,
       coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'address', i.address) order by i.kind, i.address)
                 from customer g join identity i on i.customer_id = g.id
                 where coalesce(g.merged_into, g.id) = k.id and i.retired_at is null), '[]') as addresses,
       (select count(*)::int from customer g join conversation c on c.customer_id = g.id join ticket t on t.conversation_id = c.id
        where coalesce(g.merged_into, g.id) = k.id and t.merged_into is null and ($2::uuid[] is null or t.queue_id = any ($2))) as tickets
from conversation top join customer k on k.id = top.customer_id
where top.id = any ($1::uuid[]) order by top.id`;

/**
 * Parts of an export `e` that still say what was redacted after they were read: words and files of messages, and what tickets were called
 * by them.
 */
export const staleParts = `
select p.ordinal, p.storage_key, p.ids from report_export_part p
where p.export_id = e.id and exists (
  select 1 from message m join conversation c on c.id = m.conversation_id join customer g on g.id = c.customer_id
  join conversation top on top.customer_id = coalesce(g.merged_into, g.id)
  where m.redacted_at >= p.read_at
    and case e.kind when 'conversations' then top.id = any (p.ids) when 'tickets' then m.ticket_id = any (p.ids) else false end)`;
