import { Injectable } from '@nestjs/common';
import type { LegalHoldView } from '#contract';
import type { Sql } from '#channels';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { CustomerReader } from '../../desk/customers/customer-reader.service.js';
import { PersonWork } from '../../desk/person-work.service.js';

const listed = `
select root.id as customer, c.id as conversation, root.name, h.why, h.set_by as "setBy",
       to_char(h.since at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
from legal_hold h join customer k on k.id = h.customer_id join customer root on root.id = coalesce(k.merged_into, k.id)
join conversation c on c.customer_id = root.id`;

/** People of whom nothing may go, whoever asks for it and however old it is. */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
  ) {}

  list(): Promise<LegalHoldView[]> {
    return this.database.query<LegalHoldView & Record<string, unknown>>(`${listed} order by h.since desc`);
  }

  async of(customerId: string, sql: Sql = this.database): Promise<LegalHoldView | null> {
    const [hold] = await sql.query<LegalHoldView & Record<string, unknown>>(`${listed} where root.id = $1 limit 1`, [
      customerId,
    ]);
    return hold ?? null;
  }

  /** Again changes only why. */
  async set(actor: Actor, customerId: string, why: string): Promise<LegalHoldView> {
    const conversation = await this.reader.conversationOf(customerId);
    return this.people.run(actor, conversation, async (tx, person) => {
      await tx.query(
        `insert into legal_hold (customer_id, why, set_by) values ($1, $2, $3)
         on conflict (customer_id) do update set why = excluded.why`,
        [person.customerId, why.trim(), actor.id],
      );
      const hold = await this.of(person.customerId, tx);
      await recordAct(tx, { actorId: actor.id, action: 'customer.hold_set', subject: person.customerId });
      return hold as LegalHoldView;
    });
  }

  async lift(actor: Actor, customerId: string): Promise<void> {
    const conversation = await this.reader.conversationOf(customerId);
    await this.people.run(actor, conversation, async (tx, person) => {
      await tx.query(
        'delete from legal_hold where customer_id in (select id from customer where id = $1 or merged_into = $1)',
        [person.customerId],
      );
      await recordAct(tx, { actorId: actor.id, action: 'customer.hold_lifted', subject: person.customerId });
    });
  }
}
