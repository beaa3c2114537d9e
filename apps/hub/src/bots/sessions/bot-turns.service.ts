import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import type { BotHappening } from '#bots';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { Log } from '../../platform/operations/log.js';
import { BotHearing } from './bot-hearing.service.js';
import {
  endEvent,
  heardMessage,
  liveSessions,
  nextEvent,
  oneSession,
  waitBehind,
  type EventRow,
  type HeardMessage,
  type SessionRow,
} from './bot-session.query.js';
import type { Heard } from './bot-talk.service.js';
import { lockTalkOf, type LockedTalk } from './lock-talk.js';
import { readHappening } from './read-happening.js';
import { SessionMoves } from './session-moves.service.js';
import { UnheldMessages } from './unheld-messages.service.js';

/** Tries before something that a bot cannot answer is given to people. */
const maxTries = 3;
/** How long it waits for its next try, in seconds, by the number of those before. */
const waitSecs = [1, 5, 30];

/** A session rests a minute longer each time it fails. Parameter: the session. @returns whether it was tried often enough. */
const lateOrRested = `
update bot_session
set wake_at = clock_timestamp() + interval '1 minute',
    state = jsonb_set(state, '{failedWakes}', to_jsonb(coalesce((state ->> 'failedWakes')::int, 0) + 1))
where id = $1 and wake_at is not null and status in ('active', 'waiting', 'handed_off')
returning (state ->> 'failedWakes')::int >= ${String(maxTries)} as "isOver"`;

/** A person under lock, with who of the bots may speak with them. */
interface Scene {
  tx: Transaction;
  talk: LockedTalk;
  speaker: SessionRow | null;
}

/**
 * Answers what bots are to answer, one thing after the other for each person, each in a transaction of its own: the person is locked, a
 * session speaks only while the conversation is its own, and whatever no bot answers becomes work of people.
 */
@Injectable()
export class BotTurns {
  constructor(
    private readonly database: Database,
    private readonly hearing: BotHearing,
    private readonly unheld: UnheldMessages,
    private readonly moves: SessionMoves,
    private readonly live: LiveFeed,
    private readonly log: Log,
  ) {}

  /** Answers everything that waits in a person's conversation, oldest first. */
  async drain(conversationId: string): Promise<void> {
    let isMore = true;
    while (isMore) {
      isMore = await this.answerNext(conversationId);
    }
  }

  /** Nobody said anything for as long as a session wanted to wait. What fails is tried again after a minute. */
  async wake(sessionId: string, conversationId: string): Promise<void> {
    try {
      await this.database.transaction((tx) => this.hearSilence(tx, sessionId, conversationId));
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('A bot could not go on.', { reason: String(error), session: sessionId });
      await this.restOrGiveUp(sessionId, conversationId);
    }
  }

  /** Somebody may wait for it: what cannot go on is given up once it is some minutes late. */
  private async restOrGiveUp(sessionId: string, conversationId: string): Promise<void> {
    const [late] = await this.database.query<{ isOver: boolean }>(lateOrRested, [sessionId]);
    if (late?.isOver !== true) {
      return;
    }
    await this.database.transaction(async (tx) => {
      const scene = await this.enter(tx, conversationId);
      const [session] = await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]);
      if (scene && session && session.status !== 'ended' && session.status !== 'failed') {
        await this.hearing.giveUp(scene, session, { reason: 'broken', isAsked: session.status === 'waiting' });
      }
    });
  }

  private async hearSilence(tx: Transaction, sessionId: string, conversationId: string): Promise<void> {
    const scene = await this.enter(tx, conversationId);
    const session = scene && (await this.moves.due(tx, sessionId));
    if (scene && session) {
      const heard: Heard = { key: `timer:${String(session.turn)}`, happening: { kind: 'silence' } };
      await this.hearing.hear(scene, { session, answered: {} }, heard);
    }
  }

  /** @returns whether there may be more. */
  private async answerNext(conversationId: string): Promise<boolean> {
    const taken: { event: EventRow | null } = { event: null };
    try {
      return await this.database.transaction(async (tx) => {
        const scene = await this.enter(tx, conversationId);
        const ids = scene?.talk.parts.map(({ id }) => id) ?? [];
        const [event] = await tx.query<EventRow & Record<string, unknown>>(nextEvent, [ids]);
        taken.event = event ?? null;
        if (!scene || !event?.isDue) {
          await tx.query(waitBehind, [ids, event?.position ?? 0]);
          return false;
        }
        const sessionId = await this.answer(scene, event);
        const [ended] = await tx.query<{ isMore: boolean }>(endEvent, [event.position, 'done', sessionId, ids]);
        failpoint('bot.before-commit');
        return ended?.isMore === true;
      });
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      return await this.fail(conversationId, taken.event, error);
    }
  }

  private async enter(tx: Transaction, conversationId: string): Promise<Scene | null> {
    const talk = await lockTalkOf(tx, conversationId);
    if (!talk) {
      return null;
    }
    this.live.movedBy(tx, talk.before);
    const sessions = await tx.query<SessionRow & Record<string, unknown>>(liveSessions, [
      talk.parts.map(({ id }) => id),
    ]);
    const speaker = sessions.find((session) => maySpeak(talk, session)) ?? null;
    return { tx, talk: await this.moves.dropOthers(tx, talk, sessions, speaker), speaker };
  }

  private answer(scene: Scene, event: EventRow): Promise<string | null> {
    switch (event.kind) {
      case 'message':
        return this.answerMessage(scene, event);
      case 'result':
        return this.answerResult(scene, event);
      case 'resume':
        return this.answerReturn(scene, event);
      case 'taken':
        return this.moves.taken(scene.tx, event.sessionId);
      case 'stopped':
        return this.answerStop(scene, event);
      case 'line':
        return this.answerLine(scene, event);
    }
  }

  private async answerMessage(scene: Scene, event: EventRow): Promise<string | null> {
    const { tx, speaker } = scene;
    if (event.sessionId !== null) {
      return event.sessionId;
    }
    const [message] = await tx.query<HeardMessage & Record<string, unknown>>(heardMessage, [
      event.conversationId,
      event.seq,
    ]);
    if (!message || message.isRedacted || message.ticketId !== null) {
      return null;
    }
    if (speaker && message.isLine) {
      return this.begin({ ...scene, talk: await this.moves.giveWay(tx, scene.talk, speaker) }, message, event.key);
    }
    const session = speaker && (await this.moves.follow(tx, speaker, message));
    if (session) {
      const happening = readHappening(session.id, message);
      await this.hearing.hear(scene, { session, answered: message.content }, { key: event.key, happening, message });
      return session.id;
    }
    if (speaker) {
      await this.moves.leave(tx, speaker, 'elsewhere');
      await this.unheld.giveMessage(tx, scene.talk, message);
      return null;
    }
    return this.begin(scene, message, event.key);
  }

  /** The first words begin a script, and answer its first question where they plainly do. */
  private async begin(scene: Scene, message: HeardMessage, key: string): Promise<string | null> {
    const begun = await this.unheld.place(scene.tx, scene.talk, message);
    if (!begun) {
      return null;
    }
    const happening = readHappening(begun.session.id, message);
    const first: BotHappening = happening.kind === 'text' ? happening : { kind: 'start' };
    const place = { session: begun.session, answered: message.content };
    await this.hearing.hear({ ...scene, ...begun }, place, { key, happening: first, message });
    return begun.session.id;
  }

  private async answerResult(scene: Scene, { sessionId, key, payload }: EventRow): Promise<string | null> {
    const { speaker } = scene;
    if (speaker?.id === sessionId && speaker !== null) {
      const happening = payload['happening'] as BotHappening;
      await this.hearing.hear(scene, { session: speaker, answered: {} }, { key, happening });
    }
    return sessionId;
  }

  /** What a line told without words. Whoever hung up is not waited for. */
  private async answerLine(scene: Scene, { key, payload, conversationId }: EventRow): Promise<string | null> {
    const { happening, seq } = payload as { happening: BotHappening; seq: number };
    const { speaker } = scene;
    if (speaker?.conversationId === conversationId && speaker.firstSeq === seq) {
      await this.hearing.hear(scene, { session: speaker, answered: {} }, { key, happening });
      return speaker.id;
    }
    if (happening.kind === 'hangup') {
      await this.moves.stopWaiting(scene.tx, { conversationId, seq });
    }
    return null;
  }

  /** Whoever wants to hear nothing more is not talked with, and need not say so twice. */
  private async answerStop({ tx, talk, speaker }: Scene, { sessionId }: EventRow): Promise<string | null> {
    // Whoever is on the line is asked nothing in writing, and speaks on.
    if (speaker !== null && speaker.id === sessionId && speaker.channel !== 'voice') {
      await this.hearing.giveUp({ tx, talk }, speaker, { reason: 'opted_out', isAsked: false });
    }
    return sessionId;
  }

  private async answerReturn(scene: Scene, { sessionId, key }: EventRow): Promise<string | null> {
    const session = sessionId === null ? null : await this.moves.returned(scene.tx, sessionId);
    if (session) {
      await this.hearing.hear(scene, { session, answered: {} }, { key, happening: { kind: 'resume' } });
    }
    return sessionId;
  }

  /** Whatever fails rests before it is tried again: nobody else waits for it, and it is not tried without end at once. */
  private async fail(conversationId: string, event: EventRow | null, error: unknown): Promise<boolean> {
    try {
      if (event === null) {
        throw error;
      }
      return await this.putOff(event, error);
    } catch (reason) {
      await this.database.query(
        `update bot_event set due_at = clock_timestamp() + interval '10 seconds'
         where conversation_id = $1 and state = 'ready' and due_at <= clock_timestamp()`,
        [conversationId],
      );
      throw reason;
    }
  }

  /** What fails again and again is given to people; until then whatever came behind it waits, for it must not overtake. */
  private async putOff(event: EventRow, error: unknown): Promise<boolean> {
    const tries = event.attempts + 1;
    this.log.warn('A bot could not answer.', { reason: String(error), event: event.key, tries });
    if (tries < maxTries) {
      await this.database.query(
        `update bot_event set attempts = $2, due_at = clock_timestamp() + $3 * interval '1 second' where position = $1 and state = 'ready'`,
        [event.position, tries, waitSecs[event.attempts] ?? 30],
      );
      return false;
    }
    await this.database.transaction(async (tx) => {
      const scene = await this.enter(tx, event.conversationId);
      if (scene) {
        await this.unheld.giveToPeople(tx, scene, event);
      }
      await tx.query(endEvent, [event.position, 'failed', null, []]);
    });
    return true;
  }
}

/** A session may speak while its conversation says so, in the epoch in which it was given the word. */
function maySpeak({ parts }: LockedTalk, { id, conversationId, epoch, status }: SessionRow): boolean {
  const part = parts.find((one) => one.id === conversationId);
  return status !== 'handed_off' && part?.holder === 'bot' && part.holderId === id && part.epoch === epoch;
}
