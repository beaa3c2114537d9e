import type { BotState, ScriptChannel } from '#bots';
import type { ChannelKind, MessageContent, Statement } from '#channels';

/** A conversation row of a person under lock. `epoch` counts who spoke with them. */
export interface TalkPart {
  id: string;
  rev: number;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  holderId: string | null;
  epoch: number;
  isRoot: boolean;
}

/** A session as it is stored. `status` is the row's: a session that failed, or was handed over, is nothing that its state knows of. */
export interface SessionRow {
  id: string;
  conversationId: string;
  versionId: string;
  epoch: number;
  status: 'active' | 'waiting' | 'handed_off' | 'ended' | 'failed';
  turn: number;
  state: BotState;
  channelId: string;
  identityId: string;
  threadId: string | null;
  channel: ScriptChannel;
  locale: string;
  firstSeq: number;
  pins: Record<string, string>;
  ticketId: string | null;
  handedOffAt: Date | null;
  takenBy: string | null;
}

/** What a bot is to answer. */
export interface EventRow {
  position: number;
  conversationId: string;
  sessionId: string | null;
  key: string;
  /** `taken`: one of us wrote while its bot talked · `stopped`: the customer wants to hear nothing more · `line`: silence, and the like, on a call. */
  kind: 'message' | 'result' | 'resume' | 'taken' | 'stopped' | 'line';
  seq: number | null;
  payload: Record<string, unknown>;
  attempts: number;
  isDue: boolean;
}

/** A message as a bot hears it. */
export interface HeardMessage {
  id: string;
  conversationId: string;
  seq: number;
  channelId: string;
  channelKind: ChannelKind;
  identityId: string;
  threadId: string | null;
  ticketId: string | null;
  kind: 'text' | 'note' | 'call' | 'keys' | 'form' | 'event';
  body: string;
  content: MessageContent;
  isRedacted: boolean;
  /** The types of its files. */
  files: string[];
  /** A call that Peyk itself answers. */
  isLine: boolean;
}

/** Everybody who is one person with the owner of conversation $1, with their rows. */
const personOf = `
from conversation c join customer k on k.id = c.customer_id
where coalesce(k.merged_into, k.id) = (
  select coalesce(mine.merged_into, mine.id) from conversation here join customer mine on mine.id = here.customer_id where here.id = $1)`;

export const lockTalk: Statement = {
  name: 'bot-lock-talk',
  text: `
select c.id, c.rev, c.holder, c.holder_id as "holderId", c.holder_epoch as epoch, k.merged_into is null as "isRoot" ${personOf}
order by c.id for no key update of c`,
};

/** Who they are now that they are locked. */
export const partsOfTalk: Statement = {
  name: 'bot-parts',
  text: `
select c.id, c.rev, c.holder, c.holder_id as "holderId", c.holder_epoch as epoch, k.merged_into is null as "isRoot",
       coalesce(k.merged_into, k.id) as root, (extract(epoch from clock_timestamp()) * 1000)::float8 as now ${personOf}
order by c.id`,
};

const sessionColumns = `
s.id, s.conversation_id as "conversationId", s.version_id as "versionId", s.epoch, s.status, s.turn, s.state, s.channel_id as "channelId",
s.identity_id as "identityId", s.thread_id as "threadId", s.channel, s.locale, s.first_seq as "firstSeq", s.pins, s.ticket_id as "ticketId",
s.handed_off_at as "handedOffAt", s.taken_by as "takenBy"`;

/** Live sessions of conversations $1, the one that may speak first. */
export const liveSessions: Statement = {
  name: 'bot-live-sessions',
  text: `
select ${sessionColumns} from bot_session s
where s.conversation_id = any ($1::uuid[]) and s.status in ('active', 'waiting', 'handed_off')
order by s.status = 'handed_off', s.started_at desc, s.id for update`,
};

export const oneSession: Statement = {
  name: 'bot-session',
  text: `select ${sessionColumns} from bot_session s where s.id = $1 for update`,
};

/** The oldest thing that a bot has not answered yet in conversations $1. */
export const nextEvent: Statement = {
  name: 'bot-next-event',
  text: `
select e.position, e.conversation_id as "conversationId", e.session_id as "sessionId", e.key, e.kind, e.seq, e.payload, e.attempts,
       e.due_at <= clock_timestamp() as "isDue"
from bot_event e where e.conversation_id = any ($1::uuid[]) and e.state = 'ready' order by e.position limit 1 for update`,
};

/** What came behind something that is not due yet waits for it. Parameters: conversations, position. */
export const waitBehind: Statement = {
  name: 'bot-wait-behind',
  text: `
update bot_event e set due_at = first.due_at from bot_event first
where first.position = $2 and e.conversation_id = any ($1::uuid[]) and e.state = 'ready' and e.due_at < first.due_at`,
};

/** Parameters: position, state, session, conversations. @returns whether anything more is to be answered there. */
export const endEvent: Statement = {
  name: 'bot-end-event',
  text: `
update bot_event e set state = $2, session_id = coalesce($3, e.session_id), payload = '{}' where e.position = $1
returning exists (
  select 1 from bot_event o where o.conversation_id = any ($4::uuid[]) and o.state = 'ready' and o.position <> $1) as "isMore"`,
};

/** Conversations in which something waits for a bot. A clock that stands still for a statement is one that an index can be asked with. */
export const dueTalks: Statement = {
  name: 'bot-due-talks',
  text: `
select distinct e.conversation_id as id from (
  select conversation_id from bot_event where state = 'ready' and due_at <= now() order by due_at limit $1) e`,
};

/** Sessions whose time has come. */
export const dueSessions: Statement = {
  name: 'bot-due-sessions',
  text: `
select s.id, s.conversation_id as "conversationId" from bot_session s
where s.status in ('active', 'waiting', 'handed_off') and s.wake_at <= now() order by s.wake_at limit $1`,
};

/** How soon something is due, in milliseconds; null: nothing is. */
export const nextDue: Statement = {
  name: 'bot-next-due',
  text: `
select (extract(epoch from least(
  (select min(due_at) from bot_event where state = 'ready'),
  (select min(wake_at) from bot_session where status in ('active', 'waiting', 'handed_off') and wake_at is not null),
  (select min(due_at) from bot_effect where state in ('ready', 'running') and kind = 'lookup')) - clock_timestamp()) * 1000)::float8 as ms`,
};

/** Parameters: conversation, seq. */
export const heardMessage: Statement = {
  name: 'bot-heard-message',
  text: `
select m.id, m.conversation_id as "conversationId", m.seq, m.channel_id as "channelId", ch.kind as "channelKind", m.identity_id as "identityId",
       m.thread_id as "threadId", m.ticket_id as "ticketId", m.kind, m.body, m.content, m.redacted_at is not null as "isRedacted",
       array(select a.media_type from attachment a where a.conversation_id = m.conversation_id and a.seq = m.seq) as files,
       m.kind = 'call' and exists (select 1 from phone_call p where p.channel_id = m.channel_id and p.call_id = substr(m.external_id, 6)) as "isLine"
from message m join channel ch on ch.id = m.channel_id
where m.conversation_id = $1 and m.seq = $2`,
};

/** Parameters: id, conversation, version, channel, identity, thread, kind of channel, locale, first seq, pins, state. */
export const insertSession: Statement = {
  name: 'bot-insert-session',
  text: `
insert into bot_session (id, conversation_id, version_id, epoch, status, channel_id, identity_id, thread_id, channel, locale, first_seq, pins, state)
values ($1, $2, $3, 0, 'active', $4, $5, $6, $7, $8, $9, $10, $11)`,
};

/** Parameters: session, status, node, turn, state, wake at in milliseconds of the epoch, outcome. */
export const saveSession: Statement = {
  name: 'bot-save-session',
  text: `
update bot_session
set status = $2, node = $3, turn = $4, state = $5, wake_at = to_timestamp($6::float8 / 1000), outcome = $7,
    ended_at = case when $2 in ('ended', 'failed') then clock_timestamp() end
where id = $1`,
};

/** Parameters: session, turn, key, nodes, reply, took ms, event, node, option, missed. */
export const insertTurn: Statement = {
  name: 'bot-insert-turn',
  text: `
insert into bot_turn (session_id, turn, event_key, nodes, reply, took_ms, event, node, option, missed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

/** Parameters: session, turn, ordinal, kind, payload, state, whether it is waited for, node. */
export const insertEffect: Statement = {
  name: 'bot-insert-effect',
  text: `
insert into bot_effect (session_id, turn, ordinal, kind, payload, state, awaits, node, ended_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, case when $6 in ('done', 'failed') then clock_timestamp() end)`,
};

/** Parameters: type, conversation, session, agent, payload. */
export const botFact: Statement = {
  name: 'bot-fact',
  text: `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, $5)`,
};
