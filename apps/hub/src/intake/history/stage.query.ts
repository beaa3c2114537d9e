/** What is said of somebody twice adds up; a name that is told beats none. Parameters: import, people as JSON. */
export const stagePeople = `
insert into history_person as p (import_id, key, name, name_key, emails, phones, is_staff)
select $1::uuid, t.key, max(t.name), max(t.name_key),
       coalesce(array_agg(distinct e.one) filter (where e.one is not null), '{}'),
       coalesce(array_agg(distinct f.one) filter (where f.one is not null), '{}'), bool_or(t.is_staff)
from jsonb_to_recordset($2::jsonb) as t(key text, name text, name_key text, emails text[], phones text[], is_staff boolean)
left join lateral unnest(t.emails) e(one) on true left join lateral unnest(t.phones) f(one) on true
group by t.key
on conflict (import_id, key) do update
set name = case when excluded.name <> '' then excluded.name else p.name end,
    name_key = case when excluded.name <> '' then excluded.name_key else p.name_key end,
    emails = array(select distinct unnest(p.emails || excluded.emails)), phones = array(select distinct unnest(p.phones || excluded.phones)),
    is_staff = p.is_staff or excluded.is_staff`;

/** Parameters: import, inboxes as JSON. */
export const stageInboxes = `
insert into history_inbox (import_id, key, name)
select distinct on (t.key) $1::uuid, t.key, t.name from jsonb_to_recordset($2::jsonb) as t(key text, name text) order by t.key
on conflict (import_id, key) do update set name = excluded.name`;

/** What is told of a ticket later is how it came to be. Parameters: import, tickets as JSON. */
export const stageTickets = `
insert into history_ticket (import_id, key, person, subject, is_open, tags, inbox, assignee, priority, opened_at, closed_at)
select distinct on (t.key) $1::uuid, t.key, t.person, t.subject, t.is_open, t.tags, t.inbox, t.assignee, t.priority, t.opened_at, t.closed_at
from jsonb_array_elements($2::jsonb) with ordinality e(told, ord) cross join lateral jsonb_to_record(e.told) as t(
  key text, person text, subject text, is_open boolean, tags text[], inbox text, assignee jsonb, priority smallint, opened_at timestamptz,
  closed_at timestamptz)
order by t.key, e.ord desc
on conflict (import_id, key) do update
set person = excluded.person, subject = excluded.subject, is_open = excluded.is_open, tags = excluded.tags, inbox = excluded.inbox,
    assignee = excluded.assignee, priority = excluded.priority, opened_at = excluded.opened_at, closed_at = excluded.closed_at`;

/**
 * A message that stands in two files is told best where it is told by whom. What one of them calls a note is one, whatever another says.
 * Parameters: import, messages as JSON.
 */
export const stageMessages = `
insert into history_message as m (import_id, key, ticket, direction, author, body, at, files)
select distinct on (t.key) $1::uuid, t.key, t.ticket,
       case when bool_or(t.direction = 'internal') over (partition by t.key) then 'internal' else t.direction end, t.author, t.body, t.at, t.files
from jsonb_to_recordset($2::jsonb) as t(key text, ticket text, direction text, author jsonb, body text, at timestamptz, files jsonb)
order by t.key, t.author ->> 'key' = ''
on conflict (import_id, key) do update
set direction = case when 'internal' in (m.direction, excluded.direction) then 'internal' else coalesce(excluded.direction, m.direction) end,
    author = case when m.author ->> 'key' = '' then excluded.author else m.author end,
    body = case when m.author ->> 'key' = '' then excluded.body else m.body end,
    files = case when m.author ->> 'key' = '' then excluded.files else m.files end
where m.author ->> 'key' = '' or excluded.direction = 'internal'`;

/** Parameters: import, file, faults as JSON. */
export const stageFaults = `
insert into history_fault (import_id, file, record, part, code)
select $1::uuid, $2::int, t.record, t.part, t.code from jsonb_to_recordset($3::jsonb) as t(record int, part text, code text) on conflict do nothing`;
