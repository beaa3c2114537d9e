import type { Rendered, VoiceStep } from '#bots';
import type { LineReply, Sql, Statement } from '#channels';
import type { SessionRow } from '../../bots/sessions/bot-session.query.js';
import type { CallerAnswer } from './path-of-call.js';
import type { PhoneCallRow } from './phone-call.query.js';

/** The session that began with a call. */
export type SessionOfCall = Pick<SessionRow, 'id' | 'status' | 'turn' | 'state' | 'locale' | 'ticketId'>;

const sessionOfCall: Statement = {
  name: 'line-session',
  text: `
select id, status, turn, state, locale, ticket_id as "ticketId" from bot_session
where conversation_id = $1 and first_seq = $2 and channel = 'voice' order by started_at desc limit 1`,
};

export async function readSession(sql: Sql, call: PhoneCallRow): Promise<SessionOfCall | null> {
  const values = [call.conversationId, call.seq];
  const [row] = await sql.query<SessionOfCall & Record<string, unknown>>(sessionOfCall, values);
  return row ?? null;
}

const turnsOfSession: Statement = {
  name: 'line-turns',
  text: `select turn, reply from bot_turn where session_id = $1 order by turn`,
};

/** What a session said so far, turn by turn. */
export async function readSpoken(sql: Sql, sessionId: string): Promise<{ turn: number; steps: VoiceStep[] }[]> {
  const rows = await sql.query<{ turn: number; reply: string }>(turnsOfSession, [sessionId]);
  return rows.map(({ turn, reply }) => ({ turn, steps: stepsOf(reply) }));
}

/** What a session said before it came to the phone is no step of a line. */
function stepsOf(reply: string): VoiceStep[] {
  const rendered = JSON.parse(reply) as Rendered[];
  return rendered.flatMap((one) => (one.kind === 'voice' ? one.steps : []));
}

const aboutCall: Statement = {
  name: 'line-about',
  text: `
select m.ticket_id as "ticketId", coalesce(m.content -> 'flags' ? 'blocked', false) as "isBlocked", k.locale,
       exists (select 1 from bot_event e where e.conversation_id = m.conversation_id and e.state = 'ready' and e.kind <> 'taken') as "isBusy"
from message m join conversation c on c.id = m.conversation_id join customer g on g.id = c.customer_id
join customer k on k.id = coalesce(g.merged_into, g.id)
where m.conversation_id = $1 and m.seq = $2`,
};

export interface AboutCall {
  ticketId: string | null;
  isBlocked: boolean;
  isBusy: boolean;
  locale: string;
}

/** What decides beside the session: whose the call is, and whether a bot has something still to answer. */
export async function readAbout(sql: Sql, call: PhoneCallRow): Promise<AboutCall> {
  const [row] = await sql.query<AboutCall & Record<string, unknown>>(aboutCall, [call.conversationId, call.seq]);
  return row as AboutCall;
}

const answersOfCaller: Statement = {
  name: 'line-answers',
  text: `
select t.node, (extract(epoch from m.at) * 1000)::float8 as at, m.body as words, m.redacted_at is not null as "isMasked"
from bot_turn t join message m on m.conversation_id = $2 and m.seq >= $3 and t.event_key = 'message:' || m.id
where t.session_id = $1 and m.kind in ('keys', 'text') and t.node is not null order by t.turn`,
};

/** What was said since the call: their person may have written a lot before. */
export async function readAnswers(
  sql: Sql,
  sessionId: string,
  { conversationId, seq }: PhoneCallRow,
): Promise<CallerAnswer[]> {
  return sql.query<CallerAnswer & Record<string, unknown>>(answersOfCaller, [sessionId, conversationId, seq]);
}

const storedReply: Statement = {
  name: 'line-stored-reply',
  text: `select reply from phone_call_turn where phone_call_id = $1 and turn = $2`,
};

/** What was answered to a turn; null where nothing was yet. */
export async function readReply(sql: Sql, callId: string, turn: number): Promise<LineReply | null> {
  const [row] = await sql.query<{ reply: LineReply }>(storedReply, [callId, turn]);
  return row?.reply ?? null;
}

/** Parameters: call, turn, what was heard, the reply. */
export const insertReply: Statement = {
  name: 'line-insert-reply',
  text: `insert into phone_call_turn (phone_call_id, turn, heard, reply) values ($1, $2, $3, $4)`,
};

/** Parameters: call, phase, turn, said turn, session, ticket. */
export const saveCall: Statement = {
  name: 'line-save-call',
  text: `
update phone_call set phase = $2, turn = $3, said_turn = $4, session_id = $5, ticket_id = coalesce($6::uuid, ticket_id), touched_at = clock_timestamp() where id = $1`,
};

/** People have it, or are to. Parameters: call, ticket, phase. */
export const placeWithPeople: Statement = {
  name: 'line-with-people',
  text: 'update phone_call set ticket_id = $2, phase = $3 where id = $1',
};

/** Parameters: call, when. */
export const endCall: Statement = {
  name: 'line-end-call',
  text: `update phone_call set phase = 'over', ended_at = $2, touched_at = clock_timestamp() where id = $1`,
};

/** A caller was told that what they say is recorded. Parameters: call, the sentence that told them. */
export const saveConsent: Statement = {
  name: 'line-save-consent',
  text: `
update phone_call set consent = 'granted', consent_at = clock_timestamp(), consent_prompt = $2 where id = $1 and consent <> 'granted'`,
};
