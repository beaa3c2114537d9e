import { Injectable } from '@nestjs/common';
import type { LineHappening, LineReply, LineStep } from '#channels';
import { failpoint } from '#failpoint';
import { lockTalkOf, type LockedTalk } from '../../bots/sessions/lock-talk.js';
import { Database, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { LineDecisions } from './line-decisions.service.js';
import { LineEndings } from './line-endings.service.js';
import { LineGrowth } from './line-growth.service.js';
import type { LineMoment } from './line-moment.js';
import { insertReply, readAbout, readReply, readSession, readSpoken, saveCall } from './line-reads.query.js';
import { endingIn } from './line-steps.js';
import { lockCall, type PhoneCallRow } from './phone-call.query.js';

/** While nothing can be decided the line asks again. */
const patience: LineStep = { again: { afterMs: 1_000 } };

/** The call of a line, and whose it is. */
export type CallPlace = Pick<PhoneCallRow, 'id' | 'conversationId'>;

type Held = (tx: Transaction, talk: LockedTalk, call: PhoneCallRow) => Promise<LineReply>;

/**
 * Answers lines: what the bot said since, or what people's side says, becomes the reply to a turn. Decided and written in one
 * transaction that holds the person, so that two who ask for the same turn get the same.
 */
@Injectable()
export class LineReplies {
  constructor(
    private readonly database: Database,
    private readonly decisions: LineDecisions,
    private readonly endings: LineEndings,
    private readonly growth: LineGrowth,
    private readonly live: LiveFeed,
  ) {}

  /** The reply to a turn, stored: a turn that was answered gets what it got, and one that never was the latest. */
  reply(place: CallPlace, turn: number, happening: LineHappening): Promise<LineReply> {
    return this.hold(place, async (tx, talk, call) => {
      const known = (await readReply(tx, call.id, turn)) ?? (turn === call.turn ? null : await latest(tx, call));
      if (known !== null) {
        return known;
      }
      const reply = await this.answer(tx, talk, call, happening);
      failpoint('line.before-commit');
      return reply;
    });
  }

  /** Takes in what asks for nothing. @returns the reply that the line has already. */
  notice(place: CallPlace, happening: LineHappening): Promise<LineReply> {
    return this.hold(place, async (tx, talk, call) => {
      await this.endings.notice(tx, talk, call, happening);
      return (await latest(tx, call)) ?? { turn: call.turn, steps: [patience] };
    });
  }

  /** A line whose person is gone is hung up. */
  private hold({ id, conversationId }: CallPlace, work: Held): Promise<LineReply> {
    return this.database.transaction(async (tx) => {
      const talk = await lockTalkOf(tx, conversationId);
      const call = talk && (await lockCall(tx, id));
      if (!talk || !call) {
        return { turn: 0, steps: [{ hangup: true }] };
      }
      this.live.movedBy(tx, talk.before);
      return work(tx, talk, call);
    });
  }

  private async answer(
    tx: Transaction,
    talk: LockedTalk,
    call: PhoneCallRow,
    happening: LineHappening,
  ): Promise<LineReply> {
    const session = await readSession(tx, call);
    const about = await readAbout(tx, call);
    const said = session ? await readSpoken(tx, session.id) : [];
    const { turn, saidTurn: before } = call;
    const moment = { tx, talk, call, session, said, about, happening, locale: session?.locale ?? about.locale };
    const { steps, phase, ticketId } = await this.decisions.decide(moment);
    const reply: LineReply = { turn: turn + 1, steps: endingIn(steps, { hangup: true }) };
    await tx.query(insertReply, [call.id, turn, JSON.stringify(keptOf(happening)), JSON.stringify(reply)]);
    const saidTurn = said.at(-1)?.turn ?? before;
    await tx.query(saveCall, [call.id, phase, reply.turn, saidTurn, session?.id ?? call.sessionId, ticketId]);
    await this.growPath(moment, saidTurn > before);
    return reply;
  }

  private async growPath({ tx, call, session }: LineMoment, isFurther: boolean): Promise<void> {
    const path = isFurther ? await this.growth.pathOf(tx, call, session) : undefined;
    if (path !== undefined) {
      await this.growth.grow(tx, call, { key: `path ${String(call.turn)}`, details: { path } });
    }
  }
}

function latest(tx: Transaction, call: PhoneCallRow): Promise<LineReply | null> {
  return readReply(tx, call.id, call.turn - 1);
}

/** What is kept of a happening: words and keys stand in their message. */
function keptOf(happening: LineHappening): Record<string, unknown> {
  switch (happening.kind) {
    case 'heard':
      return { kind: 'heard', by: happening.digits !== '' ? 'keys' : happening.speech !== '' ? 'words' : 'silence' };
    case 'recorded':
      return { kind: 'recorded', seconds: happening.seconds };
    case 'dialled':
    case 'arrived':
    case 'played':
    case 'held':
    case 'hung_up':
      return { ...happening };
  }
}
