import type { Statement } from '#channels';

/** A line of a transcript. */
export interface TranscriptRow {
  at: Date;
  author: 'customer' | 'agent' | 'bot' | 'system';
  agent: string | null;
  body: string;
  files: string[] | null;
}

/**
 * What passed over web chat between this visitor and us, oldest first: no notes, nothing erased, nothing of their other channels or of
 * other browsers. The newest of it, when there is much. Parameters: conversation, identity, how many.
 */
export const transcriptRows: Statement = {
  name: 'visitor-transcript',
  text: `
select * from (
  select m.seq, m.at, m.author, m.body, case when m.author = 'agent' then (select a.name from agent a where a.id = m.author_id) end as agent,
         (select array_agg(f.name order by f.created_at, f.id) from attachment f
          where f.conversation_id = m.conversation_id and f.seq = m.seq and f.state = 'stored') as files
  from message m
  where m.conversation_id = $1 and m.identity_id = $2 and m.direction <> 'internal' and m.kind in ('text', 'form', 'keys')
    and m.redacted_at is null
    and exists (select 1 from channel ch where ch.id = m.channel_id and ch.kind = 'web')
  order by m.seq desc limit $3) newest
order by seq`,
};
