import type { Statement } from '#channels';

/** Parameters: id, channel, visitor, name, sniffed type, bytes, SHA-256 in hexadecimal, storage key. */
export const uploadRow: Statement = {
  name: 'visitor-upload-row',
  text: `
insert into visitor_upload (id, channel_id, visitor_id, name, media_type, bytes, sha256, storage_key)
values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8)`,
};

/** What a visitor has here without a message. Parameter: the visitor. */
export const roomOfVisitor: Statement = {
  name: 'visitor-upload-room',
  text: `
select count(*)::int as files, coalesce(sum(u.bytes), 0)::float8 as bytes
from visitor_upload u
where u.visitor_id = $1 and not exists (select 1 from attachment f where f.storage_key = u.storage_key)`,
};

/** Those that this visitor may send in this chat; none that a sweep may take away meanwhile. Parameters: ids, visitor, channel. */
export const keptUploads: Statement = {
  name: 'visitor-upload-kept',
  text: `
select id, name, media_type, bytes, encode(sha256, 'hex') as sha256, storage_key
from visitor_upload u
where id = any ($1::uuid[]) and visitor_id = $2 and channel_id = $3 and created_at > clock_timestamp() - interval '23 hours'
  and not exists (select 1 from attachment f where f.id = u.id)`,
};

/** Rows whose files are a message's by now. */
export const usedUploads: Statement = {
  name: 'visitor-upload-used',
  text: `
delete from visitor_upload u where exists (select 1 from attachment f where f.storage_key = u.storage_key)`,
};

/** Takes rows away that are older than a day and belong to no message. Parameters: before, how many. */
export const oldUploads: Statement = {
  name: 'visitor-upload-old',
  text: `
delete from visitor_upload
where id in (
  select u.id from visitor_upload u
  where u.created_at < $1 and not exists (select 1 from attachment f where f.storage_key = u.storage_key)
  order by u.created_at limit $2 for update skip locked)
returning storage_key`,
};
