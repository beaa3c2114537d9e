import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import type { BotHappening } from '#bots';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Log } from '../../platform/operations/log.js';
import { SecretBox } from '../../platform/secret-box.js';
import { ConnectorCalls } from '../scripts/connector-calls.service.js';
import { argsPlace } from './bot-effects.service.js';

/** A lookup that this process may make, until its lease ends. */
interface ClaimedLookup {
  sessionId: string;
  conversationId: string;
  turn: number;
  ordinal: number;
  attempts: number;
  payload: { id: string; ref: string; timeoutMs: number; retries: number; sealed: string };
}

type Answer = Awaited<ReturnType<ConnectorCalls['call']>>;

/** Longer than a lookup may take with everything around it; whoever holds it then is gone. */
const leaseSecs = 60;
const longestMs = 30_000;
const most = 20;

const claim = `
update bot_effect e
set state = 'running', attempts = e.attempts + 1, due_at = clock_timestamp() + ${String(leaseSecs)} * interval '1 second'
from (select session_id, turn, ordinal from bot_effect
      where kind = 'lookup' and state in ('ready', 'running') and due_at <= now()
      order by due_at limit $1 for update skip locked) due, bot_session s
where e.session_id = due.session_id and e.turn = due.turn and e.ordinal = due.ordinal and s.id = e.session_id
returning e.session_id as "sessionId", s.conversation_id as "conversationId", e.turn, e.ordinal, e.attempts, e.payload`;

/** What was sent is not kept. Nothing happens where the lease was lost and somebody else was first. */
const settle = `
update bot_effect
set state = $5, result = $6, ended_at = clock_timestamp(), payload = payload - 'sealed'
where session_id = $1 and turn = $2 and ordinal = $3 and state = 'running' and attempts = $4 returning session_id`;

/** Sets free what is to be tried again after a while. */
const again = `
update bot_effect set state = 'ready', due_at = clock_timestamp() + $5 * interval '1 second'
where session_id = $1 and turn = $2 and ordinal = $3 and state = 'running' and attempts = $4`;

/**
 * Asks connectors what scripts want to know, outside of any transaction. A lookup is claimed with a lease, called under a key of its own
 * so that a second call after a crash can be told from a new one, and its answer is a due row like a message.
 */
@Injectable()
export class Lookups {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorCalls,
    private readonly box: SecretBox,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  /** Makes those that are due. @returns the conversations in which something can be answered now. */
  async makeDue(): Promise<string[]> {
    const claimed = await this.database.query<ClaimedLookup & Record<string, unknown>>(claim, [most]);
    const answered = await Promise.all(claimed.map((lookup) => this.make(lookup)));
    return answered.filter((id) => id !== null);
  }

  private async make(lookup: ClaimedLookup): Promise<string | null> {
    const { sessionId, turn, ordinal, attempts, conversationId, payload } = lookup;
    this.bus.emit('agent.typing', { conversation: conversationId });
    const answer = await this.ask(lookup);
    failpoint('bot.lookup-answered');
    if (!answer.ok && answer.error !== 'absent' && answer.error !== 'refused' && attempts <= payload.retries) {
      await this.database.query(again, [sessionId, turn, ordinal, attempts, attempts]);
      return null;
    }
    await this.database.transaction(async (tx) => {
      const held = await tx.query(settle, [
        sessionId,
        turn,
        ordinal,
        attempts,
        answer.ok ? 'done' : 'failed',
        JSON.stringify(answer.ok ? { ok: true } : answer),
      ]);
      if (held.length > 0) {
        const happening: BotHappening = { kind: 'result', effect: payload.id, ...answer };
        await tx.query(
          `insert into bot_event (conversation_id, session_id, key, kind, payload) values ($1, $2, $3, 'result', $4) on conflict do nothing`,
          [conversationId, sessionId, `result:${sessionId}:${payload.id}`, JSON.stringify({ happening })],
        );
        this.bus.emitAfterCommit(tx, 'bot.asked', {});
      }
    });
    return conversationId;
  }

  private async ask({ sessionId, turn, ordinal, payload }: ClaimedLookup): Promise<Answer> {
    const idempotencyKey = `${sessionId}:${String(turn)}:${String(ordinal)}`;
    try {
      const args = JSON.parse(this.box.open(Buffer.from(payload.sealed, 'base64'), argsPlace(sessionId))) as Record<
        string,
        unknown
      >;
      const timeoutMs = Math.min(payload.timeoutMs, longestMs);
      return await this.connectors.call(payload.ref, args, { timeoutMs, idempotencyKey });
    } catch (error) {
      this.log.warn('A lookup could not be made.', { reason: String(error), connector: payload.ref });
      return { ok: false, error: 'failed' };
    }
  }
}
