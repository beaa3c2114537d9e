import { Injectable } from '@nestjs/common';
import { storableText } from '#channels';
import type { QueueTicketsView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';

const view = `
select ticket_prefix as prefix, idle_days as "idleDays", idle_warn_days as "idleWarnDays", duplicate_hours as "duplicateHours",
       jsonb_build_object('en', coalesce(idle_texts ->> 'en', ''), 'fa', coalesce(idle_texts ->> 'fa', '')) as "idleTexts"
from queue where id = $1 and retired_at is null`;

/** The settings of what a queue does with its tickets besides routing them. */
@Injectable()
export class QueueTickets {
  constructor(private readonly database: Database) {}

  async read(queueId: string): Promise<QueueTicketsView> {
    const [row] = await this.database.query<QueueTicketsView & Record<string, unknown>>(view, [queueId]);
    if (!row) {
      throw notFound('This queue');
    }
    return row;
  }

  /** A prefix is of the tickets that are opened from now on: those that are there keep theirs. */
  async change(actor: Actor, queueId: string, wish: QueueTicketsView): Promise<QueueTicketsView> {
    if (wish.idleDays !== null && wish.idleWarnDays > wish.idleDays) {
      throw invalid('idleWarnDays', 'A ticket cannot warn of its end before its days have begun.');
    }
    const { en, fa } = wish.idleTexts;
    const texts = { en: storableText(en).trim(), fa: storableText(fa).trim() };
    await this.database.transaction(async (tx) => {
      const changed = await tx.query(
        `update queue set ticket_prefix = $2, idle_days = $3, idle_warn_days = $4, idle_texts = $5, duplicate_hours = $6
         where id = $1 and retired_at is null returning 1`,
        [queueId, wish.prefix, wish.idleDays, wish.idleWarnDays, JSON.stringify(texts), wish.duplicateHours],
      );
      if (changed.length === 0) {
        throw notFound('This queue');
      }
      await recordAct(tx, { actorId: actor.id, action: 'queue.tickets_changed', subject: queueId });
    });
    return this.read(queueId);
  }
}
