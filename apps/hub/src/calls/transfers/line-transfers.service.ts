import { Injectable } from '@nestjs/common';
import type { AgentEndpoint, LineStep } from '#channels';
import { assign, changeTicket, holdTicket, offerTo } from '#tickets';
import { OfferTelling } from '../../automation/offers/offer-telling.service.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import type { Transaction } from '../../database/database.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { LineOffers } from '../work/line-offers.service.js';
import { moveCall } from '../work/line-standing.query.js';
import { LineStandings } from '../work/line-standings.service.js';
import { dropTransfer, isHandedOver, moveTransfer, type Transfer } from './transfers.query.js';

/** How long a phone outside rings, in seconds. */
const ringSecs = 30;

/** Callers who go on to somebody else, as their line comes for that. The person and the call are locked. */
@Injectable()
export class LineTransfers {
  constructor(
    private readonly offers: LineOffers,
    private readonly standings: LineStandings,
    private readonly tickets: TicketTelling,
    private readonly telling: OfferTelling,
  ) {}

  /**
   * The talk is over for whoever had it, and the work goes where it was handed to: asked of a colleague, in line in a queue, or, with a phone
   * outside, left to them as what is to be done after a call. Sets all of it on `call`.
   * @returns the ringing of a phone outside; nothing where people's side says what comes next.
   */
  async carryOut(tx: Transaction, call: PhoneCallRow): Promise<LineStep[]> {
    const [transfer] = await tx.query<Transfer & Record<string, unknown>>(moveTransfer, [call.id]);
    if (!transfer) {
      return [];
    }
    const steps = await (transfer.to === null
      ? this.goOn(tx, call, transfer)
      : this.ring(tx, call, transfer.id, transfer.to));
    const { id, phase, ticketId, legId, agentId, answeredAt } = call;
    await tx.query(moveCall, [id, phase, ticketId, legId, agentId, answeredAt, false]);
    return steps;
  }

  private async ring(tx: Transaction, call: PhoneCallRow, leg: string, to: AgentEndpoint): Promise<LineStep[]> {
    await this.offers.endTalk(tx, call);
    call.phase = 'ringing';
    return this.offers.ringOutside(tx, call, { leg, to, timeoutSecs: ringSecs });
  }

  private async goOn(tx: Transaction, call: PhoneCallRow, transfer: Transfer): Promise<LineStep[]> {
    await this.offers.endLeg(tx, call);
    Object.assign(call, { phase: 'waiting', legId: null, agentId: null });
    const standing = await this.standings.of(tx, call);
    if (standing !== null) {
      await this.handOver(tx, standing.ticketId, transfer);
    }
    return [];
  }

  /** Whether a leg's talk was handed over: what is told of it late is past. */
  async isPast(tx: Transaction, call: PhoneCallRow, leg: string): Promise<boolean> {
    return (await tx.query(isHandedOver, [call.id, leg])).length > 0;
  }

  /** They hung up first: nothing of the work has moved, and nothing will. */
  async drop(tx: Transaction, call: PhoneCallRow): Promise<void> {
    await tx.query(dropTransfer, [call.id]);
  }

  private async handOver(tx: Transaction, ticketId: string, transfer: Transfer): Promise<void> {
    const { askedBy: by, toAgentId: agentId } = transfer;
    await this.putInLine(tx, ticketId, transfer);
    if (agentId !== null) {
      // Whoever cannot have them any more leaves them in line, where routing finds somebody.
      const made = await offerTo(tx, { ticketId, agentId, by });
      if (made.outcome === 'offered') {
        this.telling.made(tx, made);
      }
    }
  }

  /** In the place that it had, whichever queue it waits in from now on. */
  private async putInLine(tx: Transaction, ticketId: string, { askedBy: by, toQueueId }: Transfer): Promise<void> {
    const held = await holdTicket(tx, ticketId);
    if (!held) {
      return;
    }
    if (toQueueId !== null && toQueueId !== held.queueId) {
      const change = await changeTicket(tx, { ticketId, version: held.version, queueId: toQueueId, by });
      if (change.outcome === 'changed') {
        await this.tickets.changed(tx, change.ticket, { ...change, by });
      }
      return;
    }
    const wish = { ticketId, agentId: null, expectedOwnerId: held.ownerId, by, withinCapacity: false } as const;
    const put = await assign(tx, { ...wish, endReason: 'transferred' });
    if (put.outcome === 'assigned' && put.ticket.ownerId !== null) {
      await this.tickets.assigned(tx, put.ticket, null, by);
    }
  }
}
