import { Injectable } from '@nestjs/common';
import type { Page, WebhookAttemptView, WebhookDeliveryView } from '#contract';
import type { Actor } from '../auth/actor.js';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import { conflict, invalid, notFound } from '../platform/errors/api-error.js';
import { fromIdCursor } from '../platform/http/id-cursor.js';
import { Housekeeping } from '../platform/operations/housekeeping.js';
import { deliveryPage, presentAttempt, presentDelivery, type DeliveryRow } from './webhook-rows.query.js';
import type { ReplayDto, WebhookLogDto } from './webhooks.dto.js';

const keptDays = 30;
const mostReplayed = 10_000;

/** Put back in the line: as if it had never been tried, but under its old name and with its old attempts to be seen. */
const requeue = `state = 'queued', tries = 0, due_at = clock_timestamp(), ended_at = null`;

/** What became of a webhook's deliveries, and sending them again. */
@Injectable()
export class WebhookLog {
  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('webhook-deliveries', () =>
      database.query(
        `delete from webhook_delivery where id in (
           select id from webhook_delivery where ended_at < clock_timestamp() - interval '${keptDays} days' limit 50000)`,
      ),
    );
  }

  async page(id: string, { before, limit, state }: WebhookLogDto): Promise<Page<WebhookDeliveryView>> {
    await this.getWebhook(id);
    const rows = await this.database.query<DeliveryRow & Record<string, unknown>>(deliveryPage, [
      id,
      fromIdCursor(before),
      state ?? null,
      limit,
    ]);
    return { rows: rows.map(presentDelivery), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
  }

  /** The last tries of a delivery, newest first. */
  async attempts(id: string, delivery: string): Promise<WebhookAttemptView[]> {
    const rows = await this.database.query<DeliveryRow & Record<string, unknown>>(
      `select a.at, a.ms, a.status, a.error, a.answer from webhook_delivery d join webhook_attempt a on a.delivery_id = d.id
       where d.webhook_id = $1 and d.id = $2 order by a.id desc limit 50`,
      [id, delivery],
    );
    return rows.map(presentAttempt);
  }

  /** @returns how many are sent again. Those on their way already are not. */
  async replay(actor: Actor, id: string, wish: ReplayDto): Promise<{ replayed: number }> {
    await this.getWebhook(id);
    const isOne = wish.delivery !== undefined;
    if (isOne === (wish.from !== undefined)) {
      throw invalid('delivery', 'Name one delivery, or from when on deliveries are sent again.');
    }
    const replayed = await this.database.transaction(async (tx) => {
      const rows = await tx.query(
        isOne
          ? `update webhook_delivery set ${requeue} where webhook_id = $1 and id = $2 and state not in ('queued', 'sending') returning id`
          : `update webhook_delivery set ${requeue} where id in (
               select id from webhook_delivery
               where webhook_id = $1 and happened_at >= $2 and happened_at < coalesce($3::timestamptz, 'infinity')
                 and (state = 'failed' or (state = 'sent' and not $4)) order by id limit ${mostReplayed}) returning id`,
        isOne ? [id, wish.delivery] : [id, wish.from, wish.to ?? null, wish.failedOnly ?? false],
      );
      const { delivery, from, to } = wish;
      const details = { replayed: rows.length, delivery, from, to };
      await recordAct(tx, { actorId: actor.id, action: 'webhook.replayed', subject: id, details });
      return rows.length;
    });
    if (isOne && replayed === 0) {
      throw conflict('nothing_to_replay', 'There is no such delivery, or it is on its way already.', 'delivery');
    }
    return { replayed };
  }

  private async getWebhook(id: string): Promise<void> {
    if ((await this.database.query('select 1 from webhook where id = $1', [id])).length === 0) {
      throw notFound('This webhook');
    }
  }
}
