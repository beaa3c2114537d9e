import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { QueueView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import type { ChangeQueueDto, NewQueueDto } from './queues.dto.js';

const view = `
select q.id, q.name, q.restricted, array(select m.agent_id from queue_member m where m.queue_id = q.id order by m.agent_id) as "memberIds" from queue q`;

/** Queues and who serves them. Membership is a right: whoever gains or loses it hears of it at once, open sockets included. */
@Injectable()
export class QueueSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  list(): Promise<QueueView[]> {
    return this.database.query<QueueView>(`${view} order by q.name, q.id`);
  }

  async create(queue: NewQueueDto): Promise<QueueView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into queue (id, name, restricted) values ($1, $2, $3)', [
          id,
          queue.name,
          queue.restricted ?? false,
        ]);
        await this.setMembers(tx, id, queue.memberIds ?? []);
      })
      .catch(explain);
    return this.get(id);
  }

  async change(id: string, change: ChangeQueueDto): Promise<QueueView> {
    await this.database
      .transaction(async (tx) => {
        const rows = await tx.query(
          'update queue set name = coalesce($2, name), restricted = coalesce($3, restricted) where id = $1 returning id',
          [id, change.name ?? null, change.restricted ?? null],
        );
        if (rows.length === 0) {
          throw notFound('This queue');
        }
        if (change.memberIds) {
          await this.setMembers(tx, id, change.memberIds);
        }
      })
      .catch(explain);
    return this.get(id);
  }

  private async setMembers(tx: Transaction, queueId: string, memberIds: string[]): Promise<void> {
    const gone = await tx.query<{ agent_id: string }>(
      'delete from queue_member where queue_id = $1 and agent_id <> all ($2::uuid[]) returning agent_id',
      [queueId, memberIds],
    );
    const come = await tx.query<{ agent_id: string }>(
      'insert into queue_member (queue_id, agent_id) select $1, a from unnest($2::uuid[]) a on conflict do nothing returning agent_id',
      [queueId, memberIds],
    );
    for (const { agent_id: agentId } of [...gone, ...come]) {
      this.bus.emitAfterCommit(tx, 'rights.changed', { agentId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
    }
  }

  private async get(id: string): Promise<QueueView> {
    const [row] = await this.database.query<QueueView>(`${view} where q.id = $1`, [id]);
    if (!row) {
      throw notFound('This queue');
    }
    return row;
  }
}

function explain(error: unknown): never {
  const { code } = error as { code?: string };
  if (code === '23505') {
    throw conflict('name_taken', 'There is a queue of this name.', 'name');
  }
  if (code === '23503') {
    throw invalid('memberIds', 'There is no such agent.');
  }
  throw error;
}
