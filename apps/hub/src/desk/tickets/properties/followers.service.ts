import { Injectable } from '@nestjs/common';
import { followTicket, type FollowWish } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { readActor } from '../../../auth/read-actor.js';
import { Database, type Transaction } from '../../../database/database.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { invalid, notFound } from '../../../platform/errors/api-error.js';
import { TicketAccess } from '../ticket-access.service.js';

/** Agents who want to know of a ticket that is not theirs. Nobody follows what they may not read. */
@Injectable()
export class Followers {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly live: LiveFeed,
  ) {}

  async set(actor: Actor, ticketId: string, agentId: string, follows: boolean): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.access.check(tx, actor, ticketId);
      if (follows && !(await this.mayRead(tx, agentId, ticketId))) {
        throw invalid('agentId', 'This agent may not read the ticket.', 'may_not_read');
      }
      await this.follow(tx, { ticketId, agentId, follows, by: actor.id });
    });
  }

  /** Follows and tells, in the caller's transaction; whether they may read it is known already. */
  async follow(tx: Transaction, wish: FollowWish): Promise<void> {
    const result = await followTicket(tx, wish);
    switch (result.outcome) {
      case 'set':
        if (result.changed) {
          const { ticket } = result;
          const conversation = ticket.parts.find(({ isRoot }) => isRoot)?.id ?? ticket.conversationId;
          const frame = { ticketId: ticket.id, conversation, agentId: wish.agentId, follows: wish.follows };
          tx.afterCommit(() =>
            this.live.toAgents([`person:${conversation}`, `agent:${wish.agentId}`], 'ticket.followed', frame),
          );
        }
        return;
      case 'no_agent':
        throw invalid('agentId', 'There is no such agent.');
      case 'absent':
        throw notFound('This ticket');
    }
  }

  /** Whether an agent who is not the one that asks may read a ticket. */
  async mayRead(tx: Transaction, agentId: string, ticketId: string): Promise<boolean> {
    const reader = await readActor(tx, agentId);
    return reader !== null && (await this.access.keepReadable(tx, reader, [ticketId])).length > 0;
  }
}
