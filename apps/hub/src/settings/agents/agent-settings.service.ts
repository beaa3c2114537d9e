import { Injectable } from '@nestjs/common';
import type { AgentView } from '#contract';
import { assign } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { insertAccount } from '../../auth/accounts/account.service.js';
import { checkPassword } from '../../auth/accounts/check-password.js';
import { PasswordHasher } from '../../auth/accounts/password-hasher.js';
import { SessionService } from '../../auth/sessions/session.service.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import type { ChangeAgentDto, NewAgentDto } from './agents.dto.js';

const view = `
select a.id, a.name, a.role, a.status,
       exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp()) as present
from agent a`;

/** The accounts of colleagues. */
@Injectable()
export class AgentSettings {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly bus: EventBus,
    private readonly telling: TicketTelling,
  ) {}

  list(): Promise<AgentView[]> {
    return this.database.query<AgentView>(`${view} where a.disabled_at is null order by a.name, a.id`);
  }

  async create(agent: NewAgentDto): Promise<AgentView> {
    checkPassword(agent.password, agent.email, 'password');
    const passwordHash = await this.hasher.hash(agent.password);
    const id = await this.database
      .transaction(async (tx) => {
        const made = await insertAccount(tx, {
          email: agent.email,
          name: agent.name,
          role: agent.role,
          passwordHash,
          locale: agent.locale ?? 'fa',
        });
        await tx.query('insert into queue_member (queue_id, agent_id) select q, $2 from unnest($1::uuid[]) q', [
          agent.queueIds ?? [],
          made,
        ]);
        return made;
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeAgentDto): Promise<AgentView> {
    if (id === actor.id && (change.disabled === true || (change.role !== undefined && change.role !== 'admin'))) {
      throw conflict('own_account', 'Another administrator has to do this to your account.');
    }
    const rows = await this.database.query(
      `update agent set name = coalesce($2, name), role = coalesce($3, role),
              disabled_at = case when $4 then coalesce(disabled_at, clock_timestamp()) when $4 = false then null else disabled_at end
       where id = $1 returning id`,
      [id, change.name ?? null, change.role ?? null, change.disabled ?? null],
    );
    if (rows.length === 0) {
      throw notFound('This agent');
    }
    if (change.disabled === true) {
      await this.sessions.end(id, { allBut: null });
      await this.releaseWork(actor, id);
    }
    this.bus.emit('rights.changed', { agentId: id });
    return this.get(id);
  }

  /** Nobody who cannot sign in any more holds work: it goes back to its queues. */
  private async releaseWork(actor: Actor, agentId: string): Promise<void> {
    const held = await this.database.query<{ id: string }>(
      `select id from ticket where owner_id = $1 and state not in ('solved', 'closed')`,
      [agentId],
    );
    for (const { id: ticketId } of held) {
      await this.database.transaction(async (tx) => {
        const result = await assign(tx, {
          ticketId,
          agentId: null,
          expectedOwnerId: agentId,
          by: actor.id,
          withinCapacity: false,
          endReason: 'agent_left',
        });
        if (result.outcome === 'assigned') {
          await this.telling.assigned(tx, result.ticket, null, actor.id);
        }
      });
    }
  }

  private async get(id: string): Promise<AgentView> {
    const [row] = await this.database.query<AgentView>(`${view} where a.id = $1`, [id]);
    if (!row) {
      throw notFound('This agent');
    }
    return row;
  }
}

function explain(error: unknown): never {
  const { code } = error as { code?: string };
  if (code === '23505') {
    throw conflict('email_taken', 'There is an account with this address.', 'email');
  }
  if (code === '23503') {
    throw invalid('queueIds', 'There is no such queue.');
  }
  throw error;
}
