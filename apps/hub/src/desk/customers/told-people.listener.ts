import { Injectable } from '@nestjs/common';
import { hubItself } from '../../auth/hub-itself.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { CustomerReader } from './customer-reader.service.js';

/** The people of some customers, by the conversations they are known by. An address that very many claim is not worth a search. */
const peopleOf = (customers: string): string => `
select distinct top.id from (${customers} limit 20) concerned(customer_id)
join customer k on k.id = concerned.customer_id join conversation top on top.customer_id = coalesce(k.merged_into, k.id)`;

const owners = 'select customer_id from identity where kind = $1 and address = $2 and retired_at is null';
const claimants = `select customer_id from identity_claim where kind = $1 and address = $2 and state = 'open'`;

/**
 * Whoever has somebody open is told when what is known of them changes without anybody at a desk: an address is refused by its server,
 * believed further, claimed, or writes for the first time while they claim it.
 */
@Injectable()
export class ToldPeople {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    bus: EventBus,
  ) {
    bus.on('address.met', (address) => this.tell(claimants, address));
    bus.on('address.changed', (address) => this.tell(`${owners} union ${claimants}`, address));
  }

  private async tell(customers: string, { kind, address }: { kind: string; address: string }): Promise<void> {
    for (const { id } of await this.database.query<{ id: string }>(peopleOf(customers), [kind, address])) {
      await this.reader.tell(hubItself, id);
    }
  }
}
