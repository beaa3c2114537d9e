import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { CallLeg, DialResult, LineStep } from '#channels';
import { acceptOffer, assign, endVoice, holdTicket, missOffer, type HeldTicket, type Unanswered } from '#tickets';
import { OfferTelling } from '../../automation/offers/offer-telling.service.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { LineGrowth, type LineNews } from '../lines/line-growth.service.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { LineConsents } from './line-consents.service.js';
import type { LineStanding } from './line-standing.query.js';

/** A phone rings no shorter than this, even where an offer is nearly over: nobody reaches it sooner. In seconds. */
const leastRingSecs = 5;
/** And no longer, however long its offer stands by now. In seconds. */
const mostRingSecs = 60;
/** An offer outlives the ringing by this much: what came of it is for the provider to say, and the clock steps in where it does not. */
const graceSecs = 8;
/** How long a ringing may be a talk where the provider tells of it at the end only, in seconds: nobody else is asked meanwhile. */
const talkSecs = 4 * 3600;
/** How long the phone of somebody rings who took the ticket by hand while its caller waited, in seconds. */
const ownRingSecs = 20;

type Dial = Extract<LineStep, { dial: unknown }>['dial'];
type Holder = NonNullable<LineStanding['holder']>;

/** Somebody's phone, as an offer: ringing is asking, taking it up is yes, and everything else is no. */
@Injectable()
export class LineOffers {
  constructor(
    private readonly growth: LineGrowth,
    private readonly tickets: TicketTelling,
    private readonly telling: OfferTelling,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly consents: LineConsents,
  ) {}

  /** Rings the one who is asked. Sets leg and agent of `call`. */
  async ring(
    tx: Transaction,
    call: PhoneCallRow,
    standing: LineStanding,
    holder: Holder & { isToldOf: boolean },
  ): Promise<LineStep[]> {
    const { id, agentId, state, leftMs, phone, isToldOf } = holder;
    if (phone === null) {
      return [];
    }
    const timeoutSecs = state === 'offered' ? ringSecsOf(leftMs) : ownRingSecs;
    if (state === 'offered') {
      await tx.query(
        `update assignment set expires_at = greatest(expires_at, clock_timestamp() + $2 * interval '1 second') where id = $1 and state = 'offered'`,
        [id, timeoutSecs + (isToldOf ? graceSecs : talkSecs)],
      );
    }
    call.legId = id;
    call.agentId = agentId;
    const leg = { ...blankLeg(id, agentId), to: phone.address, startedAt: new Date().toISOString() };
    await this.grow(tx, call, `${id} ringing`, { details: { legs: [{ ...leg, outcome: 'ringing' }] } });
    const consent = await this.consents.before(tx, call, standing);
    const dial = { leg: id, to: phone, timeoutSecs, callerId: callerIdOf(call), record: consent.records };
    return [...consent.steps, { dial }];
  }

  /** Takes the ticket back from somebody who took it by hand and whom nothing can ring: others can. */
  async giveBack(tx: Transaction, { ticketId }: LineStanding, { agentId }: Holder): Promise<void> {
    await this.put(tx, ticketId, { from: agentId, to: null, by: null });
  }

  /** Rings a phone that is nobody's of ours. Sets leg and agent of `call`; what is said there is not recorded. */
  async ringOutside(
    tx: Transaction,
    call: PhoneCallRow,
    { leg: id, to, timeoutSecs }: Pick<Dial, 'leg' | 'to' | 'timeoutSecs'>,
  ): Promise<LineStep[]> {
    call.legId = id;
    call.agentId = null;
    call.records = false;
    await tx.query('update phone_call set records = false where id = $1', [call.id]);
    const leg = { ...blankLeg(id, null), to: to.address, startedAt: new Date().toISOString() };
    await this.grow(tx, call, `${id} ringing`, { details: { legs: [{ ...leg, outcome: 'ringing' }] } });
    return [{ dial: { leg: id, to, timeoutSecs, callerId: callerIdOf(call), record: false } }];
  }

  /** They took up their phone, whatever became of the offer meanwhile: the two talk. */
  async answered(tx: Transaction, call: PhoneCallRow, leg: string): Promise<void> {
    const agentId = await this.agentOf(tx, call, leg);
    if (agentId === null && call.legId !== leg) {
      return;
    }
    const before = agentId === null || call.ticketId === null ? null : await holdTicket(tx, call.ticketId);
    if (before && agentId !== null && before.ownerId !== agentId) {
      await this.accept(tx, before, { offerId: leg, agentId });
    }
    const now = new Date();
    call.legId = leg;
    call.agentId = agentId;
    call.answeredAt ??= now;
    await tx.query('update agent set talking_since = clock_timestamp(), missed_offers = 0 where id = $1', [agentId]);
    const answeredAt = now.toISOString();
    const waitSeconds = Math.max(0, Math.round((call.answeredAt.getTime() - call.startedAt.getTime()) / 1000));
    const legs = [{ ...blankLeg(leg, agentId), answeredAt, outcome: 'answered' as const }];
    await this.grow(tx, call, `${leg} answered`, { state: 'answered', details: { legs, waitSeconds } });
    if (agentId !== null) {
      this.tellAnswered(tx, call, before, agentId);
    }
  }

  /** A provider that tells only at the end: the caller has hung up by now, and had been talked to. The matter is whose who did. */
  async talked(tx: Transaction, call: PhoneCallRow, leg: string): Promise<void> {
    const agentId = await this.agentOf(tx, call, leg);
    if (agentId !== null && call.ticketId !== null) {
      await this.put(tx, call.ticketId, { from: null, to: agentId, by: agentId });
    }
    await this.grow(tx, call, `${leg} talked`, {
      details: { legs: [{ ...blankLeg(leg, agentId), outcome: 'answered' }] },
    });
  }

  /** Their phone was not taken up. Their offer counts as missed, and the caller goes on to the next. */
  async unanswered(
    tx: Transaction,
    call: PhoneCallRow,
    leg: string,
    result: Exclude<DialResult, 'answered'>,
  ): Promise<void> {
    const agentId = await this.agentOf(tx, call, leg);
    const legs = [{ ...blankLeg(leg, agentId), endedAt: new Date().toISOString(), outcome: result }];
    await this.grow(tx, call, `${leg} ${result}`, { details: { legs } });
    if (agentId === null || call.ticketId === null || result === 'cancelled') {
      return;
    }
    if (!(await this.miss(tx, call.ticketId, leg, result))) {
      await this.put(tx, call.ticketId, { from: agentId, to: null, by: agentId });
    }
  }

  /** The talk is over: what is left of the matter waits beside other calls. */
  async endTalk(tx: Transaction, call: PhoneCallRow): Promise<void> {
    if (call.ticketId !== null) {
      await this.calm(tx, call.ticketId);
    }
    await this.endLeg(tx, call);
  }

  /** Whoever talked does no longer. */
  async endLeg(tx: Transaction, call: PhoneCallRow): Promise<void> {
    const { legId, agentId } = call;
    if (legId === null) {
      return;
    }
    const legs = [{ ...blankLeg(legId, agentId), endedAt: new Date().toISOString(), outcome: 'answered' as const }];
    await this.grow(tx, call, `${legId} over`, { details: { legs } });
    if (agentId !== null) {
      await tx.query('update agent set talking_since = null where id = $1', [agentId]);
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
    }
  }

  /** No phone is to ring for a ticket any more; whoever has it or gets it has time. */
  async calm(tx: Transaction, ticketId: string): Promise<void> {
    const ticket = await endVoice(tx, ticketId);
    if (ticket && ticket.assignment?.state !== 'accepted') {
      await this.telling.over(tx, ticket, null);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    }
  }

  /** The caller hung up while somebody's phone rang. */
  async cancelled(tx: Transaction, call: PhoneCallRow): Promise<void> {
    if (call.legId !== null) {
      const legs = [
        { ...blankLeg(call.legId, call.agentId), endedAt: new Date().toISOString(), outcome: 'cancelled' as const },
      ];
      await this.grow(tx, call, `${call.legId} cancelled`, { details: { legs } });
    }
  }

  private async accept(
    tx: Transaction,
    before: HeldTicket,
    { offerId, agentId }: { offerId: string; agentId: string },
  ): Promise<void> {
    const yes = await acceptOffer(tx, { offerId, agentId });
    if (yes.outcome === 'accepted') {
      await this.tickets.assigned(tx, yes.ticket, agentId, agentId);
      return;
    }
    // The offer was over, or a colleague took the ticket; these two talk all the same, so it is theirs.
    await this.put(tx, before.id, { from: before.ownerId, to: agentId, by: agentId });
  }

  private async miss(tx: Transaction, ticketId: string, id: string, phone: Unanswered): Promise<boolean> {
    const missed = await missOffer(tx, { id, ticketId }, phone);
    if (missed) {
      this.telling.ended(tx, missed.agentId, { id, outcome: 'expired' });
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: missed.ticket.queueId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId: missed.agentId });
    }
    return missed !== null;
  }

  /** Somebody else got the ticket, or nobody: where it is not with `from` any more, nothing happens. */
  private async put(
    tx: Transaction,
    ticketId: string,
    { from, to, by }: { from: string | null; to: string | null; by: string | null },
  ): Promise<void> {
    const wish = { ticketId, agentId: to, expectedOwnerId: from, by, withinCapacity: false } as const;
    const placed = await assign(tx, { ...wish, endReason: to === null ? 'released' : 'transferred' });
    if (placed.outcome === 'assigned') {
      await this.tickets.assigned(tx, placed.ticket, to, by);
    }
  }

  /** Whose phone a leg was: a leg is an offer. */
  private async agentOf(tx: Transaction, call: PhoneCallRow, leg: string): Promise<string | null> {
    if (call.legId === leg && call.agentId !== null) {
      return call.agentId;
    }
    const [row] = isUuid(leg)
      ? await tx.query<{ agentId: string }>(
          `select a.agent_id as "agentId" from assignment a join work_item w on w.id = a.work_item_id where a.id = $1 and w.ticket_id = $2`,
          [leg, call.ticketId],
        )
      : [];
    return row?.agentId ?? null;
  }

  private async grow(tx: Transaction, call: PhoneCallRow, key: string, news: Omit<LineNews, 'key'>): Promise<void> {
    await this.growth.grow(tx, call, { ...news, key: `leg ${key}` });
  }

  private tellAnswered(tx: Transaction, call: PhoneCallRow, ticket: HeldTicket | null, agentId: string): void {
    const conversationId = ticket?.parts.find(({ isRoot }) => isRoot)?.id ?? call.conversationId;
    const frame = { conversationId, ticketId: ticket?.id ?? call.ticketId ?? '', phoneCallId: call.id };
    tx.afterCommit(() => this.live.toAgents([`agent:${agentId}`], 'call.answered', frame));
    this.bus.emitAfterCommit(tx, 'load.moved', { agentId });
  }
}

/** Whoever is rung sees who calls, where that is known. */
function callerIdOf({ fromAddress }: PhoneCallRow): string | null {
  return fromAddress.startsWith('+') ? fromAddress : null;
}

function ringSecsOf(leftMs: number): number {
  return Math.min(mostRingSecs, Math.max(leastRingSecs, Math.floor(leftMs / 1000)));
}

function blankLeg(id: string, agentId: string | null): CallLeg {
  return { id, to: '', agentId, startedAt: null, answeredAt: null, endedAt: null, outcome: null };
}
