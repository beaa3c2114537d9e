import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';

/** Notes at which browser a customer was seen, once. It is a hint for suggestions and opens nothing. */
@Injectable()
export class DeviceSightings {
  constructor(
    private readonly database: Database,
    bus: EventBus,
  ) {
    bus.on('device.seen', ({ visitorId, device }) => this.note(visitorId, device));
  }

  private async note(visitorId: string, device: string): Promise<void> {
    await this.database.query(
      `insert into customer_device (customer_id, device)
       select i.customer_id, $2 from identity i where i.kind = 'web' and i.address = $1 and i.retired_at is null
       on conflict do nothing`,
      [visitorId, device],
    );
  }
}
