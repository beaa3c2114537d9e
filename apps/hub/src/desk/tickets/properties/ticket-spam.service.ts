import { Injectable } from '@nestjs/common';
import type { TicketView } from '#contract';
import { markSpam, unmarkSpam, type SpamMarked } from '#tickets';
import { recordAct } from '../../../auth/record-act.js';
import type { Actor } from '../../../auth/actor.js';
import { TicketTelling } from '../../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../../database/database.js';
import { conflict, notFound } from '../../../platform/errors/api-error.js';
import { CustomerBlocks } from '../../customers/customer-blocks.service.js';
import { CustomerReader } from '../../customers/customer-reader.service.js';
import { PersonWork } from '../../person-work.service.js';
import { presentTicket, type TicketRow } from '../../ticket.presenter.js';
import { TicketAccess } from '../ticket-access.service.js';

/** Why somebody is blocked who was blocked together with their spam: taking that back unblocks them. */
const blockedWhy = 'spam';

/** Tickets that nobody should have had to read: closed at once, without a question how it went, their sender blocked if so wished. */
@Injectable()
export class TicketSpam {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly people: PersonWork,
    private readonly blocks: CustomerBlocks,
    private readonly customers: CustomerReader,
    private readonly telling: TicketTelling,
  ) {}

  async mark(actor: Actor, ticketId: string, block: boolean): Promise<TicketView> {
    const conversation = await this.conversationOf(ticketId);
    const isBlocked = await this.people.run(actor, conversation, async (tx, person) => {
      await this.markIn(tx, actor, ticketId);
      return block && (await this.blocks.blockWithin(tx, actor, person, blockedWhy));
    });
    return this.told(actor, ticketId, isBlocked ? conversation : null);
  }

  /** Marks it and blocks nobody. */
  async markIn(tx: Transaction, actor: Actor, ticketId: string): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    await this.changed(tx, actor, await markSpam(tx, { ticketId, by: actor.id }));
  }

  /** Takes the mark back and frees nobody. */
  async unmarkIn(tx: Transaction, actor: Actor, ticketId: string): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    await this.changed(tx, actor, await unmarkSpam(tx, { ticketId, by: actor.id }));
  }

  async unmark(actor: Actor, ticketId: string): Promise<TicketView> {
    const conversation = await this.conversationOf(ticketId);
    const isFreed = await this.people.run(actor, conversation, async (tx, person) => {
      await this.access.check(tx, actor, ticketId);
      const result = await unmarkSpam(tx, { ticketId, by: actor.id });
      await this.changed(tx, actor, result);
      return result.outcome === 'unmarked' && (await this.blocks.unblockWithin(tx, actor, person, blockedWhy));
    });
    return this.told(actor, ticketId, isFreed ? conversation : null);
  }

  private async changed(tx: Transaction, actor: Actor, result: SpamMarked): Promise<void> {
    switch (result.outcome) {
      case 'marked':
        await this.tell(tx, actor, result);
        return this.telling.ended(tx, result.ticket);
      case 'unmarked':
        await this.tell(tx, actor, result);
        return this.telling.changed(tx, result.ticket, {
          to: 'open',
          queued: result.queued,
          freedAgent: null,
          by: actor.id,
        });
      case 'same':
        return;
      case 'closed':
        throw conflict('closed', 'This ticket is closed. Nothing of it changes any more.');
      case 'children_open':
        throw conflict(
          'children_open',
          `Solve ${result.numbers.map((number) => `#${String(number)}`).join(', ')} first.`,
        );
      case 'absent':
        throw notFound('This ticket');
    }
  }

  private async tell(
    tx: Transaction,
    actor: Actor,
    { ticket, outcome }: Extract<SpamMarked, { outcome: 'marked' | 'unmarked' }>,
  ): Promise<void> {
    const isSpam = outcome === 'marked';
    await this.telling.happened(tx, ticket, actor.id, { name: 'ticket.spam', isSpam });
    await recordAct(tx, { actorId: actor.id, action: isSpam ? 'ticket.spam' : 'ticket.not_spam', subject: ticket.id });
  }

  private async conversationOf(ticketId: string): Promise<string> {
    const [row] = await this.database.query<{ id: string }>('select conversation_id as id from ticket where id = $1', [
      ticketId,
    ]);
    if (!row) {
      // In the words for one that is there and not theirs: the two must not be told apart.
      throw notFound('This conversation');
    }
    return row.id;
  }

  /** `person`: whoever was blocked or freed by it, to be told anew. */
  private async told(actor: Actor, ticketId: string, person: string | null): Promise<TicketView> {
    if (person !== null) {
      await this.customers.tell(actor, person);
    }
    const [row] = await this.database.query<TicketRow>('select * from ticket where id = $1', [ticketId]);
    return presentTicket(row as TicketRow);
  }
}
