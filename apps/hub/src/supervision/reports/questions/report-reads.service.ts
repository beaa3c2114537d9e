import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { Database } from '../../../database/database.js';
import { Places } from './places.js';

/** Beside each other; who comes later waits. Each holds a connection of the pool and at worst a few times the memory below. */
const screensAtOnce = 2;
const filesAtOnce = 1;
const patienceMs = 3_000;

/**
 * Sorted and joined in memory, a report over a million messages takes half of the time that it takes by way of the disk. What is allowed
 * to each other statement of the hub stays small.
 */
const beginning = ['set transaction isolation level repeatable read, read only', `set local work_mem = '64MB'`];

/** Reads for reports: all of one in one snapshot, so that its numbers agree, and few at once, so that what they take has an end. */
@Injectable()
export class ReportReads {
  private readonly screens = new Places(screensAtOnce, patienceMs);
  private readonly files = new Places(filesAtOnce, null);

  constructor(private readonly database: Database) {}

  /** `isAwaited`: somebody looks at a screen meanwhile, and is rather told to come again than left waiting. Files and mails wait. */
  async read<T>(work: (sql: Sql) => Promise<T>, { isAwaited = true } = {}): Promise<T> {
    const leave = await (isAwaited ? this.screens : this.files).take();
    try {
      return await this.database.transaction(async (tx) => {
        for (const statement of beginning) {
          await tx.query(statement);
        }
        return work(tx);
      });
    } finally {
      leave();
    }
  }
}
