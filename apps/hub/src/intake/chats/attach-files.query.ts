import type { Statement } from '#channels';

/**
 * Files that come to a message after it was written, but for those that it has. Parameters: conversation, seq, the files as JSON, and
 * whether one that cannot be told from those it has is left out too.
 */
export const attachFiles: Statement = {
  name: 'attach-files',
  text: `
insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, content_id, state, reference)
select f.id, $1, $2, f.name, f.media_type, f.bytes, decode(f.sha256, 'hex'), f.storage_key, f.content_id, f.state, f.reference
from jsonb_to_recordset($3::jsonb) as f(
  id uuid, name text, media_type text, bytes bigint, sha256 text, storage_key text, content_id text, state text, reference text)
where (f.content_id is not null or not $4)
  and not exists (select 1 from attachment a where a.conversation_id = $1 and a.seq = $2 and a.content_id = f.content_id)`,
};
