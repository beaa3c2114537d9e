import { Injectable } from '@nestjs/common';
import type { QueueContentsView, QueueStepView } from '#contract';
import { carryOver } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound, unavailable } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../channel-directory.service.js';
import { lockPeopleOf, movableTickets, queueContents, withoutClash } from './queue-rows.query.js';

/** Somebody came into the queue while its people were waited for, and is busy: everything starts over. */
class QueueMoved extends Error {}

const maxTries = 20;

/**
 * Takes queues away. One that was never used is deleted. Any other goes towards a queue that takes over, all in one transaction: tickets
 * with their work and their place in time, channels, steps of other queues. Its row stays for the closed tickets that name it, and leads
 * whoever still knows it to the one that took over.
 */
@Injectable()
export class QueueRemoval {
  constructor(
    private readonly database: Database,
    private readonly telling: TicketTelling,
    private readonly channels: ChannelDirectory,
    private readonly bus: EventBus,
  ) {}

  async remove(actor: Actor, id: string, moveTo: string | null): Promise<void> {
    for (let attempt = 1; !(await this.tryToRemove(actor, id, moveTo)); attempt++) {
      if (attempt === maxTries) {
        throw unavailable('busy', 'People keep coming into this queue. Try again in a moment.');
      }
    }
    await this.channels.refresh();
  }

  /** All of it or nothing. @returns false where somebody came in between. */
  private async tryToRemove(actor: Actor, id: string, moveTo: string | null): Promise<boolean> {
    try {
      await this.database.transaction((tx) => this.removeIn(tx, actor, id, moveTo));
      return true;
    } catch (error) {
      if (error instanceof QueueMoved) {
        return false;
      }
      throw error;
    }
  }

  private async removeIn(tx: Transaction, actor: Actor, id: string, moveTo: string | null): Promise<void> {
    // Two removals that lead to each other would leave nothing to lead to.
    await tx.query(`select pg_advisory_xact_lock(hashtext('queue removal'))`);
    const people = await tx.query<{ id: string }>(lockPeopleOf, [id]);
    await this.lockQueue(tx, id, moveTo);
    const contents = await this.read(tx, id);
    refuseWhatCannotGo(contents, moveTo);
    const moved = moveTo === null ? 0 : await this.takeOver(tx, { id, moveTo, people, by: actor.id });
    await this.forget(tx, id, moveTo, contents);
    this.bus.emitAfterCommit(tx, 'team.changed', {});
    await recordAct(tx, {
      actorId: actor.id,
      action: 'queue.removed',
      subject: id,
      details: { moveTo, tickets: moved },
    });
  }

  /** Conversations come first, as with every writer; from here on nothing new comes into the queue until the end. */
  private async lockQueue(tx: Transaction, id: string, moveTo: string | null): Promise<void> {
    if ((await tx.query('select 1 from queue where id = $1 and retired_at is null for update', [id])).length === 0) {
      throw notFound('This queue');
    }
    if (moveTo === id) {
      throw invalid('moveTo', 'Name another queue.');
    }
    if (
      moveTo !== null &&
      (await tx.query('select 1 from queue where id = $1 and retired_at is null for key share', [moveTo])).length === 0
    ) {
      throw invalid('moveTo', 'There is no such queue.');
    }
  }

  private async read(tx: Transaction, id: string): Promise<QueueContentsView> {
    const [row] = await tx.query<QueueContentsView & Record<string, unknown>>(queueContents, [id]);
    return row as QueueContentsView;
  }

  private async takeOver(
    tx: Transaction,
    wish: { id: string; moveTo: string; people: readonly { id: string }[]; by: string },
  ): Promise<number> {
    const { id, moveTo, by } = wish;
    const tickets = await tx.query<{ id: string; conversation: string }>(movableTickets, [id]);
    const locked = new Set(wish.people.map((part) => part.id));
    if (tickets.some(({ conversation }) => !locked.has(conversation))) {
      await lockNewcomers(tx, id);
    }
    for (const ticket of tickets) {
      const result = await carryOver(tx, { ticketId: ticket.id, queueId: moveTo, by });
      if (result.outcome === 'changed') {
        await this.telling.changed(tx, result.ticket, { ...result, to: result.ticket.state, by });
      }
    }
    await tx.query('update channel set queue_id = $2 where queue_id = $1', [id, moveTo]);
    await tx.query(withoutClash, [id, moveTo]);
    await tx.query(
      `update work_item set also_queues = array_replace(also_queues, $1, $2)
       where state in ('queued', 'offered', 'assigned') and $1 = any (also_queues)`,
      [id, moveTo],
    );
    await tx.query('update queue set moved_to = $2 where moved_to = $1', [id, moveTo]);
    await leadSteps(tx, id, moveTo);
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: moveTo });
    return tickets.length;
  }

  /** Those who served it keep what they could read. */
  private async forget(
    tx: Transaction,
    id: string,
    moveTo: string | null,
    { tickets }: QueueContentsView,
  ): Promise<void> {
    const members = await tx.query<{ agent_id: string }>(
      'select agent_id from queue_member where queue_id = any ($1::uuid[])',
      [[id, moveTo].filter((one) => one !== null)],
    );
    const wasUsed = Object.values(tickets).some((count) => count > 0);
    if (moveTo !== null && wasUsed) {
      await tx.query(
        'update queue set moved_to = $2, retired_at = clock_timestamp(), version = version + 1 where id = $1',
        [id, moveTo],
      );
    } else {
      await tx.query('delete from queue_member where queue_id = $1', [id]);
      await tx.query('delete from queue where id = $1', [id]);
    }
    for (const agentId of new Set(members.map((row) => row.agent_id))) {
      this.bus.emitAfterCommit(tx, 'rights.changed', { agentId });
    }
  }
}

/** Conversations come before queues, so whoever came in meanwhile is not waited for: their people are free, or everything starts over. */
async function lockNewcomers(tx: Transaction, id: string): Promise<void> {
  await tx.query(`${lockPeopleOf} nowait`, [id]).catch((error: unknown) => {
    throw (error as { code?: string }).code === '55P03' ? new QueueMoved() : error;
  });
}

function refuseWhatCannotGo({ tickets, channels, policies, queues }: QueueContentsView, moveTo: string | null): void {
  if (policies.length > 0) {
    const names = policies.map(({ name }) => name).join(', ');
    throw conflict('in_use', `Promises name this queue: ${names}. Change them first.`);
  }
  const { waiting, held, solved, closed } = tickets;
  if (moveTo === null && waiting + held + solved + closed + channels.length + queues.length > 0) {
    throw conflict(
      'queue_in_use',
      `This queue has ${waiting} tickets that wait, ${held} in work and ${solved + closed} that are done, and ${channels.length + queues.length} channels and queues lead to it. Name the queue that takes over.`,
      'moveTo',
    );
  }
}

/** Steps of other queues that led to the queue lead to the one that takes over; in that one itself they would lead nowhere. */
async function leadSteps(tx: Transaction, id: string, moveTo: string): Promise<void> {
  const rows = await tx.query<{ id: string; steps: QueueStepView[] }>(
    `select id, steps from queue where id <> $1 and steps @> jsonb_build_array(jsonb_build_object('queueId', $1::uuid::text)) for no key update`,
    [id],
  );
  for (const queue of rows) {
    const steps = queue.steps
      .map((step) => (step.queueId === id ? { ...step, queueId: moveTo } : step))
      .filter((step) => step.queueId !== queue.id);
    await tx.query('update queue set steps = $2, version = version + 1 where id = $1', [
      queue.id,
      JSON.stringify(steps),
    ]);
  }
}
