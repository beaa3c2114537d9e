import { Injectable } from '@nestjs/common';
import { putOnLine } from '#tickets';
import { OfferTelling } from '../../automation/offers/offer-telling.service.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { BotTickets } from '../../bots/effects/bot-tickets.service.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { forgetTold, readStanding, ticketOfMessage, type LineStanding } from './line-standing.query.js';

/** Puts callers in line, as work that waits for a voice, and says where they stand. */
@Injectable()
export class LineStandings {
  constructor(
    private readonly tickets: TicketTelling,
    private readonly telling: OfferTelling,
    private readonly openings: BotTickets,
    private readonly bus: EventBus,
  ) {}

  /** The caller's work, as a voice: whatever it was before. Null where no queue is to have them. */
  async of(tx: Transaction, call: PhoneCallRow): Promise<LineStanding | null> {
    const known = call.ticketId ?? (await this.ticketOf(tx, call));
    call.ticketId = known !== null && (await this.putOn(tx, known)) ? known : await this.open(tx, call);
    return call.ticketId === null ? null : readStanding(tx, call.ticketId, call.conversationId);
  }

  private async putOn(tx: Transaction, ticketId: string): Promise<boolean> {
    const put = await putOnLine(tx, ticketId);
    if (put && put.now !== put.before) {
      await tx.query(forgetTold, [ticketId]);
      if (put.before.ownerId !== null) {
        await this.tickets.assigned(tx, put.before, null, null);
      } else {
        await this.telling.over(tx, put.before, null);
      }
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: put.now.queueId });
    }
    return put !== null;
  }

  private async ticketOf(tx: Transaction, { conversationId, seq }: PhoneCallRow): Promise<string | null> {
    const [row] = await tx.query<{ ticketId: string | null }>(ticketOfMessage, [conversationId, seq]);
    return row?.ticketId ?? null;
  }

  private async open(tx: Transaction, { conversationId, channelId, seq }: PhoneCallRow): Promise<string | null> {
    const ticketId = await this.openings.openOrdinary(tx, { conversationId, channelId, firstSeq: seq }, null);
    return ticketId !== null && (await this.putOn(tx, ticketId)) ? ticketId : null;
  }
}
