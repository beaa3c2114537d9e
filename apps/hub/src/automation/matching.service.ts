import { Injectable } from '@nestjs/common';
import { matchWork } from '#tickets';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { OfferTelling } from './offers/offer-telling.service.js';
import { TicketTelling } from './ticket-telling.service.js';

/** Refusals in a row after which a queue is left to the next event or sweep: others are at work on the same rows. */
const maxRefusals = 20;

/** Matches waiting work with agents, one piece in a transaction, and tells whom it went to. */
@Injectable()
export class Matching {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketTelling,
    private readonly offers: OfferTelling,
  ) {}

  /** Matches all that can be matched in a queue, until nothing can or `isOver` says so. */
  async matchAll(queueId: string, isOver: () => boolean): Promise<void> {
    for (let refusals = 0; refusals < maxRefusals && !isOver();) {
      const outcome = await this.matchOne(queueId);
      if (outcome === 'nothing') {
        return;
      }
      refusals = outcome === 'matched' ? 0 : refusals + 1;
    }
  }

  /** 'refused': what was picked changed before the locks were had, and may be picked anew. */
  async matchOne(queueId: string): Promise<'matched' | 'refused' | 'nothing'> {
    failpoint('routing.before-match');
    const outcome = await this.database.transaction(async (tx) => {
      const result = await matchWork(tx, queueId);
      if (result?.outcome === 'assigned') {
        await this.tickets.assigned(tx, result.ticket, result.agentId, null);
      }
      if (result?.outcome === 'offered') {
        this.offers.made(tx, result);
      }
      return result?.outcome ?? null;
    });
    failpoint('routing.after-match');
    if (outcome === null) {
      return 'nothing';
    }
    return outcome === 'assigned' || outcome === 'offered' ? 'matched' : 'refused';
  }
}
