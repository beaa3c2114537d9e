import { Injectable } from '@nestjs/common';
import { GuardedAccess, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { Database, type Transaction } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { notFound } from '../platform/errors/api-error.js';
import { lockPeople } from '../database/lock-people.js';

/** Tries before giving up on people who are merged and parted faster than they can be locked. */
const maxTries = 20;

/** Locks every conversation row of the people that the given conversations belong to, by id. Parameter: conversations. */
const lockThem = lockPeople(
  'in (select coalesce(k.merged_into, k.id) from customer k join conversation here on here.customer_id = k.id where here.id = any ($1::uuid[]))',
);

/**
 * Work on people: their conversation rows are locked before anything is read, rights and rows are read under the lock, and what moved
 * is told after the commit. Every change that agents make to a timeline goes through here.
 *
 * Who belongs to a person may change while the lock is waited for. Whoever merges or parts people holds a row of each, so what is read
 * under the lock stays true; where it shows a row that is not locked, everything starts over, because locking it now would be out of
 * the order that all writers keep.
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
    return this.runAll(actor, [conversationId], (tx, [person]) => work(tx, person as ReadablePerson));
  }

  /** The same for several people at once; they come in the order of the conversations, and two may be one person by now. */
  async runAll<T>(
    actor: Actor,
    conversationIds: string[],
    work: (tx: Transaction, people: ReadablePerson[]) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((tx) => this.runLocked(tx, actor, conversationIds, work));
      } catch (error) {
        if (!(error instanceof PeopleMoved) || attempt === maxTries) {
          throw error;
        }
      }
    }
  }

  private async runLocked<T>(
    tx: Transaction,
    actor: Actor,
    conversationIds: string[],
    work: (tx: Transaction, people: ReadablePerson[]) => Promise<T>,
  ): Promise<T> {
    const locked = await tx.query<{ id: string; rev: number }>(lockThem, [conversationIds]);
    const found = await this.access.listPersons(actor, conversationIds, tx);
    const people = conversationIds.map((id) => found.find(({ wanted }) => wanted === id)?.person);
    if (people.some((person) => person === undefined)) {
      throw notFound('This conversation');
    }
    const readable = people as ReadablePerson[];
    if (!readable.every(({ parts }) => parts.every(({ id }) => locked.some((row) => row.id === id)))) {
      throw new PeopleMoved('people were merged while their rows were waited for');
    }
    const result = await work(tx, readable);
    this.live.movedBy(tx, locked);
    return result;
  }
}

class PeopleMoved extends Error {}
