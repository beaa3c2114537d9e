import { Injectable } from '@nestjs/common';
import { assign } from '#tickets';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';

/** Gives back what those hold who cannot sign in any more: each ticket waits in its queue again, since when it began to. */
@Injectable()
export class AgentWork {
  constructor(
    private readonly database: Database,
    private readonly telling: TicketTelling,
    housekeeping: Housekeeping,
  ) {
    // A hub that was killed between switching an account off and giving its work back leaves this to do.
    housekeeping.add('work of accounts that are off', () => this.releaseAll());
  }

  /** `by`: who wished it; null for the hub itself. */
  async release(agentId: string, by: string | null): Promise<void> {
    const held = await this.database.query<{ id: string }>(
      `select id from ticket where owner_id = $1 and state not in ('solved', 'closed') order by conversation_id, id`,
      [agentId],
    );
    for (const { id: ticketId } of held) {
      await this.database.transaction(async (tx) => {
        const result = await assign(tx, {
          ticketId,
          agentId: null,
          expectedOwnerId: agentId,
          by,
          withinCapacity: false,
          endReason: 'agent_left',
        });
        if (result.outcome === 'assigned') {
          await this.telling.assigned(tx, result.ticket, null, by);
        }
      });
    }
  }

  async releaseAll(): Promise<void> {
    const holders = await this.database.query<{ id: string }>(
      `select a.id from agent a where a.disabled_at is not null
         and exists (select 1 from ticket t where t.owner_id = a.id and t.state not in ('solved', 'closed'))`,
    );
    for (const { id } of holders) {
      await this.release(id, null);
    }
  }
}
