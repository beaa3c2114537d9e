import { composedStatement, rowOf, rowsOf, valuesOf } from './composed-statement.js';

/**
 * What arrivals need read beyond their sender's standing: `mail` a thread, `replies` the message answered, `calls` the call so far.
 * `outreach` what of ours it may answer. `lone` is one arrival by itself.
 */
export type ReadPart = 'lone' | 'mail' | 'replies' | 'calls' | 'outreach';

/** What is asked about an arrival. */
export interface Question {
  /** Counts from 1. */
  ord: number;
  channel: string;
  external: string | null;
  message_external: string | null;
  kind: string;
  address: string;
  reply_to: string | null;
  /** The thread that a valid token names. */
  thread: string | null;
  /** The thread that a Message-ID of ours names. */
  named: string | null;
  /** Message-IDs that the mail answers, the nearest first. */
  mail_ids: string[] | null;
}

const columns = {
  channel: 'uuid',
  external: 'text',
  message_external: 'text',
  kind: 'text',
  address: 'text',
  reply_to: 'text',
  thread: 'uuid',
  named: 'uuid',
  mail_ids: 'text[]',
} satisfies Record<keyof Omit<Question, 'ord'>, string>;

/** What `acceptRead` of these parts takes. */
export function readParameters(questions: Question[], parts: readonly ReadPart[]): unknown[] {
  return parts.includes('lone')
    ? valuesOf<keyof typeof columns>(questions[0] as Question, columns)
    : [JSON.stringify(questions)];
}

/** The thread that a mail continues: the one of its token, or of a mail it answers when its sender has a part in it. */
const continued = `
left join lateral (
  select found.thread_id
  from (select m.thread_id, array_position(a.mail_ids, m.mail_id) as distance, m.at
        from message m where m.channel_id = a.channel and m.mail_id = any (a.mail_ids) and m.thread_id is not null
        union all
        select o.id, (select min(array_position(a.mail_ids, id)) from unnest(o.other_ids) id), o.created_at
        from thread o where o.channel_id = a.channel and o.other_ids <> '{}' and o.other_ids && a.mail_ids) found
  order by found.distance, found.at limit 1) nearest on a.mail_ids is not null
left join lateral (
  select t.id as thread_id, t.conversation_id, t.subject, coalesce(k.merged_into, k.id) as root,
         t.id is not distinct from a.thread or t.participants @> array[a.address] or coalesce(k.merged_into, k.id) = who.root as joins,
         (select m.ticket_id from message m where m.conversation_id = t.conversation_id and m.thread_id = t.id
          order by m.seq desc limit 1) as ticket_id
  from thread t join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id
  where t.channel_id = a.channel and t.id in (a.thread, a.named, nearest.thread_id)
  order by (t.id = a.thread) desc nulls last, (t.id = nearest.thread_id) desc nulls last limit 1) continued
  on a.thread is not null or a.named is not null or nearest.thread_id is not null`;

/** The tickets of the person that are not closed, the latest first. */
const work = `
left join lateral (
  select jsonb_agg(to_jsonb(t) order by t.last_message_at desc) as tickets, bool_or(q.restricted) as restricted
  from (select id, conversation_id, number, state, version, queue_id, owner_id, reopen_until, last_message_at
        from ticket where conversation_id = any (person.ids) and state <> 'closed'
        order by last_message_at desc limit 20) t
  join queue q on q.id = t.queue_id) work on true`;

/** The thread that a mail continues, or the one that it only points at because its sender has no part in it. */
const threadColumns = `case when continued.joins then continued.thread_id end as thread_id,
       case when not continued.joins then continued.thread_id end as related_thread, continued.subject as thread_subject`;

/** The ticket for which an agent wrote last on this channel within a day. */
const wrote = `
left join lateral (
  select last.ticket_id
  from unnest(person.ids) own(id) cross join lateral (
    select m.ticket_id, m.at from message m
    where m.conversation_id = own.id and m.at > now() - interval '24 hours'
      and m.channel_id = a.channel and m.author = 'agent' and m.direction = 'out' and m.ticket_id is not null
    order by m.at desc limit 1) last
  order by last.at desc limit 1) wrote on true`;

/** The message that this one answers. */
const answered = `
left join lateral (
  select m.ticket_id from message m
  where m.channel_id = a.channel and m.external_id = a.reply_to and m.conversation_id = any (person.ids)) answered on a.reply_to is not null`;

/** The last that we told this address on this channel of our own accord, while an answer to it is awaited. */
const told = `
left join lateral (
  select p.outreach_id, coalesce(q.moved_to, q.id) as queue_id
  from outreach_person p join outreach o on o.id = p.outreach_id left join queue q on q.id = o.queue_id
  where p.channel_id = a.channel and p.address = a.address and p.sent_at > now() - make_interval(days => o.answer_days)
  order by p.sent_at desc limit 1) told on true`;

/** What is already told of a call. */
const growing = `
left join lateral (
  select m.seq from message m
  where m.channel_id = a.channel and m.external_id = a.message_external) growing on a.message_external is distinct from a.external`;

/**
 * The one read of the way in: for each arrival its channel, whether it is known already, who sent it, the rows of that
 * person's conversation with their revs, and what decides on a ticket.
 */
export const acceptRead = composedStatement<ReadPart>(
  'accept-read',
  (when) => `
with arrival as ${when('lone', `not materialized (${rowOf(1, columns)})`, `materialized (${rowsOf('$1::jsonb', columns)})`)}
select a.ord, ch.queue_id, ch.script_id,
       exists (select 1 from inbound_event e where e.channel_id = a.channel and e.external_id = a.external) as duplicate,
       who.identity_id, who.trust, who.seen_lately, who.name as sender_name,
       ${when('mail', 'case when continued.joins then continued.conversation_id else who.conversation_id end', 'who.conversation_id')} as conversation_id,
       person.root, person.name, person.blocked, person.parts, work.tickets, work.restricted, wrote.ticket_id as agent_wrote_last,
       coalesce(${when('replies', 'answered.ticket_id', 'null::uuid')}, ${when('mail', 'case when continued.joins then continued.ticket_id end', 'null')}) as referenced,
       ${when('mail', threadColumns, 'null::uuid as thread_id, null::uuid as related_thread, null as thread_subject')},
       ${when('calls', 'growing.seq', 'null::bigint')} as growing_seq,
       ${when('outreach', 'told.outreach_id, told.queue_id as outreach_queue', 'null::uuid as outreach_id, null::uuid as outreach_queue')}
from arrival a
join channel ch on ch.id = a.channel
left join lateral (
  select i.id as identity_id, i.trust, c.id as conversation_id, i.last_seen_at > now() - interval '5 minutes' as seen_lately, k.name,
         coalesce(k.merged_into, k.id) as root
  from identity i join customer k on k.id = i.customer_id join conversation c on c.customer_id = k.id
  where i.kind = a.kind and i.address = a.address and i.retired_at is null
  order by i.last_seen_at desc nulls last limit 1) who on true
${when('mail', continued)}
left join lateral (
  select root.id as root, root.name, g.blocked, g.parts, g.ids
  from customer root cross join lateral (
    select jsonb_agg(jsonb_build_object('id', c.id, 'rev', c.rev, 'lastSeq', c.last_seq, 'holder', c.holder,
                                        'isRoot', c.customer_id = root.id) order by c.id) as parts,
           array_agg(c.id) as ids, bool_or(k.blocked_at is not null) as blocked
    from customer k join conversation c on c.customer_id = k.id
    where k.id = root.id or k.merged_into = root.id) g
  where root.id = ${when('mail', 'case when continued.joins then continued.root else who.root end', 'who.root')}) person on true
${work}
${wrote}
${when('replies', answered)}
${when('calls', growing)}
${when('outreach', told)}
order by a.ord`,
);

/** A row of accept-read. */
export interface Known {
  ord: number;
  queue_id: string | null;
  script_id: string | null;
  duplicate: boolean;
  identity_id: string | null;
  trust: 'proven' | 'channel_given' | 'unauthenticated' | null;
  seen_lately: boolean | null;
  sender_name: string | null;
  conversation_id: string | null;
  root: string | null;
  name: string | null;
  /** Somebody of the team wants to hear nothing of this person. */
  blocked: boolean | null;
  parts: KnownPart[] | null;
  tickets: KnownTicket[] | null;
  /** One of the tickets is in a restricted queue. */
  restricted: boolean | null;
  agent_wrote_last: string | null;
  referenced: string | null;
  thread_id: string | null;
  /** A thread that the mail answers although its sender has no part in it. */
  related_thread: string | null;
  thread_subject: string | null;
  growing_seq: number | null;
  /** What we told them of our own accord and they may be answering, and the queue where such answers go. */
  outreach_id: string | null;
  outreach_queue: string | null;
}

export interface KnownPart {
  id: string;
  rev: number;
  lastSeq: number;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  isRoot: boolean;
}

/** A ticket of the person as JSON made it: instants are strings. */
export interface KnownTicket {
  id: string;
  conversation_id: string;
  number: number;
  state: 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
  version: number;
  queue_id: string;
  owner_id: string | null;
  reopen_until: string | null;
  last_message_at: string;
}
