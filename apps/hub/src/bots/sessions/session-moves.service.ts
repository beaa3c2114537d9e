import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/database.js';
import { HandOver } from '../effects/hand-over.service.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import { BotEndings } from './bot-endings.service.js';
import { botFact, oneSession, type HeardMessage, type SessionRow } from './bot-session.query.js';
import { deriveHolder, type LockedTalk } from './lock-talk.js';
import { scriptChannelOf } from './read-happening.js';

/** Why a session stopped to speak. `held`: people, or another bot, speak · `elsewhere`: the customer wrote where its script does not talk. */
export type LeaveReason = 'held' | 'elsewhere';

/** Whose word it is: which session goes on, moves along with its customer, or stops because somebody else speaks. */
@Injectable()
export class SessionMoves {
  constructor(
    private readonly catalogue: ScriptCatalogue,
    private readonly handOver: HandOver,
    private readonly endings: BotEndings,
  ) {}

  /** Sessions that believe to be talking while they are not: work came up, people were merged, or another bot was later. */
  async dropOthers(
    tx: Transaction,
    talk: LockedTalk,
    sessions: readonly SessionRow[],
    speaker: SessionRow | null,
  ): Promise<LockedTalk> {
    const isPeoples = talk.parts.some(({ holder }) => holder === 'agent' || holder === 'queue');
    const silent = sessions.filter(({ id, status }) => id !== speaker?.id && status !== 'handed_off');
    for (const session of silent) {
      await (isPeoples ? this.leave(tx, session, 'held') : this.endSilently(tx, talk, session));
    }
    // What was handed over and is over by now is no session any more: the next one may begin.
    const isOver = !isPeoples && speaker === null;
    for (const { id } of sessions.filter(({ status }) => isOver && status === 'handed_off')) {
      await tx.query(
        `update bot_session s set status = 'ended', ended_at = clock_timestamp(), wake_at = null, outcome = 'handed_off'
         where s.id = $1 and not exists (
             select 1 from ticket t where t.id = s.ticket_id and t.state not in ('solved', 'closed'))
           and not exists (select 1 from bot_event e where e.session_id = s.id and e.kind = 'resume' and e.state = 'ready')`,
        [id],
      );
    }
    return silent.length > 0 && speaker === null ? deriveHolder(tx, talk) : talk;
  }

  /** Another bot was later, or the word went away and came back to nobody: what it had begun is over. */
  private async endSilently(tx: Transaction, talk: LockedTalk, session: SessionRow): Promise<void> {
    await tx.query(
      `update bot_session set status = 'ended', ended_at = clock_timestamp(), wake_at = null, outcome = 'abandoned', reason = 'held' where id = $1`,
      [session.id],
    );
    const { id, conversationId, versionId } = session;
    await tx.query(botFact, [
      'bot.ended',
      conversationId,
      id,
      null,
      { versionId, outcome: 'abandoned', reason: 'held' },
    ]);
    await this.endings.grantAll(tx, { talk, session });
    await this.handOver.release(tx, session, null);
  }

  async leave(tx: Transaction, session: SessionRow, reason: LeaveReason): Promise<void> {
    const { id, conversationId, versionId, state } = session;
    await tx.query(
      `update bot_session set status = 'handed_off', wake_at = null, handed_off_at = clock_timestamp(), reason = $2 where id = $1`,
      [id, reason],
    );
    await tx.query(botFact, ['bot.handed_over', conversationId, id, null, { versionId, reason, node: state.node }]);
    await this.handOver.release(tx, session, null);
  }

  /** One of us wrote while a bot talked: what it had opened waits from now on, for whoever it was first. */
  async taken(tx: Transaction, sessionId: string | null): Promise<string | null> {
    const [session] = await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]);
    if (session?.status === 'handed_off') {
      await this.handOver.release(tx, session, null);
    }
    return sessionId;
  }

  /**
   * A session goes where its customer goes on writing, as far as its script speaks there.
   * @returns null where it does not.
   */
  async follow(tx: Transaction, session: SessionRow, message: HeardMessage): Promise<SessionRow | null> {
    const { channelId, identityId, conversationId } = message;
    const threadId = message.threadId ?? (session.channelId === channelId ? session.threadId : null);
    // Whoever is on the phone stays there: a line cannot be moved into writing, nor a chat onto a line.
    if (message.kind === 'call' || (session.channel === 'voice') !== (message.channelKind === 'phone')) {
      return null;
    }
    if (session.channelId === channelId && session.identityId === identityId && session.threadId === threadId) {
      return session;
    }
    const channel = scriptChannelOf(message.channelKind);
    const { channels } = await this.catalogue.open(session.versionId, tx);
    if (!channels.includes(channel) || conversationId !== session.conversationId) {
      return null;
    }
    await tx.query(
      'update bot_session set channel_id = $2, identity_id = $3, thread_id = $4, channel = $5 where id = $1',
      [session.id, channelId, identityId, threadId, channel],
    );
    return { ...session, channelId, identityId, threadId, channel, state: { ...session.state, channel } };
  }

  /** Somebody calls with whom a bot still talks elsewhere: what that had begun is over, and the call begins anew. */
  async giveWay(tx: Transaction, talk: LockedTalk, session: SessionRow): Promise<LockedTalk> {
    await this.endSilently(tx, talk, session);
    return deriveHolder(tx, talk);
  }

  /** A caller hung up whom people were to have: their script has nothing to wait for any more. */
  async stopWaiting(tx: Transaction, { conversationId, seq }: { conversationId: string; seq: number }): Promise<void> {
    await tx.query(
      `update bot_session set wake_at = null where conversation_id = $1 and first_seq = $2 and status = 'handed_off'`,
      [conversationId, seq],
    );
  }

  /** A session whose time has come, where it may still go on: as the speaker, or while nobody took what it handed over. */
  async due(tx: Transaction, sessionId: string): Promise<SessionRow | null> {
    const [due] = await tx.query<{ isTheirs: boolean; rings: boolean }>(
      `select exists (select 1 from work_item w where w.ticket_id = s.ticket_id and w.state = 'assigned') as "isTheirs",
         s.channel = 'voice' and exists (select 1 from work_item w where w.ticket_id = s.ticket_id and w.state = 'offered') as rings
       from bot_session s where s.id = $1 and s.wake_at <= clock_timestamp() and s.status in ('active', 'waiting', 'handed_off')`,
      [sessionId],
    );
    if (due?.rings === true) {
      // Somebody's phone rings for the caller at this moment: how that goes comes first.
      await tx.query(`update bot_session set wake_at = clock_timestamp() + interval '3 seconds' where id = $1`, [
        sessionId,
      ]);
      return null;
    }
    if (due?.isTheirs === true) {
      await tx.query('update bot_session set wake_at = null where id = $1', [sessionId]);
    }
    const [session] =
      due && !due.isTheirs ? await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]) : [];
    return session ?? null;
  }

  /** A session that people gave back, if nobody else has the word; its state still says that it was handed over. */
  async returned(tx: Transaction, sessionId: string): Promise<SessionRow | null> {
    const [session] = await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]);
    return session?.status === 'handed_off'
      ? { ...session, state: { ...session.state, status: 'handed_off', wakeAt: null } }
      : null;
  }
}
