import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from './log.js';

const hourMs = 3_600_000;

/** Small chores that keep tables from growing: each runs once an hour, may run on several nodes at once, and may be missed. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly chores = new Map<string, () => Promise<unknown>>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly log: Log) {}

  add(name: string, chore: () => Promise<unknown>): void {
    this.chores.set(name, chore);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), hourMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer ?? undefined);
  }

  /** Runs all chores, one after the other. One that fails is logged and waits for the next hour. */
  async run(): Promise<void> {
    for (const [chore, work] of this.chores) {
      await work().catch((error: unknown) => this.log.error('A chore failed.', error, { chore }));
    }
  }
}
