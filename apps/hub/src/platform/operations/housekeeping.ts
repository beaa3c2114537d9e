import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.js';
import { Log } from './log.js';

const hourMs = 3_600_000;

/** Small chores that keep tables from growing: each is done once an hour by one of the nodes, may be repeated, and may be missed. */
@Injectable()
export class Housekeeping {
  private readonly chores = new Map<string, () => Promise<unknown>>();

  constructor(
    private readonly log: Log,
    jobs: Jobs,
  ) {
    jobs.define('clean-up', 'housekeeping', () => this.run());
    jobs.every('clean-up', hourMs);
  }

  add(name: string, chore: () => Promise<unknown>): void {
    this.chores.set(name, chore);
  }

  /** Runs all chores, one after the other. One that fails is logged and waits for the next hour. */
  async run(): Promise<void> {
    for (const [chore, work] of this.chores) {
      await work().catch((error: unknown) => this.log.error('A chore failed.', error, { chore }));
    }
  }
}
