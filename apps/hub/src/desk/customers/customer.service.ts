import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, mergeCustomers, normaliseEmail, normalisePhone, undoMerge } from '#channels';
import { HubConfig } from '#config';
import type { CustomerView, Page } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import { hasRole, type Actor } from '../../auth/actor.js';
import { Database, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ConversationService, presentCustomer } from '../conversations/conversation.service.js';
import { fromCursor, toCursor } from '../cursor.js';
import type { ChangeCustomerDto, CustomerSearchDto, NewIdentityDto } from './customers.dto.js';
import { lockPeople, searchCustomers } from './customers.query.js';

/** What agents do with people: find them, name them, give them addresses, join two that are one and part them again. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly conversations: ConversationService,
    private readonly live: LiveFeed,
    private readonly config: HubConfig,
  ) {}

  async search(
    actor: Actor,
    { search, before, limit }: CustomerSearchDto,
  ): Promise<Page<CustomerView & { conversation: string }>> {
    const place = fromCursor(before);
    const rows = await this.database.query<{ id: string; conversation_id: string; cursor_at: string }>(
      searchCustomers,
      [
        actor.id,
        hasRole(actor, 'supervisor'),
        matchKey(search),
        search.trim().toLowerCase(),
        place.at,
        place.id,
        limit,
      ],
    );
    const last = rows.at(-1);
    return {
      rows: await Promise.all(
        rows.map(async (row) => ({
          ...(await this.viewOf(actor, row.conversation_id)),
          conversation: row.conversation_id,
        })),
      ),
      next: last && rows.length === limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  async change(actor: Actor, customerId: string, change: ChangeCustomerDto): Promise<CustomerView> {
    const person = await this.readable(actor, customerId);
    const name = change.name?.trim();
    await this.database.query(
      'update customer set name = coalesce($2, name), name_key = coalesce($3, name_key), locale = coalesce($4, locale) where id = $1',
      [person.customerId, name ?? null, name === undefined ? null : matchKey(name), change.locale ?? null],
    );
    return this.told(actor, person);
  }

  /** An address somebody typed is believed only as far as writing to it; one that is another customer's is refused by name of the rule. */
  async addIdentity(actor: Actor, customerId: string, { kind, address }: NewIdentityDto): Promise<CustomerView> {
    const person = await this.readable(actor, customerId);
    const normal = this.normalise(kind, address);
    const added = await this.database.query(
      `insert into identity (id, customer_id, kind, address, trust) values ($1, $2, $3, $4, 'unauthenticated') on conflict do nothing returning id`,
      [uuid(), person.customerId, kind, normal],
    );
    if (added.length === 0) {
      throw conflict(
        'address_taken',
        'This address already belongs to a customer. Merge the two if they are one person.',
        'address',
      );
    }
    return this.told(actor, person);
  }

  async merge(actor: Actor, customerId: string, into: string): Promise<CustomerView> {
    const loser = await this.readable(actor, customerId);
    const winner = await this.readable(actor, into);
    await this.database.transaction(async (tx) => {
      await this.lock(tx, [loser.customerId, winner.customerId]);
      const result = await mergeCustomers(tx, loser.customerId, winner.customerId, {
        actorId: actor.id,
        reasons: ['agent'],
      });
      if (result.outcome !== 'merged') {
        throw conflict('same_person', 'These two are one person already.', 'into');
      }
      const frame = { from: loser.conversationId, into: winner.conversationId };
      tx.afterCommit(() =>
        this.live.toAgents([`person:${frame.from}`, `person:${frame.into}`, 'overseers'], 'conversation.merged', frame),
      );
    });
    return this.viewOf(actor, winner.conversationId);
  }

  async undoMerge(actor: Actor, customerId: string): Promise<CustomerView> {
    const person = await this.readable(actor, customerId);
    await this.database.transaction(async (tx) => {
      await this.lock(tx, [person.customerId]);
      const { outcome } = await undoMerge(tx, customerId, actor.id);
      if (outcome === 'not_merged') {
        throw conflict('not_merged', 'This customer was not merged into another.');
      }
      const frame = { freed: await conversationOf(tx, customerId), from: person.conversationId };
      tx.afterCommit(() => this.live.toAgents([`person:${frame.from}`, 'overseers'], 'conversation.parted', frame));
    });
    return this.told(actor, await this.readable(actor, customerId));
  }

  private async lock(tx: Transaction, customers: string[]): Promise<void> {
    const parts = await tx.query<{ id: string; rev: number }>(lockPeople, [customers]);
    this.live.movedBy(tx, parts);
  }

  private async readable(actor: Actor, customerId: string): Promise<ReadablePerson> {
    const [row] = await this.database.query<{ id: string }>('select id from conversation where customer_id = $1', [
      customerId,
    ]);
    if (!row) {
      throw notFound('This customer');
    }
    return this.access.getPerson(actor, row.id);
  }

  private normalise(kind: 'email' | 'phone', address: string): string {
    const phone = kind === 'phone' ? normalisePhone(address, this.config.defaultCountry) : null;
    const normal = kind === 'email' ? normaliseEmail(address) : phone?.kind === 'phone' ? phone.e164 : null;
    if (normal === null) {
      throw invalid('address', kind === 'email' ? 'This is not a mail address.' : 'This is not a phone number.');
    }
    return normal;
  }

  private async told(actor: Actor, person: ReadablePerson): Promise<CustomerView> {
    const customer = await this.viewOf(actor, person.conversationId);
    this.live.toAgents([`person:${person.conversationId}`, 'overseers'], 'customer.changed', {
      conversation: person.conversationId,
      customer,
    });
    return customer;
  }

  private async viewOf(actor: Actor, conversationId: string): Promise<CustomerView> {
    return presentCustomer(await this.conversations.details(actor, await this.access.getPerson(actor, conversationId)));
  }
}

async function conversationOf(tx: Transaction, customerId: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>('select id from conversation where customer_id = $1', [customerId]);
  return (row as { id: string }).id;
}
