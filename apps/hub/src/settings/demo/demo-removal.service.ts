import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { undoMerge } from '#channels';
import { assign } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { ChannelDirectory } from '../channel-directory.service.js';
import { forgetSkill } from '../skills/forget-skill.js';
import {
  demoAgents,
  demoChannels,
  demoCustomers,
  demoQueues,
  demoScripts,
  hangsFromAgents,
  hangsFromChannels,
  hangsFromConversations,
  hangsFromCustomers,
  hangsFromQueues,
  hangsFromScripts,
  heldByDemo,
  lockConversations,
  mixedMerge,
  unheardCustomers,
} from './demo-rows.query.js';

interface DemoCustomer {
  id: string;
  conversation: string;
}

interface DemoRow {
  id: string;
  named: boolean;
}

/** Longer than a message is on its way in. */
const stragglersMs = 5_000;

/**
 * Takes the demonstration away: its customers with all they said, its channels, queues and agents. What belongs to real people
 * stays as it was. Where something real names a row of the demonstration (a ticket that its agent solved), that row stays too, off
 * and no longer part of it. The journal records the erasure, and neither it nor the audit loses a line.
 */
@Injectable()
export class DemoRemoval {
  private readonly logger = new Logger(DemoRemoval.name);

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly storage: FileStorage,
    private readonly telling: TicketTelling,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** Customers come and go with the channels, so those need not be asked. */
  async isPresent(): Promise<boolean> {
    const [row] = await this.database.query<{ present: boolean }>(
      `select exists (select 1 from channel where demo) or exists (select 1 from queue where demo)
           or exists (select 1 from agent where demo) as present`,
    );
    return row?.present ?? false;
  }

  /** All or nothing, but for the channels: they are switched off first, so that nothing arrives while it runs. */
  async remove(actor: Pick<Actor, 'id'>): Promise<void> {
    await this.database.query('update channel set enabled = false where demo');
    await this.channels.refresh();
    await this.database.transaction(async (tx) => {
      await tx.query('select id from channel where demo order by id for update');
      await this.removePeople(tx, actor.id);
      await this.freeReal(tx, actor.id);
      await this.removeChannels(tx);
      await this.removeScripts(tx);
      await this.removeQueues(tx);
      await this.removeSkills(tx);
      await this.removeAgents(tx, actor.id);
      await this.tellEveryone(tx);
      await recordAct(tx, { actorId: actor.id, action: 'demo.removed', subject: 'demo' });
    });
    await this.channels.refresh();
    await this.forgetUnheard();
    setTimeout(() => void this.forgetUnheard(), stragglersMs).unref();
  }

  private async removePeople(tx: Transaction, actorId: string): Promise<void> {
    const people = await tx.query<DemoCustomer>(demoCustomers);
    const customers = people.map(({ id }) => id);
    const conversations = people.map(({ conversation }) => conversation);
    await this.partFromReal(tx, people, actorId);
    await openErasure(tx, conversations, actorId);
    await this.removeFilesAfter(tx, conversations);
    await removeAll(tx, hangsFromConversations, conversations);
    await removeAll(tx, hangsFromCustomers, customers);
  }

  /** A message that was on its way in when its channel went has left a customer behind who never said anything. */
  private async forgetUnheard(): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const met = await tx.query<{ id: string }>(unheardCustomers);
        await removeAll(
          tx,
          hangsFromCustomers,
          met.map(({ id }) => id),
        );
      });
    } catch (error) {
      this.logger.warn(`somebody who was met and not heard stays: ${String(error)}`);
    }
  }

  /** Undoes every merge of a customer of the demonstration with a real one, who is then told what was cut. */
  private async partFromReal(tx: Transaction, people: DemoCustomer[], actorId: string): Promise<void> {
    const customers = people.map(({ id }) => id);
    const ours = new Set(people.map(({ conversation }) => conversation));
    const locked = await tx.query<{ id: string; rev: number }>(lockConversations, [customers]);
    for (;;) {
      const [mixed] = await tx.query<{ id: string }>(mixedMerge, [customers]);
      if (!mixed || (await undoMerge(tx, mixed.id, actorId)).outcome === 'not_merged') {
        break;
      }
    }
    this.live.movedBy(
      tx,
      locked.filter(({ id }) => !ours.has(id)),
    );
  }

  /** Bytes go when the rows are gone for good; one that cannot be removed is in nobody's way. */
  private async removeFilesAfter(tx: Transaction, conversations: string[]): Promise<void> {
    const files = await tx.query<{ storage_key: string }>(
      `select storage_key from attachment where conversation_id = any ($1::uuid[]) and state in ('stored', 'quarantined')`,
      [conversations],
    );
    tx.afterCommit(async () => {
      for (const { storage_key: key } of files) {
        await this.storage.remove(key).catch((error: unknown) => this.logger.warn(`a file stays: ${String(error)}`));
      }
    });
  }

  /** Gives real people's live tickets back to their queues. */
  private async freeReal(tx: Transaction, actorId: string): Promise<void> {
    for (const { id, ownerId } of await tx.query<{ id: string; ownerId: string }>(heldByDemo, [actorId])) {
      const result = await assign(tx, {
        ticketId: id,
        agentId: null,
        expectedOwnerId: ownerId,
        by: actorId,
        withinCapacity: false,
        endReason: 'agent_left',
      });
      if (result.outcome === 'assigned') {
        await this.telling.assigned(tx, result.ticket, null, actorId);
      }
    }
  }

  private async removeChannels(tx: Transaction): Promise<void> {
    const { gone, kept } = split(await tx.query<DemoRow>(demoChannels));
    await removeAll(tx, hangsFromChannels, gone);
    await tx.query('update channel set demo = false, enabled = false where id = any ($1::uuid[])', [kept]);
  }

  /** What scripts looked up for the demonstration answers to nobody once it is gone. */
  private async removeScripts(tx: Transaction): Promise<void> {
    const { gone, kept } = split(await tx.query<DemoRow>(demoScripts));
    await removeAll(tx, hangsFromScripts, gone);
    await tx.query('update script set demo = false where id = any ($1::uuid[])', [kept]);
    await tx.query('delete from script_connector where demo');
  }

  private async removeQueues(tx: Transaction): Promise<void> {
    const { gone, kept } = split(await tx.query<DemoRow>(demoQueues));
    await removeAll(tx, hangsFromQueues, gone);
    await tx.query('update queue set demo = false where id = any ($1::uuid[])', [kept]);
  }

  private async removeSkills(tx: Transaction): Promise<void> {
    for (const { id } of await tx.query<{ id: string }>('select id from skill where demo order by id')) {
      await forgetSkill(tx, id);
    }
  }

  private async removeAgents(tx: Transaction, actorId: string): Promise<void> {
    const { gone, kept } = split(await tx.query<DemoRow>(demoAgents, [actorId]));
    await removeAll(tx, hangsFromAgents, gone);
    await tx.query(
      `update session set revoked_at = clock_timestamp() where agent_id = any ($1::uuid[]) and revoked_at is null`,
      [kept],
    );
    await tx.query(
      `update agent set demo = false, disabled_at = clock_timestamp(), status = 'offline' where id = any ($1::uuid[])`,
      [kept],
    );
    await tx.query('update agent set demo = false where id = $1', [actorId]);
    [...gone, ...kept].forEach((agentId) => this.bus.emitAfterCommit(tx, 'rights.changed', { agentId }));
  }

  /** Lists that consoles show hold what is gone; whoever hears that their rights changed reads everything anew. */
  private async tellEveryone(tx: Transaction): Promise<void> {
    const agents = await tx.query<{ id: string }>('select id from agent where disabled_at is null');
    agents.forEach(({ id }) => this.bus.emitAfterCommit(tx, 'rights.changed', { agentId: id }));
  }
}

/** Messages may go only in a transaction whose journal names their conversations. */
async function openErasure(tx: Transaction, conversations: string[], actorId: string): Promise<void> {
  const id = uuid();
  const before = Object.fromEntries(conversations.map((conversation) => [conversation, {}]));
  await tx.query(
    `insert into merge_journal (id, kind, before, reasons, actor_id) values ($1, 'erasure', $2, '["demo"]', $3)`,
    [id, JSON.stringify(before), actorId],
  );
  await tx.query(`select set_config('peyk.journal', $1, true)`, [id]);
}

async function removeAll(tx: Transaction, rows: [table: string, which: string][], of: string[]): Promise<void> {
  for (const [table, which] of of.length === 0 ? [] : rows) {
    await tx.query(`delete from ${table} where ${which}`, [of]);
  }
}

function split(rows: DemoRow[]): { gone: string[]; kept: string[] } {
  const ids = (named: boolean): string[] => rows.filter((row) => row.named === named).map(({ id }) => id);
  return { gone: ids(false), kept: ids(true) };
}
