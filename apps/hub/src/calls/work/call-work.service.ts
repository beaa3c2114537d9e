import { Injectable } from '@nestjs/common';
import type { DialResult, LineStep } from '#channels';
import { abandonLine, keepPlace } from '#tickets';
import { OfferTelling } from '../../automation/offers/offer-telling.service.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LineGrowth } from '../lines/line-growth.service.js';
import type { CallPhase, PhoneCallRow } from '../lines/phone-call.query.js';
import { trialOf } from '../try/trial-line.js';
import { LineOffers } from './line-offers.service.js';
import { beginRound, moveCall, personIsServed, type LineStanding } from './line-standing.query.js';
import { LineStandings } from './line-standings.service.js';
import { LineWaiting } from './line-waiting.service.js';

/** How a leg went. `seconds`: how long the two talked, once that is over; null while they talk, and where nobody answered. */
export interface DialledLeg {
  leg: string;
  result: DialResult;
  seconds: number | null;
}

/**
 * Callers whom people are to have: they wait in line, are put through, and leave. The person's conversations and the call are locked by
 * the caller of these; what is written of the call is set on the row that was handed in as well.
 */
@Injectable()
export class CallWork {
  constructor(
    private readonly waiting: LineWaiting,
    private readonly offers: LineOffers,
    private readonly standings: LineStandings,
    private readonly telling: OfferTelling,
    private readonly growth: LineGrowth,
    private readonly bus: EventBus,
  ) {}

  /** What the line plays next: music and the caller's place, or somebody's phone. */
  async next(tx: Transaction, call: PhoneCallRow): Promise<LineStep[]> {
    const others = await tx.query(personIsServed, [call.conversationId, call.id]);
    if (others.length > 0) {
      // Two callers with one number, as a company has: one matter, one agent. The second hears music until the first is done.
      await this.move(tx, call, 'waiting');
      return this.waiting.music(call);
    }
    const standing = await this.standings.of(tx, call);
    if (standing === null) {
      await this.move(tx, call, 'over');
      return this.waiting.nobody('fa');
    }
    const { holder } = standing;
    if (call.phase === 'ringing' && holder?.id !== call.legId) {
      await this.offers.cancelled(tx, call);
    }
    if (holder !== null) {
      const rings = await this.offers.ring(tx, call, standing, {
        ...holder,
        isToldOf: this.waiting.tellsAnswers(call),
      });
      if (rings.length > 0) {
        await this.move(tx, call, 'ringing');
        return rings;
      }
      await this.offers.giveBack(tx, standing, holder);
    } else if (standing.isClosed) {
      await this.abandon(tx, call, 'over');
      return this.waiting.closed(standing.locale);
    }
    call.legId = null;
    call.agentId = null;
    await this.move(tx, call, 'waiting');
    await this.askAnew(tx, standing);
    return this.waiting.next(tx, call, standing);
  }

  /** A caller does not wait for those who are never rung again: where nobody else was found, it goes round from the beginning. */
  private async askAnew(tx: Transaction, { isRoundOver, workId, queueId }: LineStanding): Promise<void> {
    if (isRoundOver) {
      await tx.query(beginRound, [workId]);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    }
  }

  /** What the caller pressed while they waited: 1 is to be called back, once that was offered. '' is silence. */
  async heard(tx: Transaction, call: PhoneCallRow, digits: string): Promise<LineStep[]> {
    const standing = digits === '1' ? await this.standings.of(tx, call) : null;
    const agreed = standing?.wasOffered === true && (await this.waiting.request(tx, call, standing));
    if (!standing || !agreed) {
      return this.next(tx, call);
    }
    const kept = await keepPlace(tx, standing.ticketId);
    if (kept) {
      await this.telling.over(tx, kept, null);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: kept.queueId });
    }
    await this.move(tx, call, 'over');
    return agreed;
  }

  /** Somebody's phone rang: they took the call, or did not. Told again when the talk is over. */
  async dialled(tx: Transaction, call: PhoneCallRow, { leg, result, seconds }: DialledLeg): Promise<void> {
    if (result !== 'answered') {
      await this.offers.unanswered(tx, call, leg, result);
      call.legId = null;
      call.agentId = null;
      await this.move(tx, call, 'waiting');
      return;
    }
    if (call.phase === 'over') {
      await this.offers.talked(tx, call, leg);
      return;
    }
    if (call.phase !== 'talking' && call.phase !== 'handing') {
      await this.offers.answered(tx, call, leg);
      await this.move(tx, call, 'talking');
    }
    if (seconds !== null) {
      await this.offers.endTalk(tx, call);
      await this.move(tx, call, 'over');
    }
  }

  /** The caller hung up: while they talked, the talk is over; before that, nobody had them and somebody is to call them. */
  async left(tx: Transaction, call: PhoneCallRow): Promise<void> {
    if (call.phase === 'talking' || call.phase === 'handing') {
      await this.offers.endTalk(tx, call);
      return;
    }
    if ((call.phase !== 'waiting' && call.phase !== 'ringing') || trialOf(call.callId) === 'alone') {
      return;
    }
    await this.abandon(tx, call, call.phase);
  }

  /** Nobody had the caller, and nobody is to have them on this line: somebody is to call them. */
  private async abandon(tx: Transaction, call: PhoneCallRow, phase: CallPhase): Promise<void> {
    await this.offers.cancelled(tx, call);
    const ticket = call.ticketId === null ? null : await abandonLine(tx, call.ticketId);
    if (ticket) {
      await this.telling.over(tx, ticket, null);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    }
    const endedAt = new Date();
    const waitSeconds = Math.max(0, Math.round((endedAt.getTime() - call.startedAt.getTime()) / 1000));
    await this.move(tx, call, phase, true);
    await this.growth.grow(tx, call, {
      key: 'abandoned',
      state: 'ended',
      outcome: 'abandoned',
      endedAt,
      details: { waitSeconds },
    });
  }

  private async move(tx: Transaction, call: PhoneCallRow, phase: CallPhase, hasLeft = false): Promise<void> {
    call.phase = phase;
    const { id, ticketId, legId, agentId, answeredAt } = call;
    await tx.query(moveCall, [id, phase, ticketId, legId, agentId, answeredAt, hasLeft]);
  }
}
