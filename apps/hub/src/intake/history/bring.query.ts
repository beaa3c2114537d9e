/** People of one root who were not brought yet. Parameters: import, root. */
export const peopleOfRoot = `
select key, name, emails, phones from history_person where import_id = $1 and root = $2 order by (name = ''), key`;

/** The oldest that wait of these people. Parameters: import, keys of people, how many. */
export const nextMessages = `
select m.key, m.ticket, m.direction, m.body, m.at, m.files <> '[]' as "hasFiles", t.person,
       coalesce(nullif(m.author ->> 'name', ''), p.name, '') as "authorName",
       coalesce(nullif(m.author ->> 'email', ''), p.emails[1], '') as "authorEmail",
       coalesce(p.is_staff, true) as "isStaff", nullif(m.author ->> 'key', '') is not distinct from t.person as "isOwn"
from history_ticket t join history_message m on m.import_id = t.import_id and m.ticket = t.key
left join history_person p on p.import_id = m.import_id and p.key = m.author ->> 'key'
where t.import_id = $1 and t.person = any ($2) order by m.at, m.key limit $3`;

/** Tickets by their keys; null: all that wait of these people. Parameters: import, keys of people, keys. */
export const ticketsOfPeople = `
select t.key, t.subject, t.is_open as "isOpen", t.tags, t.inbox, t.assignee, t.priority, t.opened_at as "openedAt", t.closed_at as "closedAt",
       (select min(m.at) from history_message m where m.import_id = t.import_id and m.ticket = t.key) as "firstAt",
       (select max(m.at) from history_message m where m.import_id = t.import_id and m.ticket = t.key) as "lastAt"
from history_ticket t where t.import_id = $1 and t.person = any ($2) and ($3::text[] is null or t.key = any ($3)) order by t.key`;

/** What came before. Parameters: source, kind, keys. */
export const broughtBefore = `select key, target from history_brought where source = $1 and kind = $2 and key = any ($3)`;

/**
 * Tickets that came before. `isTheirs`: one of the person, whom it may have been parted from since. Parameters: source, keys, a conversation
 * of the person.
 */
export const ticketsBefore = `
select b.key, b.target, coalesce(k.merged_into, k.id) = (
         select coalesce(o.merged_into, o.id) from conversation oc join customer o on o.id = oc.customer_id where oc.id = $3) as "isTheirs"
from history_brought b join ticket t on t.id = b.target join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id
where b.source = $1 and b.kind = 'ticket' and b.key = any ($2)`;

/** A ticket of these people that came before, and whose person is erased. Parameters: import, source, keys of people. */
export const erasedTicket = `
select 1 from history_ticket h join history_brought b on b.source = $2 and b.kind = 'ticket' and b.key = h.key
join ticket t on t.id = b.target join conversation c on c.id = t.conversation_id
where h.import_id = $1 and h.person = any ($3) and c.erased_at is not null limit 1`;

/** Parameters: source, kind, [{key, target}]. */
export const noteBrought = `
insert into history_brought (source, kind, key, target)
select $1, $2, t.key, t.target from jsonb_to_recordset($3::jsonb) as t(key text, target uuid) on conflict do nothing`;

/** Parameter: customer. */
export const rootOfCustomer = `select coalesce(merged_into, id) as root from customer where id = $1`;

/** Parameters: customer, conversation, name, name key, locale. */
export const addCustomer = `
with person as (insert into customer (id, name, name_key, locale) values ($1, $3, $4, $5)),
talk as (insert into conversation (id, customer_id) values ($2, $1) returning id)
insert into history_conversation (conversation_id) values ($2)`;

/** Addresses that nobody has yet; one that somebody else has stays theirs. Parameters: customer, [{id, kind, address}]. */
export const addIdentities = `
insert into identity (id, customer_id, kind, address, trust)
select t.id, $1, t.kind, t.address, 'unauthenticated' from jsonb_to_recordset($2::jsonb) as t(id uuid, kind text, address text)
on conflict do nothing`;

/** Conversations of a person that history may be added to behind what it holds. Parameters: root, not before. */
export const openEnded = `
select c.id, c.customer_id as customer, c.last_message_at as "lastAt"
from customer k join conversation c on c.customer_id = k.id join history_conversation h on h.conversation_id = c.id
where coalesce(k.merged_into, k.id) = $1 and (c.last_message_at is null or c.last_message_at <= $2) and c.holder = 'none' and c.erased_at is null
order by c.last_message_at desc nulls last, c.id limit 1 for no key update of c`;

/** All conversations of a person, held: whoever joins another to them must have them first. Parameter: root. */
export const holdPerson = `
select c.id from conversation c join customer k on k.id = c.customer_id
where coalesce(k.merged_into, k.id) = $1 order by c.id for no key update of c`;

/** Parameters: conversation, rows as JSON. Done tickets are counted as solved when they were. */
export const addTickets = `
with told as (
  select * from jsonb_to_recordset($2::jsonb) as t(
    id uuid, queue uuid, owner uuid, state text, priority smallint, subject text, tags text[], opened_at timestamptz, last_at timestamptz,
    closed_at timestamptz)),
added as (
  insert into ticket (id, conversation_id, queue_id, owner_id, state, priority, subject, tags, opened_at, last_message_at, solved_at, closed_at)
  select id, $1, queue, owner, state, priority, subject, tags, opened_at, last_at, closed_at, closed_at from told order by opened_at, id
  returning id, solved_at, owner_id)
insert into ticket_turn (ticket_id, kind, at, by_id) select id, 'solved', solved_at, owner_id from added where solved_at is not null`;

/** In the order in which they are given. Parameters: conversation, rows as JSON. */
export const addMessages = `
insert into message (id, conversation_id, channel_id, identity_id, ticket_id, at, direction, author, author_id, kind, body, search_text, content)
select t.id, $1, t.channel, t.identity, t.ticket, t.at, t.direction, t.author, t.author_id, t.kind, t.body, t.search, t.content
from jsonb_array_elements($2::jsonb) with ordinality e(told, ord) cross join lateral jsonb_to_record(e.told) as t(
  id uuid, channel uuid, identity uuid, ticket uuid, at timestamptz, direction text, author text, author_id uuid, kind text, body text,
  search text, content jsonb)
order by e.ord`;

/** Parameters: conversation, rows as JSON. */
export const addFiles = `
insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, state)
select t.id, m.conversation_id, m.seq, t.name, t.media_type, t.bytes, decode(t.sha256, 'hex'), t.storage_key, 'stored'
from jsonb_to_recordset($2::jsonb) as t(
  id uuid, message uuid, name text, media_type text, bytes bigint, sha256 text, storage_key text)
join message m on m.id = t.message and m.conversation_id = $1`;

/** What was said elsewhere is no news to anybody who is here now. Parameter: conversation. */
export const markRead = `
insert into read_cursor (agent_id, conversation_id, seq)
select a.id, c.id, c.last_seq from agent a cross join conversation c where c.id = $1 and a.disabled_at is null and c.last_seq > 0
on conflict (agent_id, conversation_id) do update set seq = greatest(read_cursor.seq, excluded.seq)`;

/** Has reports count again from the first of these tickets on: the log says nothing of them. Parameter: tickets. */
export const recountFrom = `
update report_filling f
set behind = case when f.filled_at is null then least(f.behind, first.before) else first.before end, filled_at = null
from (
  -- The counting goes on behind an id, and this one is just below it.
  select (left(id::text, 13) || '-0000-0000-000000000000')::uuid as before from unnest($1::uuid[]) one(id) order by id limit 1) first`;

/** Whether nobody else brought this portion. Parameters: import, keys of its messages, the root of its people. */
export const waitsStill = `
select (select count(*)::int from history_message where import_id = $1 and key = any ($2)) as messages,
       exists (select 1 from history_person where import_id = $1 and root = $3 and not done) as "isDue"`;

/** Parameters: import, keys of messages. */
export const dropMessages = `delete from history_message where import_id = $1 and key = any ($2)`;
