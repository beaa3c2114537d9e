import { Injectable } from '@nestjs/common';
import type { ChannelKind, Statement } from '#channels';
import type { Page, QuarantinedEvent } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { fromCursor, toCursor } from '../cursor.js';

interface QuarantineRow {
  id: string;
  channel_id: string;
  kind: ChannelKind;
  name: string;
  received_at: Date;
  cursor_at: string;
  error: string | null;
  bytes: number;
  message_id: string | null;
  conversation_id: string | null;
}

/** What waits, with its bytes. Parameters: the event. */
export interface KeptEvent {
  id: string;
  channelId: string;
  /** The key by which its channel knows it again, whether or not that is put aside at the moment. */
  externalId: string | null;
  messageId: string | null;
  raw: Buffer;
}

/** A page of what waits, newest first. Parameters: before (instant, id), how many. */
const quarantinePage: Statement = {
  name: 'quarantine-page',
  text: `
select e.id, e.channel_id, c.kind, c.name, e.received_at, e.received_at::text as cursor_at, e.error, octet_length(e.raw) as bytes,
       m.id as message_id, m.conversation_id
from inbound_event e join channel c on c.id = e.channel_id
left join message m on m.channel_id = e.channel_id and m.external_id = e.external_id
where e.state = 'quarantined' and (e.received_at, e.id) < ($1::timestamptz, $2::uuid)
order by e.received_at desc, e.id desc limit $3`,
};

const quarantinedEvent: Statement = {
  name: 'quarantined-event',
  text: `
select e.id, e.channel_id as "channelId", m.id as "messageId", e.raw,
       case when starts_with(e.external_id, 'again ' || e.id || ' ')
            then nullif(substr(e.external_id, length('again ' || e.id || ' ') + 1), '') else e.external_id end as "externalId"
from inbound_event e left join message m on m.channel_id = e.channel_id and m.external_id = e.external_id
where e.id = $1 and e.state = 'quarantined'`,
};

/**
 * The key under which an event waits while it comes in once more. It holds the true one, which `Quarantine.get` reads out of it: a
 * crash must not lose what tells a repeated delivery from a new one.
 */
export function keyPutAside({ id, externalId }: Pick<KeptEvent, 'id' | 'externalId'>): string {
  return `again ${id} ${externalId ?? ''}`;
}

const unreadable = 'It could not be read as it is. What could be read of it is on the timeline.';

/** What came in and could not be taken: for administrators, who see customers' words here that no queue's rights guard. */
@Injectable()
export class Quarantine {
  constructor(private readonly database: Database) {}

  async page(wish: { before?: string | undefined; limit: number }): Promise<Page<QuarantinedEvent>> {
    const place = fromCursor(wish.before);
    const rows = await this.database.query<QuarantineRow>(quarantinePage, [place.at, place.id, wish.limit]);
    const last = rows.at(-1);
    return {
      rows: rows.map(present),
      next: last && rows.length === wish.limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  async get(id: string): Promise<KeptEvent> {
    const [row] = await this.database.query<KeptEvent>(quarantinedEvent, [id]);
    if (!row) {
      throw notFound('This event');
    }
    return row;
  }

  /** The event as a file. Who takes a copy out of the hub is written down. */
  async download(actor: Actor, id: string): Promise<{ name: string; bytes: Buffer }> {
    const { raw } = await this.get(id);
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'quarantine.downloaded', subject: id }),
    );
    return { name: `${id}.bin`, bytes: raw };
  }

  /** Its bytes go for good. That it came stays, or its provider would bring it once more; and so does what stands for it on a timeline. */
  async discard(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [gone] = await tx.query<{ channel: string; bytes: number }>(
        `update inbound_event e set state = 'ignored', raw = '', error = null from inbound_event was
         where e.id = $1 and e.state = 'quarantined' and was.id = e.id
         returning e.channel_id as channel, octet_length(was.raw) as bytes`,
        [id],
      );
      if (!gone) {
        throw notFound('This event');
      }
      await recordAct(tx, { actorId: actor.id, action: 'quarantine.discarded', subject: id, details: gone });
    });
  }
}

function present(row: QuarantineRow): QuarantinedEvent {
  return {
    id: row.id,
    channel: { id: row.channel_id, kind: row.kind, name: row.name },
    receivedAt: row.received_at.toISOString(),
    why: row.error ?? unreadable,
    bytes: row.bytes,
    message:
      row.message_id === null || row.conversation_id === null
        ? null
        : { id: row.message_id, conversation: row.conversation_id },
  };
}
