import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { closeDueTicket, findDueTickets, type DueTicket } from '#tickets';
import { Database, isAway } from '../database/database.js';
import { TicketTelling } from './ticket-telling.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';
import { SharedLook } from '../platform/operations/shared-look.js';

const sweepMs = 30_000;
const batchSize = 50;

/**
 * Closes solved tickets when their reopen window has passed. What is due stands in the rows, on the database clock, so a sweep that
 * was missed is made up for by the next one, and sweeps of several nodes do no harm to each other.
 */
@Injectable()
export class TicketClosing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(TicketClosing.name);
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.closeAll());
  private stopped = false;

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
      sweepMs,
      () => this.sweep().catch((error: unknown) => this.logger.debug(`tickets to close wait: ${String(error)}`)),
      'ticket-closing',
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Closes all that is due, and returns how many; calls during a sweep share the next. */
  sweep(): Promise<number> {
    return this.looks.take();
  }

  /** Each ticket has a transaction of its own: one that cannot be closed holds up no other, and readers wait for one line only. */
  private async closeAll(): Promise<number> {
    const left: string[] = [];
    let closed = 0;
    for (;;) {
      const due = await findDueTickets(this.database, { limit: batchSize, except: left });
      for (const ticket of due) {
        if (this.stopped) {
          return closed;
        }
        if (await this.close(ticket)) {
          closed += 1;
        } else {
          left.push(ticket.id);
        }
      }
      if (due.length < batchSize) {
        return closed;
      }
    }
  }

  private async close(due: DueTicket): Promise<boolean> {
    try {
      return await this.database.transaction(async (tx) => {
        const result = await closeDueTicket(tx, due);
        if (result.outcome !== 'changed') {
          return false;
        }
        await this.telling.changed(tx, result.ticket, { ...result, to: 'closed', by: null });
        return true;
      });
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.logger.error(`ticket ${due.id} cannot be closed: ${String(error)}`);
      return false;
    }
  }
}
