import { Injectable } from '@nestjs/common';
import type { MessageContent } from '#channels';
import type { Transaction } from '../../database/database.js';
import { BotEndings } from './bot-endings.service.js';
import type { SessionRow } from './bot-session.query.js';
import { BotTalk, FloorLost, type Heard } from './bot-talk.service.js';
import type { LockedTalk } from './lock-talk.js';
import { SessionMoves } from './session-moves.service.js';

/** Lets sessions hear things, and sees to what follows: one that has ended, that could not speak, or that has not the word any more. */
@Injectable()
export class BotHearing {
  constructor(
    private readonly talks: BotTalk,
    private readonly endings: BotEndings,
    private readonly moves: SessionMoves,
  ) {}

  /** The person is locked. */
  async hear(
    { tx, talk }: { tx: Transaction; talk: LockedTalk },
    place: { session: SessionRow; answered: MessageContent },
    heard: Heard,
  ): Promise<void> {
    try {
      const answered = await this.talks.hear(tx, { talk, ...place }, heard);
      if (answered.mute !== null && answered.session.status !== 'handed_off') {
        // While the hub is waited for, it is the customer who was heard last.
        const isAsked = heard.happening.kind !== 'silence' || place.session.state.status === 'waiting';
        await this.endings.giveUp(tx, answered, { reason: answered.mute, isAsked });
      } else if (answered.session.status === 'ended' && !answered.isRepeat) {
        await this.endings.end(tx, answered);
      }
    } catch (error) {
      if (!(error instanceof FloorLost)) {
        throw error;
      }
      await this.moves.leave(tx, place.session, 'held');
    }
  }

  /** A session that may not, or cannot, go on. The person is locked. */
  giveUp(
    { tx, talk }: { tx: Transaction; talk: LockedTalk },
    session: SessionRow,
    why: { reason: string; isAsked: boolean },
  ): Promise<void> {
    return this.endings.giveUp(tx, { talk, session }, why);
  }
}
