import { Injectable } from '@nestjs/common';
import { storableText } from '#channels';
import type { QueueWaitingView } from '#contract';
import { readWaitingTerms, type TwoTexts } from '#tickets';
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

  async read(queueId: string): Promise<QueueWaitingView> {
    const [row] = await this.database.query<{ waiting: Partial<QueueWaitingView> }>(
      'select waiting from queue where id = $1',
      [queueId],
    );
    if (!row) {
      throw notFound('This queue');
    }
    return readWaitingTerms(row.waiting);
  }

  async change(queueId: string, terms: WantedWaiting): Promise<QueueWaitingView> {
    const { texts, missedCalls = (await this.read(queueId)).missedCalls, ...more } = terms;
    const stored = {
      ...more,
      missedCalls: { isOn: missedCalls.isOn, text: storable(missedCalls.text) },
      texts: { queued: storable(texts.queued), closed: storable(texts.closed) },
    };
    await this.database.query('update queue set waiting = $2 where id = $1', [queueId, JSON.stringify(stored)]);
    this.queues.forget();
    return this.read(queueId);
  }
}

function storable({ en, fa }: TwoTexts): TwoTexts {
  return { en: storableText(en).trim(), fa: storableText(fa).trim() };
}
