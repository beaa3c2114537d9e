import type { LookupError, ScriptChannel } from '#bots';
import type { MessageContent, Sql } from '#channels';

/** A talk as it was. */
export interface PastTalk {
  id: string;
  conversation: string;
  version: number;
  channel: ScriptChannel;
  locale: string;
  startedAt: Date;
  status: string;
  node: string | null;
  outcome: string | null;
  fields: Record<string, unknown>;
}

/** One thing that the script heard, and what it answered. */
export interface PastTurn {
  turn: number;
  event: string;
  at: Date;
  /** JSON of the messages that it was answered with. */
  reply: string;
  /** The customer's message; null: nobody wrote. */
  message: {
    kind: 'text' | 'keys';
    body: string;
    content: MessageContent;
    files: string[];
    isRedacted: boolean;
  } | null;
  /** What lookups that this turn asked for brought. Their answers are not kept but in the variables, as they were at the end. */
  results: ({ name: string } & ({ ok: true; value: unknown } | { ok: false; error: LookupError }))[];
}

const talk = `
select b.id, b.conversation_id as conversation, v.version, b.channel, b.locale, b.started_at as "startedAt", b.status, b.node, b.outcome,
  coalesce(root.fields, '{}') as fields
from bot_session b join script_version v on v.id = b.version_id
join conversation c on c.id = b.conversation_id join customer k on k.id = c.customer_id join customer root on root.id = coalesce(k.merged_into, k.id)
where b.id = $1 and v.script_id = $2 and b.channel is not null`;

const turns = `
select t.turn, t.event, t.at, t.reply,
  (select jsonb_build_object('kind', m.kind, 'body', m.body, 'content', m.content, 'isRedacted', m.redacted_at is not null,
      'files', array(select a.media_type from attachment a where a.conversation_id = m.conversation_id and a.seq = m.seq))
   from message m where m.id = case when t.event_key like 'message:%' then substr(t.event_key, 9)::uuid end) as message,
  coalesce((
    select jsonb_agg(jsonb_build_object('ok', e.state = 'done', 'error', coalesce(e.result ->> 'error', 'failed'), 'value', kept.value,
        'name', case e.kind when 'lookup' then coalesce(e.payload ->> 'ref', e.payload ->> 'source') else e.kind end) order by e.ordinal)
    from bot_effect e cross join lateral (
      select case e.kind when 'ticket' then jsonb_build_object('number', found.value) else coalesce(found.value, 'null') end as value
      from (select b.state -> 'vars' -> (v.body #>> array['nodes', e.node, 'into']) as value) found) kept
    where e.session_id = t.session_id and e.turn = t.turn and e.awaits and e.state in ('done', 'failed')), '[]') as results
from bot_session b join script_version v on v.id = b.version_id join bot_turn t on t.session_id = b.id
where b.id = $1 order by t.turn limit 200`;

/** Null: this script had no such talk. */
export async function readPastTalk(
  sql: Sql,
  scriptId: string,
  sessionId: string,
): Promise<{ talk: PastTalk; turns: PastTurn[] } | null> {
  const [found] = await sql.query<PastTalk & Record<string, unknown>>(talk, [sessionId, scriptId]);
  if (!found) {
    return null;
  }
  return { talk: found, turns: await sql.query<PastTurn & Record<string, unknown>>(turns, [sessionId]) };
}
