import { Injectable } from '@nestjs/common';
import { step, type BotEffect, type BotEvent, type BotHappening, type BotState, type StepResult } from '#bots';
import type { MessageContent } from '#channels';
import type { Transaction } from '../../database/database.js';
import { BotEffects, type EffectAnswer } from '../effects/bot-effects.service.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import { Misses } from '../teach/misses.service.js';
import { BotBeginnings } from './bot-beginnings.service.js';
import { insertEffect, insertTurn, saveSession, type HeardMessage, type SessionRow } from './bot-session.query.js';
import { BotSpeech, type Spoken } from './bot-speech.service.js';
import { BotWorlds } from './bot-worlds.service.js';
import type { LockedTalk } from './lock-talk.js';
import { redactHeard } from './redact-heard.query.js';

/** Something that a session hears, under the key that makes it heard once. */
export interface Heard {
  key: string;
  happening: BotHappening;
  /** Where the customer said it; absent where nobody did. */
  message?: Pick<HeardMessage, 'conversationId' | 'seq'>;
}

/** What came of it. `reply`: what was said, byte for byte the same for the same key; `mute`: why not all of it could be written. */
export interface Answered {
  session: SessionRow;
  talk: LockedTalk;
  reply: string;
  mute: string | null;
  /** Nothing of it happened now: it was heard before. */
  isRepeat: boolean;
}

/** A session in the middle of a transaction that holds its person. */
interface Turn {
  tx: Transaction;
  talk: LockedTalk;
  session: SessionRow;
  /** What the customer's message said about itself; mails of machines are not answered. */
  answered: MessageContent;
}

/** What follows from one step inside the hub can be heard at once; it ends somewhere, whatever a script says. */
const mostSteps = 60;

/** The script gives its own turn up: somebody else speaks with the person. */
export class FloorLost extends Error {}

/**
 * Takes turns: what a session hears leads, in one transaction, to its next state, to what it says, and to what the hub is to do for it.
 * Nothing here asks anything outside of the database.
 */
@Injectable()
export class BotTalk {
  constructor(
    private readonly catalogue: ScriptCatalogue,
    private readonly worlds: BotWorlds,
    private readonly speech: BotSpeech,
    private readonly effects: BotEffects,
    private readonly beginnings: BotBeginnings,
    private readonly misses: Misses,
  ) {}

  /** The person is locked, and the session is live. Throws FloorLost where somebody else speaks by now. */
  async hear(
    tx: Transaction,
    place: { talk: LockedTalk; session: SessionRow; answered: MessageContent },
    first: Heard,
  ): Promise<Answered> {
    const known = await replyTo(tx, place.session.id, first.key);
    if (known !== null) {
      return { ...place, reply: known, mute: null, isRepeat: true };
    }
    let turn: Turn = { tx, ...place };
    let mute: string | null = null;
    const replies: string[] = [];
    const waiting = [first];
    for (let count = 0; waiting.length > 0 && count < mostSteps; count++) {
      const taken = await this.take(turn, waiting.shift() as Heard);
      turn = taken.turn;
      mute ??= taken.mute;
      replies.push(taken.reply);
      waiting.push(...taken.answers.map(heardAnswer));
    }
    return { session: turn.session, talk: turn.talk, reply: replies[0] ?? '', mute, isRepeat: false };
  }

  private async take(
    before: Turn,
    heard: Heard,
  ): Promise<{ turn: Turn; reply: string; mute: string | null; answers: EffectAnswer[] }> {
    const startedAt = performance.now();
    const script = await this.catalogue.open(before.session.versionId, before.tx);
    const world = await this.worlds.read(before.tx, before.talk, before.session, script);
    const event: BotEvent = { ...heard.happening, at: world.now };
    const result = step(script, before.session.state, event, world);
    if (result.confidential && heard.message) {
      await redactHeard(before.tx, heard.message);
    }
    const turn = await this.takeFloorBack(before, result);
    const spoken = await this.say(turn, result);
    const reply = JSON.stringify(spoken.messages);
    const session = { ...turn.session, turn: turn.session.turn + 1, state: result.state };
    const tookMs = Math.round(performance.now() - startedAt);
    await this.record(turn, session, { heard, result, reply, now: world.now, tookMs });
    const done = await this.perform({ ...turn, session: { ...session, status: result.state.status } }, result.effects);
    return { turn: { ...turn, session: done.session }, reply, mute: spoken.refusal, answers: done.answers };
  }

  /** What goes on after people had it speaks again before it says anything. */
  private async takeFloorBack(turn: Turn, { state, effects }: StepResult): Promise<Turn> {
    const goesOn = turn.session.status === 'handed_off' && state.status !== 'handed_off';
    if (!goesOn) {
      return turn;
    }
    if (effects.some(({ kind }) => kind === 'withdraw')) {
      await this.effects.withdraw(turn.tx, turn.session);
    }
    await turn.tx.query(`update bot_session set status = 'active', handed_off_at = null where id = $1`, [
      turn.session.id,
    ]);
    const begun = await this.beginnings.takeFloor(turn.tx, turn.talk, turn.session.id);
    if (!begun) {
      throw new FloorLost('somebody else speaks with the person');
    }
    return { ...turn, ...begun };
  }

  private say({ tx, talk, session, answered }: Turn, { output }: StepResult): Promise<Spoken> {
    const epoch = talk.parts.find(({ id }) => id === session.conversationId)?.epoch ?? session.epoch;
    return this.speech.say(tx, session, output, { epoch, answered });
  }

  private async record(
    { tx, session: before }: Turn,
    session: SessionRow,
    {
      heard,
      result,
      reply,
      now,
      tookMs,
    }: { heard: Heard; result: StepResult; reply: string; now: number; tookMs: number },
  ): Promise<void> {
    const { state, walked, option, missed } = result;
    await tx.query(insertTurn, [
      session.id,
      session.turn,
      heard.key,
      walked.map(({ node }) => node),
      reply,
      tookMs,
      heard.happening.kind,
      before.state.node,
      option,
      missed,
    ]);
    const last = state.misses.at(-1);
    if (missed && last) {
      const { id: sessionId, versionId, locale, channel } = session;
      await this.misses.note(tx, { sessionId, versionId, node: last.node, text: last.text, locale, channel });
    }
    await tx.query(saveSession, [
      session.id,
      state.status,
      state.node,
      session.turn,
      JSON.stringify(state),
      dueAt(state, now),
      state.outcome,
    ]);
  }

  private async perform(
    { tx, talk, session: begun }: Turn,
    effects: readonly BotEffect[],
  ): Promise<{ session: SessionRow; answers: EffectAnswer[] }> {
    const answers: EffectAnswer[] = [];
    let session = begun;
    for (const [ordinal, effect] of effects.entries()) {
      const done = await this.effects.perform(tx, { talk, session }, effect);
      session = { ...session, ticketId: done.ticketId ?? session.ticketId };
      const { awaitsResult, node } = effect;
      const values = [effect.kind, JSON.stringify(done.payload), done.state, awaitsResult, node];
      await tx.query(insertEffect, [session.id, session.turn, ordinal, ...values]);
      if (done.answer) {
        answers.push(done.answer);
      }
    }
    return { session, answers };
  }
}

async function replyTo(tx: Transaction, sessionId: string, key: string): Promise<string | null> {
  const [known] = await tx.query<{ reply: string }>(
    'select reply from bot_turn where session_id = $1 and event_key = $2',
    [sessionId, key],
  );
  return known?.reply ?? null;
}

function heardAnswer({ effect, ...answer }: EffectAnswer): Heard {
  return { key: `result:${effect}`, happening: { kind: 'result', effect, ...answer } };
}

/** A time that has come and changed nothing does not come again. */
function dueAt({ status, wakeAt }: BotState, now: number): number | null {
  return status === 'ended' || wakeAt === null || wakeAt <= now ? null : wakeAt;
}
