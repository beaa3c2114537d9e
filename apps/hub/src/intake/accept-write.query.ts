import { composedStatement, rowOf, rowsOf, valuesOf } from './composed-statement.js';
import type { Plan, PlannedMessage } from './plan-acceptance.js';

/**
 * What a plan writes beyond its messages: `tickets` are new ones, `work` is queued for them and for reopened ones, `growing` are
 * threads with more people, `seen` are identities, `cursors` how far accounts are read, `still` are messages that wake nothing, `links` are quiet mails with what
 * they are about, `bots` are messages that a bot is to answer, `past` are calls of long ago, which are no news.
 * `lone` is one message of a person who is not merged.
 */
export type WritePart =
  | 'lone'
  | 'threads'
  | 'growing'
  | 'tickets'
  | 'waking'
  | 'work'
  | 'files'
  | 'seen'
  | 'claims'
  | 'cursors'
  | 'still'
  | 'links'
  | 'bots'
  | 'past';

const columns = {
  event: 'uuid',
  channel: 'uuid',
  external: 'text',
  message_external: 'text',
  message: 'uuid',
  conversation: 'uuid',
  identity: 'uuid',
  trust: 'text',
  seen: 'boolean',
  state: 'text',
  thread: 'uuid',
  mail_id: 'text',
  ticket: 'uuid',
  reason: 'text',
  direction: 'text',
  author: 'text',
  kind: 'text',
  body: 'text',
  search: 'text',
  content: 'jsonb',
  sent_at: 'timestamptz',
} satisfies Record<keyof Omit<PlannedMessage, 'ord'>, string>;

/** What `acceptWrite` of these parts takes: the plan's lists as JSON, the raw bytes by ord, and a lone message's columns. */
export function writeParameters(plan: Plan, raw: Buffer[], parts: readonly WritePart[]): unknown[] {
  if (!parts.includes('lone')) {
    return [JSON.stringify(plan), raw];
  }
  const { arrivals, parts: rows, ...lists } = plan;
  return [
    JSON.stringify({ ...lists, rev: rows[0]?.rev }),
    raw,
    ...valuesOf<keyof typeof columns>(arrivals[0] as PlannedMessage, columns),
  ];
}

const many = `
arrival as materialized (select a.*, ($2::bytea[])[a.ord] as raw from (${rowsOf("$1::jsonb -> 'arrivals'", columns)}) a),
part as materialized (${rowsOf("$1::jsonb -> 'parts'", { conversation: 'uuid', rev: 'bigint' })}),
locked as materialized (
  select c.id from conversation c
  where (c.id, c.rev) in (select p.conversation, p.rev from part p)
  order by c.id for no key update),
held as (
  select p.ord from part p left join locked l on l.id = p.conversation
  group by p.ord having count(*) = count(l.id)),`;

const lone = `
arrival as not materialized (select a.*, ($2::bytea[])[1] as raw from (${rowOf(3, columns)}) a),
locked as materialized (
  select c.id from arrival a join conversation c on c.id = a.conversation
  where c.rev = ($1::jsonb ->> 'rev')::bigint for no key update of c),
held as (
  select 1 as ord from locked),`;

const threaded = `
threaded as (
  insert into thread (id, conversation_id, channel_id, subject, participants, verified, other_ids)
  select t.id, t.conversation, t.channel, t.subject, t.participants, t.verified, t.other_ids
  from jsonb_to_recordset($1::jsonb -> 'threads') as t(
    ord int, id uuid, conversation uuid, channel uuid, subject text, participants text[], verified boolean, other_ids text[])
  where t.ord in (select ord from fresh)),`;

const grown = `
grown as (
  update thread t set participants = array(select distinct one from unnest(t.participants || g.who) one limit 200)
  from (select w.thread, array_agg(distinct one) as who
        from jsonb_to_recordset($1::jsonb -> 'growing') as w(ord int, thread uuid, who text[]), unnest(w.who) one
        where w.ord in (select ord from fresh) group by w.thread) g
  where t.id = g.thread and not t.participants @> g.who),`;

const opened = `
opened as (
  insert into ticket (id, conversation_id, queue_id, subject, follows_id, follows_as, waiting_since)
  select t.id, t.conversation, t.queue, t.subject, t.follows, case when t.follows is not null then 'follow_up' end,
         case when exists (select 1 from fresh f where f.ord = t.ord and f.kind <> 'call') then clock_timestamp() end
  from jsonb_to_recordset($1::jsonb -> 'tickets') as t(ord int, id uuid, conversation uuid, queue uuid, subject text, follows uuid)
  where t.ord in (select ord from fresh)
  returning id, conversation_id, rev),`;

/** Work asks for what its queue asks for, and has the head start of its ticket and person. A ticket that is opened here is of normal priority. */
const queued = `
queued as (
  insert into work_item (id, ticket_id, queue_id, class, weight, state, preferred_agent, skill_ids, skill_level, enqueued_at, rank_at, next_step_at)
  select w.id, w.ticket, w.queue, w.class, w.weight, 'queued', w.preferred, q.skill_ids, q.skill_level, now(),
         now() - b.boost_ms * interval '1 millisecond', now() + (q.steps -> 0 ->> 'afterSecs')::int * interval '1 second'
  from jsonb_to_recordset($1::jsonb -> 'work') as w(
    ord int, id uuid, ticket uuid, queue uuid, class text, weight int, preferred uuid)
  join fresh f on f.ord = w.ord join queue q on q.id = w.queue
  cross join lateral work_boost(q.id, f.conversation, coalesce((select t.priority from ticket t where t.id = w.ticket), 2), 0) b
  returning *),`;

/** Work that waits says so in the log, see recordQueued. A ticket that this statement opens is not there for it to read yet. */
const waits = `
  select 'work.queued', f.conversation, w.ticket_id, jsonb_build_object(
    'queueId', w.queue_id, 'class', w.class, 'weight', w.weight, 'reason', case when t.id is null then 'new' else 'message' end,
    'boostMs', (extract(epoch from w.enqueued_at - w.rank_at) * 1000)::int,
    'parts', jsonb_build_object('priority', b.priority_ms, 'tier', b.tier_ms, 'overdue', b.overdue_ms),
    'skillIds', to_jsonb(w.skill_ids), 'skillLevel', w.skill_level, 'preferredAgent', w.preferred_agent)
  from queued w join jsonb_to_recordset($1::jsonb -> 'work') as p(ord int, id uuid) on p.id = w.id join fresh f on f.ord = p.ord
  left join ticket t on t.id = w.ticket_id
  cross join lateral work_boost(w.queue_id, f.conversation, coalesce(t.priority, 2), 0) b
  union all`;

const filed = `
filed as (
  insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, content_id, state, reference)
  select f.id, s.conversation_id, s.seq, f.name, f.media_type, f.bytes, decode(f.sha256, 'hex'), f.storage_key, f.content_id,
         f.state, f.reference
  from jsonb_to_recordset($1::jsonb -> 'files') as f(
    message uuid, id uuid, name text, media_type text, bytes bigint, sha256 text, storage_key text, content_id text, state text, reference text)
  join said s on s.id = f.message),`;

/** Trust only rises: somebody may have proven more meanwhile, and an identity's row is not among those that the guard holds. */
const seen = `
seen as (
  update identity i
  set last_seen_at = clock_timestamp(),
      trust = case when f.trust is null or i.trust = 'proven' or (i.trust = 'channel_given' and f.trust = 'unauthenticated')
                   then i.trust else f.trust end
  from fresh f where i.id = f.identity and f.seen),`;

/** A solved ticket that somebody answers is at work again, and nobody's. */
const reopened = `state = case when s.wakes and t.state in ('pending', 'solved') then 'open' else t.state end,
      owner_id = case when s.wakes and t.state = 'solved' then null else t.owner_id end,
      solved_at = case when s.wakes then null else t.solved_at end, reopen_until = case when s.wakes then null else t.reopen_until end`;

/** A message that moves its ticket's state says so in the log. */
const told = `
  select 'ticket.changed', t.conversation_id, t.id, jsonb_build_object('from', t.state_before, 'to', t.state)
  from touched t where t.state <> t.state_before
  union all
  select 'ticket.reopened', t.conversation_id, t.id, '{"why": "message"}'::jsonb
  from touched t where t.state_before = 'solved' and t.state = 'open'
  union all`;

/** Whoever writes under a thousand reply addresses claims the first hundred. */
const claimed = `
claimed as (
  insert into identity_claim (id, customer_id, kind, address, source)
  select c.id, i.customer_id, c.kind, c.address, c.source
  from jsonb_to_recordset($1::jsonb -> 'claims') as c(ord int, id uuid, kind text, address text, source text)
  join fresh f on f.ord = c.ord join identity i on i.id = f.identity
  where (select count(*) from identity_claim known where known.customer_id = i.customer_id and known.state = 'open') < 100
  on conflict do nothing),`;

/**
 * A quiet mail comes onto the timeline with the ticket that it is about, which stays as it is. In a moment between the two, a mail about
 * a ticket of a restricted queue could be read by everybody.
 */
const linked = `
linked as materialized (
  select f.ord, f.message, coalesce(l.ticket, (
    select p.ticket_id from message p
    where p.conversation_id = f.conversation and (p.thread_id = f.thread or (p.channel_id = f.channel and p.mail_id = any (l.ids)))
      and p.ticket_id is not null
    order by p.seq desc limit 1)) as ticket
  from jsonb_to_recordset($1::jsonb -> 'links') as l(ord int, ticket uuid, ids text[]) join fresh f on f.ord = l.ord),`;

const moved = `
moved as (
  update account_lease l set cursor = c.value
  from jsonb_to_recordset($1::jsonb -> 'cursors') as c(ord int, channel uuid, holder text, token bigint, value jsonb)
  where l.channel_id = c.channel and l.holder = c.holder and l.token = c.token and c.ord in (select ord from fresh)),`;

/** A bot answers in a transaction of its own: what it is to answer is written down with the message. */
const heard = `
heard as (
  insert into bot_event (conversation_id, key, kind, seq)
  select s.conversation_id, 'message:' || s.id, 'message', s.seq from said s where ($1::jsonb -> 'bots') ? s.id::text),`;

const linkedTicket = `
         coalesce(ticket, (select l.ticket from linked l where l.ord = fresh.ord)),
         coalesce(reason, (select 'reference' from linked l where l.ord = fresh.ord and l.ticket is not null))`;
const unlinked = 'where id not in (select message from linked)';

/** The log is of what happens. */
const past = "\n  where not ($1::jsonb -> 'past') ? s.id::text";

/**
 * The one write of the way in, committing by itself. An arrival is written when every conversation row of its person still
 * has the rev that the read saw, and its event is new; the others leave no row in the answer and are read again.
 */
export const acceptWrite = composedStatement<WritePart>(
  'accept-write',
  (when) => `
with ${when('lone', lone, many)}
event as (
  insert into inbound_event (id, channel_id, external_id, raw, state)
  select event, channel, external, raw, state from arrival where ord in (select ord from held)
  on conflict (channel_id, external_id) where external_id is not null do nothing
  returning id),
fresh as materialized (
  select a.* from arrival a join event e on e.id = a.event),
${when('threads', threaded)}
${when('growing', grown)}
${when('tickets', opened)}
${when('links', linked)}
said as (
  insert into message (id, conversation_id, channel_id, thread_id, identity_id, external_id, mail_id, ticket_id, ticket_reason,
                       sent_at, direction, author, kind, body, search_text, content)
  select message, conversation, channel, thread, identity, message_external, mail_id, ${when('links', linkedTicket, 'ticket, reason')},
         sent_at, direction, author, kind, body, search, content
  from fresh ${when('lone', '', 'order by ord')}
  returning id, conversation_id, seq, rev, at, ticket_id, ticket_reason, direction, kind),
touched as (
  update ticket t
  set last_message_at = greatest(t.last_message_at, s.at),
      snoozed_until = case when s.wakes then null else t.snoozed_until end,
      waiting_since = case when s.wakes and s.asks then coalesce(t.waiting_since, s.at) else t.waiting_since end,
      ${when('work', reopened, "state = case when s.wakes and t.state = 'pending' then 'open' else t.state end")}
  from (select ticket_id, max(at) as at, bool_or(kind <> 'call') as asks, bool_or(direction = 'in' and ticket_reason is distinct from 'thanks'${when('still', " and not ($1::jsonb -> 'still') ? id::text")}) as wakes
               ${when('waking', ', (select k.state from ticket k where k.id = ticket_id) as state_before')}
        from said ${when('links', unlinked)} group by ticket_id) s
  where t.id = s.ticket_id
  returning t.*${when('waking', ', s.state_before')}),
${when('work', queued)}
${when('files', filed)}
${when('seen', seen)}
${when('claims', claimed)}
${when('cursors', moved)}
${when('bots', heard)}
logged as (
  insert into event_log (type, conversation_id, subject_id, payload)
  ${when('tickets', "select 'ticket.opened', o.conversation_id, o.id, '{}'::jsonb from opened o\n  union all")}
  ${when('waking', told)}
  ${when('work', waits)}
  select 'message.received', s.conversation_id, s.id, jsonb_build_object('seq', s.seq) from said s${when('past', past)})
select a.ord, s.seq, s.rev, s.at, s.ticket_id, to_jsonb(t)${when('waking', " - 'state_before'")} as ticket,
       ${when('tickets', 'exists (select 1 from opened o where o.id = s.ticket_id)', 'false')} as opened
from said s join arrival a on a.message = s.id left join touched t on t.id = s.ticket_id
order by a.ord`,
);

/** A row of accept-write. `ticket` is the touched ticket's row as JSON; null when it was opened here or there is none. */
export interface Stored {
  ord: number;
  seq: number;
  rev: number;
  at: Date;
  ticket_id: string | null;
  ticket: Record<string, unknown> | null;
  opened: boolean;
}
