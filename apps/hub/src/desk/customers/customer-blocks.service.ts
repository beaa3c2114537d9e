import { Injectable } from '@nestjs/common';
import type { CustomerView } from '#contract';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import type { Transaction } from '../../database/database.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import { everybodyOf } from './customers.query.js';

const blockAll = `
update customer set blocked_at = clock_timestamp(), blocked_by = $2, blocked_why = $3
where id in ${everybodyOf} and blocked_at is null returning id`;

/** $2: only those who were blocked for this reason; null: for any. */
const unblockAll = `
update customer set blocked_at = null, blocked_by = null, blocked_why = ''
where id in ${everybodyOf} and blocked_at is not null and ($2::text is null or blocked_why = $2) returning id`;

/** Blocking a person: what they write is stored and flagged, opens nothing and wakes nobody, until somebody unblocks them. */
@Injectable()
export class CustomerBlocks {
  constructor(
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
  ) {}

  /** Blocks everybody of the person. Again changes nothing: the first reason stays. */
  block(actor: Actor, customerId: string, reason: string): Promise<CustomerView> {
    return this.set(actor, customerId, (tx, person) => this.blockWithin(tx, actor, person, reason));
  }

  unblock(actor: Actor, customerId: string): Promise<CustomerView> {
    return this.set(actor, customerId, (tx, person) => this.unblockWithin(tx, actor, person, null));
  }

  /** The same in the transaction of whoever works on the person; they tell it. @returns whether anybody was blocked by it. */
  async blockWithin(tx: Transaction, actor: Actor, person: ReadablePerson, reason: string): Promise<boolean> {
    const changed = await tx.query<{ id: string }>(blockAll, [person.customerId, actor.id, reason.trim()]);
    return record(tx, actor, person, { action: 'customer.blocked', changed });
  }

  /** `why`: frees only those who were blocked for this reason. */
  async unblockWithin(tx: Transaction, actor: Actor, person: ReadablePerson, why: string | null): Promise<boolean> {
    const changed = await tx.query<{ id: string }>(unblockAll, [person.customerId, why]);
    return record(tx, actor, person, { action: 'customer.unblocked', changed });
  }

  private async set(
    actor: Actor,
    customerId: string,
    work: (tx: Transaction, person: ReadablePerson) => Promise<boolean>,
  ): Promise<CustomerView> {
    const conversation = await this.people.run(
      actor,
      await this.reader.conversationOf(customerId),
      async (tx, person) => {
        await work(tx, person);
        return person.conversationId;
      },
    );
    return this.reader.tell(actor, conversation);
  }
}

async function record(
  tx: Transaction,
  actor: Actor,
  person: ReadablePerson,
  { action, changed }: { action: 'customer.blocked' | 'customer.unblocked'; changed: { id: string }[] },
): Promise<boolean> {
  if (changed.length === 0) {
    return false;
  }
  // What is on its way in was planned with the old state: its guard must see that this changed.
  await tx.query('update conversation set rev = rev + 1 where customer_id = any ($1::uuid[])', [
    changed.map(({ id }) => id),
  ]);
  await tx.query('insert into event_log (type, conversation_id, subject_id, actor_id) values ($1, $2, $3, $4)', [
    action,
    person.conversationId,
    person.customerId,
    actor.id,
  ]);
  await recordAct(tx, { actorId: actor.id, action, subject: person.customerId });
  return true;
}
