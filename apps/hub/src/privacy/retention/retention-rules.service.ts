import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { RetentionPreviewView, RetentionRuleView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { countOf } from './retention.query.js';
import { Retention } from './retention.service.js';

const mostCounted = 10_000;
const columns = 'id, what, channel_id as "channelId", queue_id as "queueId", days';

export type RetentionWish = Omit<RetentionRuleView, 'id'>;

/** How long what is kept. */
@Injectable()
export class RetentionRules {
  constructor(
    private readonly database: Database,
    private readonly retention: Retention,
  ) {}

  list(): Promise<RetentionRuleView[]> {
    return this.database.query<RetentionRuleView & Record<string, unknown>>(
      `select ${columns} from retention_rule order by what, set_at, id`,
    );
  }

  async preview(wish: RetentionWish, now = new Date()): Promise<RetentionPreviewView> {
    checkFits(wish);
    const question = await this.retention.questionOf(wish, now, mostCounted + 1);
    const [row] = await this.database.query<{ n: number }>(countOf(wish.what), question);
    const count = row?.n ?? 0;
    return { count: Math.min(count, mostCounted), isMore: count > mostCounted };
  }

  async add(actor: Actor, wish: RetentionWish): Promise<RetentionRuleView> {
    checkFits(wish);
    const { what, channelId, queueId, days } = wish;
    return this.database.transaction(async (tx) => {
      const [rule] = await tx.query<RetentionRuleView & Record<string, unknown>>(
        `insert into retention_rule (id, what, channel_id, queue_id, days, set_by)
         select $1, $2, $3::uuid, $4::uuid, $5, $6
         where ($3::uuid is null or exists (select 1 from channel where id = $3::uuid))
           and ($4::uuid is null or exists (select 1 from queue where id = $4::uuid))
         on conflict do nothing returning ${columns}`,
        [uuid(), what, channelId, queueId, days, actor.id],
      );
      if (!rule) {
        throw conflict('rule_exists', 'There is such a rule already. Remove it first.');
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'retention.rule_added',
        subject: rule.id,
        details: { what, channelId, queueId, days },
      });
      return rule;
    });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [gone] = await tx.query('delete from retention_rule where id = $1 returning id', [id]);
      if (!gone) {
        throw notFound('This rule');
      }
      await recordAct(tx, { actorId: actor.id, action: 'retention.rule_removed', subject: id });
    });
  }
}

function checkFits({ what, channelId, queueId }: RetentionWish): void {
  if (channelId !== null && queueId !== null) {
    throw invalid('queueId', 'A rule is for a channel or for a queue.', 'scope_invalid');
  }
  if (queueId !== null && !['words', 'files', 'recordings'].includes(what)) {
    throw invalid('queueId', 'This is not kept by queue.', 'scope_invalid');
  }
  if (channelId !== null && ['bots', 'webhooks', 'people'].includes(what)) {
    throw invalid('channelId', 'This is not kept by channel.', 'scope_invalid');
  }
}
