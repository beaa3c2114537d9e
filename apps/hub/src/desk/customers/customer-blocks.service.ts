import { Injectable } from '@nestjs/common';
import type { CustomerView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import { everybodyOf } from './customers.query.js';

/** Blocking a person: what they write is stored and flagged, opens nothing and wakes nobody, until somebody unblocks them. */
@Injectable()
export class CustomerBlocks {
  constructor(
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
  ) {}

  /** Blocks everybody of the person. Again changes nothing: the first reason stays. */
  block(actor: Actor, customerId: string, reason: string): Promise<CustomerView> {
    return this.set(
      actor,
      customerId,
      'customer.blocked',
      `update customer set blocked_at = clock_timestamp(), blocked_by = $2, blocked_why = $3
       where id in ${everybodyOf} and blocked_at is null returning id`,
      [actor.id, reason.trim()],
    );
  }

  unblock(actor: Actor, customerId: string): Promise<CustomerView> {
    return this.set(
      actor,
      customerId,
      'customer.unblocked',
      `update customer set blocked_at = null, blocked_by = null, blocked_why = ''
       where id in ${everybodyOf} and blocked_at is not null returning id`,
      [],
    );
  }

  private async set(
    actor: Actor,
    customerId: string,
    action: 'customer.blocked' | 'customer.unblocked',
    statement: string,
    values: unknown[],
  ): Promise<CustomerView> {
    const conversation = await this.people.run(
      actor,
      await this.reader.conversationOf(customerId),
      async (tx, person) => {
        const changed = await tx.query<{ id: string }>(statement, [person.customerId, ...values]);
        if (changed.length > 0) {
          // What is on its way in was planned with the old state: its guard must see that this changed.
          await tx.query('update conversation set rev = rev + 1 where customer_id = any ($1::uuid[])', [
            changed.map(({ id }) => id),
          ]);
          await tx.query(
            'insert into event_log (type, conversation_id, subject_id, actor_id) values ($1, $2, $3, $4)',
            [action, person.conversationId, person.customerId, actor.id],
          );
          await recordAct(tx, { actorId: actor.id, action, subject: person.customerId });
        }
        return person.conversationId;
      },
    );
    return this.reader.tell(actor, conversation);
  }
}
