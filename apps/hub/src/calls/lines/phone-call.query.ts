import type { Sql, Statement } from '#channels';

/**
 * Where a call is. `script`: a bot talks, or nobody yet · `waiting`: music and a place in line · `ringing`: one of us is rung · `talking` ·
 * `handing`: the two still talk, and the caller is to go on to somebody else · `recording`: the caller leaves a message · `survey`: asked how it was · `over`: the line was told to hang up, or has.
 */
export type CallPhase = 'script' | 'waiting' | 'ringing' | 'talking' | 'handing' | 'recording' | 'survey' | 'over';

/** A call that Peyk answers or makes. Its conversation, message and identity are set before anything of it is played. */
export interface PhoneCallRow {
  id: string;
  channelId: string;
  /** The provider's id of the call. */
  callId: string;
  conversationId: string;
  /** Of its message, of kind `call`. */
  seq: number;
  identityId: string;
  direction: 'in' | 'out';
  fromAddress: string;
  toAddress: string;
  phase: CallPhase;
  /** Of the latest reply. */
  turn: number;
  /** The turns of its session up to this one were played. */
  saidTurn: number;
  sessionId: string | null;
  ticketId: string | null;
  legId: string | null;
  agentId: string | null;
  consent: 'none' | 'announced' | 'granted' | 'refused';
  consentAt: Date | null;
  consentPrompt: string | null;
  /** What is said is recorded. */
  records: boolean;
  startedAt: Date;
  /** When one of us answered. */
  answeredAt: Date | null;
  endedAt: Date | null;
}

export const phoneCallColumns = `
p.id, p.channel_id as "channelId", p.call_id as "callId", p.conversation_id as "conversationId", p.seq, p.identity_id as "identityId",
p.direction, p.from_address as "fromAddress", p.to_address as "toAddress", p.phase, p.turn, p.said_turn as "saidTurn",
p.session_id as "sessionId", p.ticket_id as "ticketId", p.leg_id as "legId", p.agent_id as "agentId", p.consent, p.consent_at as "consentAt",
p.consent_prompt as "consentPrompt", p.records, p.started_at as "startedAt", p.answered_at as "answeredAt", p.ended_at as "endedAt"`;

const callOfLine: Statement = {
  name: 'phone-call-of-line',
  text: `
select ${phoneCallColumns} from phone_call p where p.channel_id = $1 and p.call_id = $2 and p.conversation_id is not null`,
};

/** The call on a line; null before it arrived. */
export async function findCall(sql: Sql, line: { channelId: string; callId: string }): Promise<PhoneCallRow | null> {
  const [row] = await sql.query<PhoneCallRow & Record<string, unknown>>(callOfLine, [line.channelId, line.callId]);
  return row ?? null;
}

const lockedCall: Statement = {
  name: 'phone-call-locked',
  text: `select ${phoneCallColumns} from phone_call p where p.id = $1 for update`,
};

/** The person's conversations are locked before it, as everywhere. */
export async function lockCall(sql: Sql, id: string): Promise<PhoneCallRow | null> {
  const [row] = await sql.query<PhoneCallRow & Record<string, unknown>>(lockedCall, [id]);
  return row ?? null;
}
