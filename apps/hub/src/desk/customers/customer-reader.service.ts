import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { CustomerView } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ConversationService, presentCustomer } from '../conversations/conversation.service.js';

/** Customers by any id they ever had: one who was merged is read as the person they belong to now. */
@Injectable()
export class CustomerReader {
  /** What is told of a person now: the next waits for it, so that an older view never comes after a newer one. */
  private readonly telling = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly conversations: ConversationService,
    private readonly live: LiveFeed,
  ) {}

  /** Throws notFound for a customer that is not there, and for one that the actor may not read. */
  async getReadable(actor: Actor, customerId: string): Promise<ReadablePerson> {
    return this.access.getPerson(actor, await this.conversationOf(customerId));
  }

  async conversationOf(customerId: string, sql: Sql = this.database): Promise<string> {
    const [row] = await sql.query<{ id: string }>('select id from conversation where customer_id = $1', [customerId]);
    if (!row) {
      // In the words for one who is there and not theirs: the two must not be told apart.
      throw notFound('This conversation');
    }
    return row.id;
  }

  async view(actor: Actor, conversationId: string): Promise<CustomerView> {
    return presentCustomer(await this.conversations.details(actor, await this.access.getPerson(actor, conversationId)));
  }

  /** The first of the people that the actor may read. Throws notFound when that is none of them. */
  async viewFirst(actor: Actor, conversationIds: string[]): Promise<CustomerView> {
    const readable = await this.access.listPersons(actor, conversationIds);
    const first = conversationIds.find((id) => readable.some(({ wanted }) => wanted === id));
    if (first === undefined) {
      throw notFound('This customer');
    }
    return this.view(actor, first);
  }

  /** The person as they are now, told to everybody who has them open. */
  async tell(actor: Actor, conversationId: string): Promise<CustomerView> {
    const person = await this.access.getPerson(actor, conversationId);
    const key = person.conversationId;
    const told = (this.telling.get(key) ?? Promise.resolve()).then(() => this.tellNow(actor, person));
    const settled = told.catch(() => undefined);
    this.telling.set(key, settled);
    await settled;
    if (this.telling.get(key) === settled) {
      this.telling.delete(key);
    }
    return told;
  }

  private async tellNow(actor: Actor, person: ReadablePerson): Promise<CustomerView> {
    const customer = presentCustomer(await this.conversations.details(actor, person));
    this.live.toAgents([`person:${person.conversationId}`, 'overseers'], 'customer.changed', {
      conversation: person.conversationId,
      customer,
    });
    return customer;
  }
}
