import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { assign, listAbsentHolders, listOpenChats } from '#tickets';
import { Database } from '../database/database.js';
import { TicketTelling } from './ticket-telling.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

const lookMs = 5_000;
/** A reload, a tunnel or a hub that starts again is no reason to take a chat away. */
const graceMs = 60_000;

/**
 * Gives the chats of agents who are gone back to their queues, in the place they had: a node that died took its agents' consoles with
 * it, and their customers wait. Mail and the like stays with them. How long somebody has been gone is what this process saw itself,
 * so that after an outage everybody has the whole time to come back. Of several nodes the first one releases; the others find nothing.
 */
@Injectable()
export class AbsentAgents implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AbsentAgents.name);
  /** Absent agents who hold work, by when they were first found so: milliseconds of the process. */
  private since = new Map<string, number>();
  private rounds: Rounds | null = null;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly telling: TicketTelling,
    private readonly config: HubConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') {
      return;
    }
    this.rounds = startRounds(
      lookMs,
      () => this.look().catch((error: unknown) => this.logger.debug(`chats of absent agents wait: ${String(error)}`)),
      'absent-agents',
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looking.catch(() => undefined);
  }

  /** One look after the other. `now` is the process's monotonic clock, in milliseconds. */
  look(now = performance.now()): Promise<void> {
    this.looking = this.looking.catch(() => undefined).then(() => this.lookNow(now));
    return this.looking;
  }

  private async lookNow(now: number): Promise<void> {
    const absent = await listAbsentHolders(this.database);
    this.since = new Map(absent.map((agentId) => [agentId, this.since.get(agentId) ?? now]));
    for (const agentId of absent.filter((id) => now - (this.since.get(id) ?? now) >= graceMs)) {
      for (const ticketId of await listOpenChats(this.database, agentId)) {
        await this.release(ticketId, agentId).catch((error: unknown) =>
          this.logger.warn(`a chat of an absent agent waits: ${String(error)}`),
        );
      }
    }
  }

  private async release(ticketId: string, agentId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Whoever came back since the look keeps what they have.
      if (!(await listAbsentHolders(tx)).includes(agentId)) {
        return;
      }
      const wish = { ticketId, agentId: null, expectedOwnerId: agentId, by: null, withinCapacity: false } as const;
      const result = await assign(tx, { ...wish, endReason: 'agent_left' });
      if (result.outcome === 'assigned') {
        await this.telling.assigned(tx, result.ticket, null, null);
      }
    });
  }
}
