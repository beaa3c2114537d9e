import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { openWork } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { CrossingTickets } from './crossing-tickets.service.js';

interface Waiting {
  conversation: string;
  queue: string;
  subject: string;
  messages: string[];
}

/**
 * Messages that the undo in this transaction cut from somebody else's live ticket, of people who have none of their own now: one line
 * per person, in the queue that the ticket was in. Parameter: the roots.
 */
const waiting = `
select distinct on (person.root) c.id as conversation, t.queue_id as queue, t.subject,
       array_agg(m.id) over (partition by person.root, t.queue_id) as messages
from merge_journal j
cross join jsonb_to_recordset(j.links) as l(message uuid, ticket uuid)
join message m on m.id = l.message and m.direction = 'in'
join ticket t on t.id = l.ticket and t.state not in ('solved', 'closed')
join conversation c on c.id = m.conversation_id
join customer k on k.id = c.customer_id
cross join lateral (select coalesce(k.merged_into, k.id) as root) person
where j.id = nullif(current_setting('peyk.journal', true), '')::uuid and person.root = any ($1::uuid[])
  and not exists (
    select 1 from ticket own join conversation oc on oc.id = own.conversation_id join customer ok on ok.id = oc.customer_id
    where coalesce(ok.merged_into, ok.id) = person.root and own.state not in ('solved', 'closed'))
order by person.root, m.at desc`;

/** What becomes of the tickets of two people who are parted: nobody who waits for an answer may be forgotten. */
@Injectable()
export class LeftBehind {
  constructor(
    private readonly bus: EventBus,
    private readonly crossing: CrossingTickets,
  ) {}

  /** Before they are: a ticket cannot hold what two people said. */
  partTickets(tx: Transaction, customerId: string, by: string): Promise<void> {
    return this.crossing.part(tx, { customerId, by });
  }

  /** Afterwards: opens a ticket for each of these people whose messages lost theirs. */
  async reopen(tx: Transaction, roots: string[]): Promise<void> {
    for (const { conversation, queue, subject, messages } of await tx.query<Waiting & Record<string, unknown>>(
      waiting,
      [roots],
    )) {
      const id = uuid();
      await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
        id,
        conversation,
        queue,
        subject,
      ]);
      await openWork(tx, { id, queueId: queue });
      await tx.query(`insert into event_log (type, conversation_id, subject_id) values ('ticket.opened', $1, $2)`, [
        conversation,
        id,
      ]);
      await tx.query(
        `update message set ticket_id = $2, ticket_reason = 'new_ticket', restricted_by = null where id = any ($1::uuid[])`,
        [messages, id],
      );
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: queue });
    }
  }
}
