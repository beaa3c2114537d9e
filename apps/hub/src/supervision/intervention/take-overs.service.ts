import { Injectable } from '@nestjs/common';
import { storableText } from '#channels';
import { holdTicket } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { RunActions } from '../../automation/actions/run-actions.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { TicketService } from '../../desk/tickets/ticket.service.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { boardScope } from '../board/board-scope.js';

interface TakeOver {
  /** Who had it when it was decided. */
  from: string;
  reason: string;
}

/** Supervisors who take the work of an agent on themselves: an assignment like any other, with a reason beside it. */
@Injectable()
export class TakeOvers {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketService,
    private readonly actions: RunActions,
  ) {}

  async take(actor: Actor, ticketId: string, { from, reason }: TakeOver): Promise<void> {
    if (from === actor.id) {
      throw invalid('from', 'This is your own work already.');
    }
    await this.database.transaction(async (tx) => {
      await this.checkScope(tx, actor, ticketId);
      await this.tickets.assignIn(tx, actor, ticketId, { agentId: actor.id, expected: from });
      const text = storableText(reason).trim();
      if (text !== '') {
        await this.actions.run(tx, { ticketId, actions: [{ do: 'note', text }], by: actor, cause: { depth: 0 } });
      }
      const details = { before: from, after: actor.id, withReason: text !== '' };
      await recordAct(tx, { actorId: actor.id, action: 'ticket.taken_over', subject: ticketId, details });
    });
  }

  /** Held before it is read: a ticket that is just being moved out of the caller's queues is not theirs to take. */
  private async checkScope(tx: Transaction, actor: Actor, ticketId: string): Promise<void> {
    const held = await holdTicket(tx, ticketId);
    const scope = await boardScope(tx, actor);
    if (!held || (scope !== null && !scope.includes(held.queueId))) {
      throw notFound('This ticket');
    }
  }
}
