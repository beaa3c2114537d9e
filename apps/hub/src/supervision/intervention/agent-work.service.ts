import { Injectable } from '@nestjs/common';
import { storableText, type Sql } from '#channels';
import type { AgentStatus, AgentWorkView, BulkRunView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { BulkRuns } from '../../desk/bulk/bulk-runs.service.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { boardScope } from '../board/board-scope.js';
import { agentWithin, heldTickets, readWork, setStatus } from './agent-work.query.js';
import type { ForcedStatusDto, HandOverDto } from './intervention.dto.js';

interface StandingRow {
  status: AgentStatus;
  present: boolean;
}

/** Supervisors who steer an agent: what they have in the queues that the supervisor watches, and whether they get more. */
@Injectable()
export class AgentWork {
  constructor(
    private readonly database: Database,
    private readonly runs: BulkRuns,
    private readonly bus: EventBus,
  ) {}

  async read(actor: Actor, agentId: string): Promise<AgentWorkView> {
    const queues = await boardScope(this.database, actor);
    await standing(this.database, agentId, queues);
    const [row] = await this.database.query<AgentWorkView & Record<string, unknown>>(readWork, [agentId, queues]);
    return row as AgentWorkView;
  }

  /** All of it goes to another agent, or back to its queues, as one act that can be taken back. */
  async handOver(actor: Actor, agentId: string, { id, to }: HandOverDto): Promise<BulkRunView> {
    if (to === agentId) {
      throw invalid('to', 'They have it already.');
    }
    const queues = await boardScope(this.database, actor);
    await standing(this.database, agentId, queues);
    const find = async () =>
      (await this.database.query<{ id: string }>(heldTickets, [agentId, queues])).map((row) => row.id);
    return this.runs.begin(actor, { id, act: { do: 'assign', agentId: to, from: agentId }, find });
  }

  /** The agent's own next word counts again. */
  async force(actor: Actor, agentId: string, { status, reason }: ForcedStatusDto): Promise<void> {
    if (agentId === actor.id) {
      throw invalid('status', 'Set your own status in your own menu.');
    }
    const words = storableText(reason).trim();
    await this.database.transaction(async (tx) => {
      await tx.query('select 1 from agent where id = $1 for no key update', [agentId]);
      const before = await standing(tx, agentId, await boardScope(tx, actor));
      if (status === 'online' && !before.present) {
        throw conflict('not_present', 'They have no console open, so nothing could be given to them.');
      }
      await tx.query(setStatus, [agentId, status, actor.id, words]);
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId });
      const details = { before: before.status, after: status, withReason: words !== '' };
      await recordAct(tx, { actorId: actor.id, action: 'agent.status_forced', subject: agentId, details });
    });
  }
}

async function standing(sql: Sql, agentId: string, queues: string[] | null): Promise<StandingRow> {
  const [row] = await sql.query<StandingRow & Record<string, unknown>>(agentWithin, [agentId, queues]);
  if (!row) {
    throw notFound('This agent');
  }
  return row;
}
