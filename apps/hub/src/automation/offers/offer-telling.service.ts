import { Injectable } from '@nestjs/common';
import type { OfferEndedFrame } from '#contract';
import type { HeldTicket, MadeOffers } from '#tickets';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { Log } from '../../platform/operations/log.js';
import { readLoad, readOffers } from './offer-views.query.js';

/** Tells agents what they are asked, how that ended, and what they hold. */
@Injectable()
export class OfferTelling {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {
    bus.on('load.moved', ({ agentId }) => this.tellLoad(agentId));
    bus.on('agent.available', ({ agentId }) => this.tellLoad(agentId));
  }

  /** Offers were made. */
  made(tx: Transaction, { offers, ticket }: MadeOffers): void {
    tx.afterCommit(() => {
      this.tellMade(offers.map(({ id }) => id)).catch((error: unknown) =>
        this.log.debug('An offer is seen when its agent looks.', { reason: String(error) }),
      );
    });
    offers.forEach(({ agentId }) => this.bus.emitAfterCommit(tx, 'load.moved', { agentId }));
    this.moved(tx, ticket);
  }

  /** Who is to have a ticket is another now: a caller who waits on the line goes where that leads. */
  moved(tx: Transaction, { id, work }: HeldTicket): void {
    if (work?.class === 'voice') {
      this.bus.emitAfterCommit(tx, 'voice.moved', { ticketId: id });
    }
  }

  /** An offer ended for its agent. */
  ended(tx: Transaction, agentId: string, frame: OfferEndedFrame): void {
    tx.afterCommit(() => this.live.toAgents([`agent:${agentId}`], 'offer.ended', frame));
    this.bus.emitAfterCommit(tx, 'load.moved', { agentId });
  }

  /**
   * Whatever was asked about a ticket is over, for it went to somebody (`winner`) or nowhere where it can be had. `ticket` is as it was
   * when it was locked.
   */
  async over(tx: Transaction, ticket: HeldTicket, winner: string | null): Promise<void> {
    const { work, assignment } = ticket;
    this.moved(tx, ticket);
    const asked = [...(work?.asked ?? []), ...(assignment?.state === 'offered' ? [assignment] : [])];
    if (asked.length === 0) {
      return;
    }
    const [name] = await tx.query<{ name: string }>('select name from agent where id = $1', [winner]);
    for (const { id, agentId } of asked) {
      this.ended(tx, agentId, endOf(id, agentId, winner, name?.name));
    }
  }

  private async tellMade(ids: string[]): Promise<void> {
    for (const { agentId, view } of await readOffers(this.database, ids)) {
      this.live.toAgents([`agent:${agentId}`], 'offer.made', view);
    }
  }

  private async tellLoad(agentId: string): Promise<void> {
    const load = await readLoad(this.database, agentId).catch(() => null);
    if (load) {
      this.live.toAgents([`agent:${agentId}`], 'load.changed', load);
    }
  }
}

function endOf(id: string, agentId: string, winner: string | null, name: string | undefined): OfferEndedFrame {
  if (winner === null) {
    return { id, outcome: 'revoked' };
  }
  return winner === agentId
    ? { id, outcome: 'accepted' }
    : { id, outcome: 'taken', ...(name !== undefined && { byName: name }) };
}
