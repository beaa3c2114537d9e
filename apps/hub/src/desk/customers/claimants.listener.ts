import { Injectable } from '@nestjs/common';
import { hubItself } from '../../auth/hub-itself.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { CustomerReader } from './customer-reader.service.js';

/** Where an address writes for the first time that somebody else claims, whoever has that customer open is told to look again. */
@Injectable()
export class Claimants {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    bus: EventBus,
  ) {
    bus.on('address.met', ({ kind, address }) => this.tell(kind, address));
  }

  private async tell(kind: string, address: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `select c.id from identity_claim l join conversation c on c.customer_id = l.customer_id
       where l.kind = $1 and l.address = $2 and l.state = 'open' limit 20`,
      [kind, address],
    );
    for (const { id } of rows) {
      await this.reader.tell(hubItself, id);
    }
  }
}
