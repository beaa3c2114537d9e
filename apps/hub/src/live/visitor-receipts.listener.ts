import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { SocketOutlet } from './socket-outlet.service.js';

/** The visitors whose words lie in a conversation row. Parameter: the row. */
const visitorsOf: Statement = {
  name: 'visitor-identities-of-row',
  text: `
select i.id from conversation c join identity i on i.customer_id = c.customer_id
where c.id = $1 and i.kind = 'web' and i.retired_at is null`,
};

/** Visitors hear at once that somebody has read what they wrote; those who are away learn it from their standing. */
@Injectable()
export class VisitorReceipts {
  constructor(
    private readonly database: Database,
    private readonly outlet: SocketOutlet,
    bus: EventBus,
  ) {
    bus.on('conversation.read', ({ conversation, seq }) => this.tell(conversation, seq));
  }

  private async tell(conversation: string, seq: number): Promise<void> {
    const rows = await this.database.query<{ id: string }>(visitorsOf, [conversation]);
    this.outlet.toVisitors(
      rows.map(({ id }) => id),
      'read',
      { seq },
    );
  }
}
