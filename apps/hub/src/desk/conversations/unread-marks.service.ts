import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import type { ReadMarks } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { notFound } from '../../platform/errors/api-error.js';

/** Parameters: reader, the parts' conversation ids, the message. A part without a cursor is unread from its beginning already. */
const takeBack: Statement = {
  name: 'unread-from',
  text: `
update read_cursor r set seq = least(r.seq, earlier.seq)
from message here
cross join unnest($2::uuid[]) part(id)
cross join lateral (
  select coalesce((select m.seq from message m where m.conversation_id = part.id and (m.at, m.id) < (here.at, here.id)
                   order by m.at desc, m.id desc limit 1), 0) as seq) earlier
where here.id = $3 and here.conversation_id = any ($2) and r.agent_id = $1 and r.conversation_id = part.id`,
};

/** Parameters: reader, the parts' conversation ids, the message. At most a hundred unread ones are counted of a part. */
const standing: Statement = {
  name: 'unread-standing',
  text: `
select part.id, coalesce(r.seq, 0)::int as read, (
  select count(*)::int from (
    select 1 from message m where m.conversation_id = part.id and m.seq > coalesce(r.seq, 0) and m.direction = 'in' limit 100) u) as unread
from unnest($2::uuid[]) part(id)
left join read_cursor r on r.agent_id = $1 and r.conversation_id = part.id
where exists (select 1 from message here where here.id = $3 and here.conversation_id = any ($2))`,
};

/** Takes a reader's marks back, so that what they have seen and not done stays bold. Visitors have been told, and hear nothing of it. */
@Injectable()
export class UnreadMarks {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly bus: EventBus,
  ) {}

  /** Everything from this message of the person on is unread to the caller again. */
  async from(actor: Actor, conversationId: string, message: string): Promise<ReadMarks> {
    const person = await this.access.getPerson(actor, conversationId);
    const about = [actor.id, person.parts.map(({ id }) => id), message];
    await this.database.query(takeBack, about);
    const rows = await this.database.query<{ id: string; read: number; unread: number }>(standing, about);
    if (rows.length === 0) {
      throw notFound('This message');
    }
    this.bus.emit('conversation.unread', { agentId: actor.id });
    return {
      unread: rows.reduce((sum, { unread }) => sum + unread, 0),
      read: Object.fromEntries(rows.map(({ id, read }) => [id, read])),
    };
  }
}
