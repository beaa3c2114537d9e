import { Injectable } from '@nestjs/common';
import type { MessageView, TicketView } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { may } from '../auth/permissions.js';
import { readActor } from '../auth/read-actor.js';
import { Database } from '../database/database.js';
import { messageColumns, messageTables, type MessageRow } from '../desk/message-rows.query.js';
import { presentMessage } from '../desk/message.presenter.js';
import { presentTicket, type TicketRow } from '../desk/ticket.presenter.js';
import { boardScope } from '../supervision/board/board-scope.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import type { ClaimedFact } from './webhook-outbox.query.js';

/** What is sent of a fact; null when the owner may read nothing of it. */
type Told = Record<string, unknown> | null;

type Fact = Omit<ClaimedFact, 'url' | 'secret' | 'former_secret'>;

/**
 * Writes a fact as its receiver gets it, with the rights of the webhook's owner at this moment. Words are read anew for every try, so a
 * message that was withdrawn meanwhile is not told after all, and nothing that customers wrote is kept a second time.
 */
@Injectable()
export class WebhookPayload {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
  ) {}

  /** The owner as somebody who acts; null when their account is gone. */
  ownerOf({ owner_id: id }: Pick<ClaimedFact, 'owner_id'>): Promise<Actor | null> {
    return readActor(this.database, id);
  }

  async compose(owner: Actor, fact: Fact): Promise<Told> {
    const data = fact.conversation_id === null ? await this.ofNobody(owner, fact) : await this.ofPerson(owner, fact);
    if (!data) {
      return null;
    }
    return {
      type: fact.type,
      timestamp: fact.happened_at.toISOString(),
      data: { sequence: Number(fact.position), actor: await this.actorOf(fact), ...data },
    };
  }

  private async ofNobody(owner: Actor, fact: Fact): Promise<Told> {
    if (fact.type === 'queue.alert') {
      return this.ofQueue(owner, fact);
    }
    if (!fact.type.startsWith('outreach.')) {
      return this.ofChannel(fact);
    }
    const [row] = await this.database.query<{ name: string }>('select name from outreach where id = $1', [
      fact.subject_id,
    ]);
    return row ? { outreach: { id: fact.subject_id, name: row.name }, ...fact.payload } : null;
  }

  /** A limit of the live board: of all queues, or of one that its reader watches. */
  private async ofQueue(owner: Actor, { subject_id: id, payload }: Fact): Promise<Told> {
    const { queueId, ...alert } = payload as { queueId: string | null };
    const scope = await boardScope(this.database, owner);
    if (!may(owner, 'board.watch') || (scope !== null && (queueId === null || !scope.includes(queueId)))) {
      return null;
    }
    const [queue] = await this.database.query<{ id: string; name: string }>(
      'select id, name from queue where id = $1',
      [queueId],
    );
    return { alert: { id, ...alert }, queue: queue ?? null };
  }

  private ofChannel({ subject_id: id, payload }: Fact): Told {
    const channel = this.channels.nameOf(id);
    return channel && { channel, ...payload };
  }

  private async ofPerson(owner: Actor, fact: Fact): Promise<Told> {
    const [readable] = await this.access.listPersons(owner, [fact.conversation_id as string]);
    if (!readable) {
      return null;
    }
    const { person } = readable;
    const about = { conversation: person.conversationId, customer: { id: person.customerId, name: person.name } };
    if (/^(ticket|sla|survey)\./u.test(fact.type)) {
      return { ...about, ticket: await this.ticketOf(person, fact.subject_id), change: fact.payload };
    }
    if (/^(?:customer|bot)\./u.test(fact.type)) {
      return { ...about, subject: fact.subject_id, change: fact.payload };
    }
    return { ...about, ...(await this.messagePart(person, fact)) };
  }

  /** A message by its id, or the one that a delivery is of. */
  private async messagePart(person: ReadablePerson, fact: Fact): Promise<object> {
    const isDelivery = fact.type.startsWith('delivery.');
    const message = await this.messageOf(person, fact);
    const ticket = message?.ticketId ? await this.ticketOf(person, message.ticketId) : null;
    const delivery = { id: fact.subject_id, state: fact.type.split('.')[1], code: fact.payload['code'] ?? null };
    const isMove = fact.type === 'message.moved';
    return { message, ticket, ...(isDelivery && { delivery }), ...(isMove && { change: fact.payload }) };
  }

  private async messageOf(person: ReadablePerson, fact: Fact): Promise<MessageView | null> {
    const [row] = await this.database.query<MessageRow & Record<string, unknown>>(
      `select ${messageColumns} from ${messageTables} where m.conversation_id = $1 and m.seq = $2`,
      [fact.conversation_id, fact.payload['seq']],
    );
    return row ? presentMessage(row, this.channels, isWithheld(row, person)) : null;
  }

  private async ticketOf(person: ReadablePerson, id: string): Promise<TicketView | null> {
    const [row] = await this.database.query<TicketRow & { restricted: boolean } & Record<string, unknown>>(
      'select t.*, q.restricted from ticket t join queue q on q.id = t.queue_id where t.id = $1',
      [id],
    );
    if (!row) {
      return null;
    }
    const ticket = presentTicket(row);
    return isWithheld(row, person) ? { ...ticket, subject: '', tags: [], fields: {} } : ticket;
  }

  private async actorOf({ actor_id: id }: Fact): Promise<{ id: string; name: string } | null> {
    if (id === null) {
      return null;
    }
    const [row] = await this.database.query<{ name: string }>('select name from agent where id = $1', [id]);
    return { id, name: row?.name ?? '' };
  }
}
