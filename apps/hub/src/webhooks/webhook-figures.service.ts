import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Metrics } from '../platform/operations/metrics.js';

/** How webhooks fare, for whoever watches the installation: a webhook that Peyk switched off is a program that hears nothing. */
@Injectable()
export class WebhookFigures {
  constructor(
    private readonly database: Database,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_webhooks',
      help: 'Webhooks by how they fare: well, failing, switched_off (by Peyk), off (by somebody).',
      label: 'state',
      read: () => this.countStates(),
    });
    metrics.gauge({
      name: 'peyk_webhook_deliveries_waiting',
      help: 'Deliveries of webhooks that are on and wait to be taken.',
      read: () => this.countWaiting(),
    });
  }

  private async countStates(): Promise<Record<string, number>> {
    const rows = await this.database.query<{ state: string; count: number }>(
      `select case when off_reason is not null then 'switched_off' when not enabled then 'off'
                   when failing_since is not null then 'failing' else 'well' end as state, count(*)::int as count
       from webhook group by 1`,
    );
    const none = { well: 0, failing: 0, switched_off: 0, off: 0 };
    return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  private async countWaiting(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `select count(*)::int as count from webhook_delivery d join webhook w on w.id = d.webhook_id
       where w.enabled and d.state in ('queued', 'sending')`,
    );
    return row?.count ?? 0;
  }
}
