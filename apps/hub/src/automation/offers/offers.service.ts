import { Injectable } from '@nestjs/common';
import { storableText } from '#channels';
import type { LoadView, OfferView } from '#contract';
import { failpoint } from '#failpoint';
import { acceptOffer, declineOffer } from '#tickets';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { ApiError, conflict, notFound } from '../../platform/errors/api-error.js';
import { TicketTelling } from '../ticket-telling.service.js';
import { OfferTelling } from './offer-telling.service.js';
import { readLoad, readOffersTo } from './offer-views.query.js';

/** Where an accepted offer leads. */
export interface TakenOffer {
  ticketId: string;
  /** The person's, as the API knows them. */
  conversationId: string;
}

/** What agents answer to offers. */
@Injectable()
export class Offers {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketTelling,
    private readonly telling: OfferTelling,
    private readonly bus: EventBus,
  ) {}

  list(agentId: string): Promise<OfferView[]> {
    return readOffersTo(this.database, agentId);
  }

  async load(agentId: string): Promise<LoadView> {
    const load = await readLoad(this.database, agentId);
    if (!load) {
      throw notFound('This agent');
    }
    return load;
  }

  async accept(agentId: string, offerId: string): Promise<TakenOffer> {
    return this.database.transaction(async (tx) => {
      const result = await acceptOffer(tx, { offerId, agentId });
      if (result.outcome !== 'accepted') {
        throw await this.refusal(tx, result);
      }
      const { ticket } = result;
      if (ticket.ownerId !== agentId) {
        await this.tickets.assigned(tx, ticket, agentId, agentId);
      }
      failpoint('offer.before-commit');
      return {
        ticketId: ticket.id,
        conversationId: ticket.parts.find(({ isRoot }) => isRoot)?.id ?? ticket.conversationId,
      };
    });
  }

  async decline(agentId: string, offerId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const result = await declineOffer(tx, { offerId, agentId, reason: storableText(reason) });
      if (result.outcome !== 'declined') {
        throw await this.refusal(tx, result);
      }
      this.telling.ended(tx, agentId, { id: offerId, outcome: 'declined' });
      this.telling.moved(tx, result.ticket);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: result.ticket.queueId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
    });
  }

  private async refusal(tx: Transaction, refused: { outcome: string; ownerId?: string | null }): Promise<ApiError> {
    switch (refused.outcome) {
      case 'already_taken': {
        const [owner] = await tx.query<{ name: string }>('select name from agent where id = $1', [refused.ownerId]);
        return conflict('already_taken', `Already taken by ${owner?.name ?? 'nobody'}.`);
      }
      case 'full':
        return conflict('full', 'You have no room for it now. Finish something first.');
      case 'absent':
        return notFound('This offer');
      default:
        return new ApiError(410, 'offer_over', 'This offer is over.');
    }
  }
}
