import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../database/database.js';
import { Metrics } from '../platform/operations/metrics.js';

/** Reads the partial index of unfinished deliveries only, so it costs what the backlog is, not what was ever sent. */
const backlog: Statement = {
  name: 'outbox-backlog',
  text: `
select count(*)::int as waiting,
       coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as "oldestSeconds"
from delivery where state in ('queued', 'sending')`,
};

interface Backlog {
  waiting: number;
  oldestSeconds: number;
}

/** Two figures and several scrapers share one look. */
const freshMs = 1_000;

/** How far the outbox is behind, for operators. */
@Injectable()
export class OutboxFigures {
  private last: { at: number; backlog: Promise<Backlog> } | null = null;

  constructor(
    private readonly database: Database,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_outbox_waiting',
      help: 'Messages that have not left yet, on all nodes.',
      read: async () => (await this.look()).waiting,
    });
    metrics.gauge({
      name: 'peyk_outbox_oldest_seconds',
      help: 'Age of the oldest message that has not left yet, on all nodes.',
      read: async () => (await this.look()).oldestSeconds,
    });
  }

  private look(): Promise<Backlog> {
    const now = performance.now();
    if (this.last === null || now - this.last.at > freshMs) {
      this.last = { at: now, backlog: this.read() };
    }
    return this.last.backlog;
  }

  private async read(): Promise<Backlog> {
    const [row] = await this.database.query<Backlog>(backlog);
    return row as Backlog;
  }
}
