import { Injectable } from '@nestjs/common';
import { lockPerson } from '#tickets';
import { GuardedAccess, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { Database, type Transaction } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';

/**
 * Work on one person: the right is checked, the conversation rows are locked before anything else is, and what moved is told after the
 * commit. Every change that agents make to a timeline goes through here.
 */
@Injectable()
export class PersonWork {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly live: LiveFeed,
  ) {}

  /** Throws notFound for a person that the actor may not read. */
  run<T>(
    actor: Actor,
    conversationId: string,
    work: (tx: Transaction, person: ReadablePerson) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      const person = await this.access.getPerson(actor, conversationId, tx);
      const parts = await lockPerson(tx, '$1::uuid', person.conversationId);
      const result = await work(tx, person);
      this.live.movedBy(tx, parts);
      return result;
    });
  }
}
