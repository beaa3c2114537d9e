import { Injectable } from '@nestjs/common';
import { storableText, type Sql } from '#channels';
import type { QueueWaitingView } from '#contract';
import { readWaitingTerms, type TwoTexts } from '#tickets';
import type { Actor } from '../auth/actor.js';
import { diffOf } from '../auth/diff-of.js';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import { notFound } from '../platform/errors/api-error.js';
import { WaitingQueues } from './waiting-queues.service.js';

/** What a queue is to say; what is left out stays. */
type WantedWaiting = Omit<QueueWaitingView, 'missedCalls'> & { missedCalls?: QueueWaitingView['missedCalls'] };

/** The settings of what queues say to those who wait in them. */
@Injectable()
export class QueueWaiting {
  constructor(
    private readonly database: Database,
    private readonly queues: WaitingQueues,
  ) {}

  read(queueId: string): Promise<QueueWaitingView> {
    return readTerms(this.database, queueId);
  }

  async change(actor: Actor, queueId: string, terms: WantedWaiting): Promise<QueueWaitingView> {
    const changed = await this.database.transaction(async (tx) => {
      const before = await readTerms(tx, queueId, 'for no key update');
      const { texts, missedCalls = before.missedCalls, ...more } = terms;
      const stored = {
        ...more,
        missedCalls: { isOn: missedCalls.isOn, text: storable(missedCalls.text) },
        texts: { queued: storable(texts.queued), closed: storable(texts.closed) },
      };
      await tx.query('update queue set waiting = $2 where id = $1', [queueId, JSON.stringify(stored)]);
      const after = readWaitingTerms(stored);
      const changes = diffOf({ ...before }, { ...after });
      await recordAct(tx, {
        actorId: actor.id,
        action: 'queue.waiting_changed',
        subject: queueId,
        details: { changes },
      });
      return after;
    });
    this.queues.forget();
    return changed;
  }
}

async function readTerms(sql: Sql, queueId: string, lock: '' | 'for no key update' = ''): Promise<QueueWaitingView> {
  const [row] = await sql.query<{ waiting: Partial<QueueWaitingView> }>(
    `select waiting from queue where id = $1 ${lock}`,
    [queueId],
  );
  if (!row) {
    throw notFound('This queue');
  }
  return readWaitingTerms(row.waiting);
}

function storable({ en, fa }: TwoTexts): TwoTexts {
  return { en: storableText(en).trim(), fa: storableText(fa).trim() };
}
