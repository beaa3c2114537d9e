import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import type { Actor } from '../../auth/actor.js';
import { readActor } from '../../auth/read-actor.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { ApiError, forbidden } from '../../platform/errors/api-error.js';
import { Log } from '../../platform/operations/log.js';
import { Looks } from '../../platform/operations/looks.js';
import { BulkActs } from './bulk-acts.service.js';
import {
  claimRun,
  countTry,
  dropOld,
  endItem,
  endRun,
  endTurn,
  endUndo,
  nextItems,
  nextTurn,
  oneRun,
  type ItemRow,
  type RunRow,
} from './bulk.query.js';
import { presentRun } from './bulk-runs.service.js';
import type { Standing } from './standing.js';

/** While nothing is at work: where agents ask this node itself, and where others are asked and this one works. */
const idleMs = { asked: 15_000, apart: 2_000 };
/** Longer than a turn takes, so that only one that died is taken over. */
const claimMs = 20_000;
/** Tickets of one turn: another run has its turn after these. */
const turnTickets = 20;
const retryMs = 2_000;
const longestRestMs = 1_000;
/** A ticket that fails by no fault of its own is given up after so many tries, so that the others end. */
const mostTries = 5;

type ClaimedRun = Pick<RunRow, 'id' | 'agent_id' | 'act' | 'state'>;

/** Another node was faster, or the run is being taken back. */
class ItemOver extends Error {}

/**
 * Works off acts on many tickets, one ticket a transaction, one after the other, the runs of several agents by turns. A ticket's row
 * ends in the transaction that changes it: wherever this dies, each ticket is changed once or not yet.
 */
@Injectable()
export class BulkSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.lookOnce(), 'bulk');

  constructor(
    private readonly database: Database,
    private readonly acts: BulkActs,
    private readonly live: LiveFeed,
    private readonly config: HubConfig,
    private readonly log: Log,
    bus: EventBus,
  ) {
    bus.on('bulk.asked', () => this.looks.wake());
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(0);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  /** One turn of the run whose turn it is. False: none is due. */
  async workTurn(): Promise<boolean> {
    const [run] = await this.database.query<ClaimedRun & Record<string, unknown>>(claimRun, [claimMs]);
    if (!run) {
      return false;
    }
    const items = await this.database.query<ItemRow & Record<string, unknown>>(nextItems, [run.id, turnTickets]);
    const actor = await readActor(this.database, run.agent_id);
    let isWell = true;
    for (const item of items) {
      isWell &&= await this.workItem(run, item, actor);
    }
    const ended = items.length === 0 ? await this.database.query(endRun, [run.id, run.state]) : [];
    if (ended.length === 0) {
      await this.database.query(endTurn, [run.id, isWell ? 0 : retryMs]);
    }
    await this.tell(run);
    return true;
  }

  private async lookOnce(): Promise<number> {
    try {
      const began = performance.now();
      if (await this.workTurn()) {
        // The next turn is another run's, where there is one. What agents, rules and the router do meanwhile has as much time as this had.
        return Math.min(longestRestMs, performance.now() - began);
      }
      await this.database.query(dropOld);
      const [next] = await this.database.query<{ ms: number | null }>(nextTurn);
      const idle = this.config.role === 'worker' ? idleMs.apart : idleMs.asked;
      return Math.min(idle, Math.max(0, Math.ceil(next?.ms ?? idle)));
    } catch (error) {
      this.log.debug('Acts on many tickets wait for the next look.', { reason: String(error) });
      return retryMs;
    }
  }

  /** False: the database or we ourselves failed, and it is tried again later. */
  private async workItem(run: ClaimedRun, item: ItemRow, actor: Actor | null): Promise<boolean> {
    try {
      await this.database.transaction((tx) =>
        run.state === 'undoing' ? this.undoItem(tx, run, item, actor) : this.doItem(tx, run, item, actor),
      );
      return true;
    } catch (error) {
      return error instanceof ItemOver || this.fail(run, item, error);
    }
  }

  private async doItem(tx: Transaction, run: ClaimedRun, item: ItemRow, actor: Actor | null): Promise<void> {
    const acted = await this.acts.perform(tx, allowed(actor), item.ticket_id, run.act);
    const [was, became] = acted.outcome === 'done' ? [acted.was, acted.became].map((one) => JSON.stringify(one)) : [];
    const values = [run.id, item.position, acted.outcome, null, null, was ?? null, became ?? null];
    await endOnce(tx, endItem, values);
  }

  private async undoItem(tx: Transaction, run: ClaimedRun, item: ItemRow, actor: Actor | null): Promise<void> {
    const { was, became } = item as ItemRow & { was: Standing; became: Standing };
    await this.acts.restore(tx, allowed(actor), item.ticket_id, { act: run.act, was, became });
    await endOnce(tx, endUndo, [run.id, item.position, 'undone', null, null]);
  }

  /** A refusal is told with its reason; anything else is tried again, and given up in the end. */
  private async fail(run: ClaimedRun, item: ItemRow, error: unknown): Promise<boolean> {
    if (!(error instanceof ApiError) || error.status >= 500) {
      this.log.warn('A ticket of many could not be changed yet.', { reason: String(error), ticket: item.ticket_id });
      if (item.tries + 1 < mostTries) {
        await this.database.query(countTry, [run.id, item.position]);
        return false;
      }
    }
    const [code, detail] =
      error instanceof ApiError
        ? [error.code, error.detail]
        : ['internal', 'This did not work. Try it on the ticket itself.'];
    await (run.state === 'undoing'
      ? this.database.query(endUndo, [run.id, item.position, 'left', code, detail])
      : this.database.query(endItem, [run.id, item.position, 'refused', code, detail, null, null]));
    return true;
  }

  private async tell(run: ClaimedRun): Promise<void> {
    const [row] = await this.database.query<RunRow & Record<string, unknown>>(oneRun, [run.id]);
    if (row) {
      this.live.toAgents([`agent:${run.agent_id}`], 'bulk.progress', presentRun(row));
    }
  }
}

function allowed(actor: Actor | null): Actor {
  if (!actor) {
    throw forbidden('The account that asked for it is switched off.');
  }
  return actor;
}

async function endOnce(tx: Transaction, statement: string, values: unknown[]): Promise<void> {
  if ((await tx.query(statement, values)).length === 0) {
    throw new ItemOver();
  }
}
