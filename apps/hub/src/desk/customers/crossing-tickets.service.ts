import { Injectable } from '@nestjs/common';
import { undoTicketChange } from '#tickets';
import { EventBus } from '../../events/event-bus.js';
import type { Transaction } from '../../database/database.js';
import { conflict } from '../../platform/errors/api-error.js';

/**
 * Ticket merges between those who leave a person and those who stay, the latest first, when the last merge that this customer came in by
 * is taken back. Parameter: the customer.
 */
const crossingMerges = `
with leaving as (
  select (jsonb_object_keys(j.before))::uuid as id from merge_journal j
  where j.id = (
    select c.id from merge_journal c
    where c.kind = 'customer_merge' and c.before ? $1::text and not exists (select 1 from merge_journal u where u.undoes = c.id)
    order by c.at desc limit 1)),
side as (
  select c.id, c.customer_id in (select id from leaving) as leaves from conversation c
  where c.customer_id in (
    select k.id from customer k where coalesce(k.merged_into, k.id) in (
      select coalesce(l.merged_into, l.id) from customer l where l.id in (select id from leaving))))
select l.number, (
    select j.id from merge_journal j
    where j.kind = 'ticket_merge' and j.before ? l.id::text and j.fields ->> 'from' = l.id::text
      and not exists (select 1 from merge_journal u where u.undoes = j.id)
    order by j.at desc limit 1) as journal
from side here join ticket l on l.conversation_id = here.id
join ticket w on w.id = l.merged_into join side there on there.id = w.conversation_id
where here.leaves <> there.leaves
order by l.closed_at desc, l.id`;

/** Two people who are parted cannot share a ticket: what was merged across them is parted first, however long ago that was. */
@Injectable()
export class CrossingTickets {
  constructor(private readonly bus: EventBus) {}

  async part(tx: Transaction, { customerId, by }: { customerId: string; by: string | null }): Promise<void> {
    const crossing = await tx.query<{ number: number; journal: string | null }>(crossingMerges, [customerId]);
    for (const { number, journal } of crossing) {
      const undone = journal === null ? null : await undoTicketChange(tx, { journalId: journal, by, ever: true });
      if (undone?.outcome !== 'undone') {
        throw conflict(
          'tickets_cross',
          `Ticket #${String(number)} went into one of the other customer and cannot come back.`,
        );
      }
      if (undone.queued !== null) {
        this.bus.emitAfterCommit(tx, 'work.queued', { queueId: undone.queued });
      }
    }
  }
}
