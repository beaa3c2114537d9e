import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { changeTicket, openWork, type JoinReason } from '#tickets';
import { hubItself } from '../../../auth/hub-itself.js';
import { recordAct } from '../../../auth/record-act.js';
import { TicketTelling } from '../../../automation/ticket-telling.service.js';
import type { Transaction } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { PersonWork } from '../../person-work.service.js';
import { CustomerReader } from '../customer-reader.service.js';
import { openLink, placeOfAsking, type OpenLink, type PlaceRow } from './own-page.query.js';

/** What customers ask for over their own page: that what we have of them is deleted. Somebody of the team decides. */
@Injectable()
export class DeletionWishes {
  constructor(
    private readonly people: PersonWork,
    private readonly reader: CustomerReader,
    private readonly telling: TicketTelling,
    private readonly bus: EventBus,
  ) {}

  /**
   * Puts the wish on the timeline with a ticket so that somebody looks after it, and on the customer until they have. Asking again
   * changes nothing. Who the person is, and whether the link still works, is read again under the lock.
   */
  async note({ id, conversation_id: conversation }: Pick<OpenLink, 'id' | 'conversation_id'>): Promise<void> {
    await this.people.run(hubItself, conversation, async (tx) => {
      const [link] = await tx.query<OpenLink & Record<string, unknown>>(openLink, [id]);
      if (link?.deletion_asked_at === null) {
        await this.writeWish(tx, link);
        tx.afterCommit(() => this.reader.tell(hubItself, link.conversation_id).then(() => undefined));
      }
    });
  }

  private async writeWish(tx: Transaction, link: OpenLink): Promise<void> {
    const { ticket, reason } = await this.place(tx, link);
    const event = uuid();
    await tx.query(
      `insert into message (id, conversation_id, ticket_id, ticket_reason, direction, author, kind, content)
       values ($1, $2, $3, $5, 'internal', 'system', 'event', $4)`,
      [
        event,
        link.conversation_id,
        ticket,
        JSON.stringify({ event: { name: 'deletion_requested', address: link.address } }),
        reason,
      ],
    );
    await tx.query(
      'update customer_link set deletion_asked_at = clock_timestamp(), deletion_ticket_id = $2 where id = $1',
      [link.id, ticket],
    );
    await tx.query(`insert into event_log (type, conversation_id, subject_id, payload) values ($1, $2, $3, $4)`, [
      'customer.deletion_requested',
      link.conversation_id,
      link.customer_id,
      JSON.stringify({ identity: link.identity_id }),
    ]);
    await recordAct(tx, {
      actorId: null,
      action: 'customer.deletion_requested',
      subject: link.customer_id,
      details: { link: link.id },
    });
  }

  /** The ticket that the wish joins, awake from then on, else one of its own. */
  private async place(tx: Transaction, link: OpenLink): Promise<{ ticket: string | null; reason: JoinReason | null }> {
    const [place] = await tx.query<PlaceRow & Record<string, unknown>>(placeOfAsking, [link.members, link.identity_id]);
    if (!place?.ticket) {
      const ticket = await this.openTicket(tx, link, place?.queue ?? null);
      return { ticket, reason: ticket === null ? null : 'new_ticket' };
    }
    await this.wake(tx, place);
    return { ticket: place.ticket, reason: place.alone ? 'only_open' : 'most_recent' };
  }

  private async wake(tx: Transaction, { ticket, state, version }: PlaceRow): Promise<void> {
    if (state === 'pending' || state === 'on_hold') {
      const wish = { ticketId: ticket as string, version: version as number, state: 'open', by: null } as const;
      const result = await changeTicket(tx, wish);
      if (result.outcome === 'changed') {
        await this.telling.changed(tx, result.ticket, { ...result, to: 'open', by: null });
      }
    }
    await tx.query('update ticket set snoozed_until = null where id = $1 and snoozed_until is not null', [ticket]);
  }

  private async openTicket(tx: Transaction, link: OpenLink, queue: string | null): Promise<string | null> {
    if (queue === null) {
      return null;
    }
    const id = uuid();
    await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
      id,
      link.conversation_id,
      queue,
      link.locale === 'fa' ? 'درخواست حذف اطلاعات' : 'Asks for deletion of personal data',
    ]);
    await openWork(tx, { id, queueId: queue });
    await tx.query(`insert into event_log (type, conversation_id, subject_id) values ('ticket.opened', $1, $2)`, [
      link.conversation_id,
      id,
    ]);
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: queue });
    return id;
  }
}
