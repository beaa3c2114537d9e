import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, isAway } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { Looks } from '../../platform/operations/looks.js';
import { Lookups } from '../effects/lookups.service.js';
import { dueSessions, dueTalks, nextDue } from './bot-session.query.js';
import { BotTurns } from './bot-turns.service.js';

/** How long to rest: while something runs elsewhere, and at the most. What comes in meanwhile wakes it. */
const restMs = { least: 20, most: 2_000 };
const most = 200;
const atOnce = 8;
/** How long a look waits for those whom it has begun to answer. */
const patienceMs = 1_000;

const forgetEvents = `delete from bot_event where state <> 'ready' and at < now() - interval '7 days'`;

/**
 * Sees that bots answer. Whatever is to be answered is a due row, and so is every timer of a session: this takes them as they come, told
 * by this process or found by a look, on every node. Nodes that take the same one wait for each other's lock and find it done.
 */
@Injectable()
export class BotSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.look(), 'bots');
  private readonly lookups = new Set<Promise<void>>();
  /** What is being answered right now, by the ids of sessions and conversations, and those who do it. */
  private readonly busy = new Set<string>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly turns: BotTurns,
    private readonly connectors: Lookups,
    private readonly log: Log,
    bus: EventBus,
    housekeeping: Housekeeping,
  ) {
    bus.on('bot.asked', () => this.wake());
    housekeeping.add('what bots answered', () => database.query(forgetEvents));
  }

  onApplicationBootstrap(): void {
    this.looks.start(restMs.most);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looks.stop();
    await Promise.all([...this.lookups, ...this.running]);
  }

  /** Something is to be answered now. */
  wake(): void {
    this.looks.wake();
  }

  /** Answers what is due. Never rejects. @returns how long to rest, in milliseconds. */
  async look(): Promise<number> {
    try {
      let dueInMs = await this.dueInMs();
      if (dueInMs <= 0) {
        await this.takeAll();
        dueInMs = await this.dueInMs();
      }
      return Math.max(restMs.least, Math.min(dueInMs, restMs.most));
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Bots do not answer.', { reason: String(error) });
    }
    return restMs.most;
  }

  /** Nothing being due costs one question. */
  private async dueInMs(): Promise<number> {
    const [next] = await this.database.query<{ ms: number | null }>(nextDue);
    return next?.ms ?? restMs.most;
  }

  private async takeAll(): Promise<void> {
    const sessions = await this.database.query<{ id: string; conversationId: string }>(dueSessions, [most]);
    await this.inTurns(sessions, ({ id, conversationId }) =>
      this.safely(id, () => this.turns.wake(id, conversationId)),
    );
    const talks = await this.database.query<{ id: string }>(dueTalks, [most]);
    await this.inTurns(talks, ({ id }) => this.safely(id, () => this.turns.drain(id)));
    const lookup = this.lookUp().finally(() => this.lookups.delete(lookup));
    this.lookups.add(lookup);
  }

  /** Those who are asked may take their time; nobody waits for them here. */
  private async lookUp(): Promise<void> {
    try {
      const answered = await this.connectors.makeDue();
      if (answered.length > 0) {
        this.wake();
      }
    } catch (error) {
      this.log[isAway(error) ? 'debug' : 'warn']('Lookups were not made.', { reason: String(error) });
    }
  }

  /** One that fails must not hold up the others. */
  private async safely(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('A bot did not answer.', { reason: String(error), talk: id });
    }
  }

  /** Some at once. One who takes long, for somebody else holds their person, is left to themselves: the others do not wait for them. */
  private async inTurns<Item extends { id: string }>(
    items: readonly Item[],
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    const waiting = items.filter(({ id }) => !this.busy.has(id));
    const workers = Array.from({ length: Math.min(atOnce - this.busy.size, waiting.length) }, () =>
      this.workOff(waiting, work),
    );
    const all = Promise.all(workers).then(() => undefined);
    const quiet = all.catch(() => undefined).finally(() => this.running.delete(quiet));
    this.running.add(quiet);
    const patience = new AbortController();
    const late = sleep(patienceMs, undefined, { ref: false, signal: patience.signal }).catch(() => undefined);
    await Promise.race([all, late]).finally(() => {
      waiting.length = 0;
      patience.abort();
    });
  }

  private async workOff<Item extends { id: string }>(
    waiting: Item[],
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      this.busy.add(item.id);
      await work(item).finally(() => this.busy.delete((item as Item).id));
    }
  }
}
