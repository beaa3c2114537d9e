/** Entries as the chain keeps them; `cursor_at` in full precision, for pages. */
export interface AuditRow {
  [column: string]: unknown;
  id: string;
  cursor_at: string;
  entry: string;
  hash: string;
  actor_name: string | null;
}

/**
 * Newest first. Parameters: actor, action, an action's kind as a LIKE pattern, subject and words as LIKE patterns over the entry, from,
 * to, the place (instant, id), how many, subjects as patterns and a hash that count as the words do.
 */
export const auditPage = `
select e.id, e.at::text as cursor_at, e.entry, encode(e.hash, 'hex') as hash, a.name as actor_name
from audit e left join agent a on a.id = e.actor_id
where ($1::uuid is null or e.actor_id = $1)
  and ($2::text is null or e.action = $2 or e.action like $3)
  and ($4::text is null or e.entry like $4)
  and ($5::text is null or e.entry ilike $5 or e.entry like any ($11::text[]) or e.hash = $12)
  and ($6::timestamptz is null or e.at >= $6)
  and ($7::timestamptz is null or e.at < $7)
  and (e.at, e.id) < ($8::timestamptz, $9::uuid)
order by e.at desc, e.id desc limit $10`;

/** What things of ours are called now. Nothing here names a customer. Parameter: their ids; null: all. */
export const subjectNames = `
select id::text, name from (
  select id, name from agent union all select id, name from queue union all select id, name from channel
  union all select id, name from skill union all select id, name from calendar union all select id, name from sla_policy
  union all select id, name from api_key union all select id, coalesce(name->>'en', name->>'fa') from own_role) named
where $1::uuid[] is null or id = any ($1)`;

/** A piece of the chain behind an entry ($1; null: from its beginning), and whether each of its entries is what was written. */
export const chainPiece = `
with recursive piece as (
  (select a.*, 1 as step from audit a where a.prev_hash is not distinct from (select p.hash from audit p where p.id = $1)
     and ($1::uuid is not null or a.prev_hash is null) limit 1)
  union all
  select n.*, p.step + 1 from piece p join audit n on n.prev_hash = p.hash where p.step < $2)
select id, at, encode(hash, 'hex') as hash, action,
       hash = sha256(coalesce(prev_hash, ''::bytea) || convert_to(entry, 'UTF8')) as is_content,
       (entry::jsonb->>'actor') is not distinct from actor_id::text and entry::jsonb->>'action' = action
         and entry::jsonb->>'id' = id::text as is_columns
from piece order by step`;

/** Entries that no walk from the first one comes to: the one before them is gone. */
export const cutOff = `
select a.id, a.at from audit a
where a.prev_hash is not null and not exists (select 1 from audit p where p.hash = a.prev_hash)
   or a.prev_hash is null and a.id <> $1
order by a.at, a.id limit 1`;
