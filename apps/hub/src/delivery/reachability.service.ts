import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Address, InboundIgnored, Statement } from '#channels';
import { Database, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { keepEvent } from '../intake/accept.query.js';
import { LiveFeed } from '../live/live-feed.service.js';

export type Reach = Address & { reachable: 'yes' | 'blocked' | 'unknown_address' };

/** Who has an address that takes messages otherwise than it is said now. A stop of their own is theirs to lift. */
const findChanged: Statement = {
  name: 'reach-find',
  text: `
select i.id, c.id as conversation_id from identity i join conversation c on c.customer_id = i.customer_id
where i.kind = $1 and i.address = $2 and i.retired_at is null and i.reachable not in ($3, 'opted_out')`,
};

const change: Statement = {
  name: 'reach-change',
  text: `update identity set reachable = $2 where id = $1 and reachable not in ($2, 'opted_out') returning id`,
};

/** A block is a fact of the timeline: it explains why nothing is answered. */
const tellChange: Statement = {
  name: 'reach-tell',
  text: `
insert into message (id, conversation_id, identity_id, direction, author, kind, content)
values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', jsonb_build_object('name', $4::text)))`,
};

/** Whether messages reach an address, as its messenger says: people block a bot, and let it write again. */
@Injectable()
export class Reachability {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** Keeps what a provider says of an address. The same event again changes nothing. @returns whether it was new. */
  take(channelId: string, event: InboundIgnored, reach: Reach): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const kept = await tx.query(keepEvent, [
        uuid(),
        channelId,
        event.externalId,
        'ignored',
        Buffer.from(event.raw),
        event.reason,
      ]);
      if (kept.length > 0) {
        await this.write(tx, reach);
      }
      return kept.length > 0;
    });
  }

  async change(reach: Reach): Promise<void> {
    const rows = await this.database.query(findChanged, [reach.kind, reach.address, reach.reachable]);
    if (rows.length > 0) {
      await this.database.transaction((tx) => this.write(tx, reach));
    }
  }

  private async write(tx: Transaction, { kind, address, reachable }: Reach): Promise<void> {
    const rows = await tx.query<{ id: string; conversation_id: string }>(findChanged, [kind, address, reachable]);
    const talks = await tx.query<{ id: string; rev: number }>(
      'select id, rev from conversation where id = any ($1) order by id for no key update',
      [rows.map((row) => row.conversation_id)],
    );
    for (const row of rows) {
      const changed = await tx.query(change, [row.id, reachable]);
      if (changed.length > 0) {
        const name = reachable === 'yes' ? 'customer.unblocked_us' : 'customer.blocked_us';
        await tx.query(tellChange, [uuid(), row.conversation_id, row.id, name]);
        this.bus.emitAfterCommit(tx, 'address.changed', { kind, address });
      }
    }
    this.live.movedBy(tx, talks);
  }
}
