import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { SpentFiles } from '../../platform/storage/spent-files.service.js';
import { RefusedRecordings } from './refused-recordings.service.js';

const batchSize = 100;

interface Over {
  id: string;
  conversation_id: string;
  seq: number;
}

/** Deletes recordings whose time is over, files that no row names any more, and at their providers what they still have of those. */
@Injectable()
export class RecordingSweeper {
  constructor(
    private readonly database: Database,
    private readonly spent: SpentFiles,
    private readonly live: LiveFeed,
    private readonly refused: RefusedRecordings,
    private readonly log: Log,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('recordings whose time is over', () => this.sweep(new Date()));
  }

  async sweep(now: Date): Promise<{ over: number; files: number; forgotten: number }> {
    const over = await this.endKeeping(now);
    const swept = { over, files: await this.spent.remove(), forgotten: await this.refused.forget() };
    if (swept.over + swept.files + swept.forgotten > 0) {
      this.log.info('Recordings were cleared away.', { ...swept });
    }
    return swept;
  }

  /** The row stays and says when; its file goes by the database's own note of it. */
  private async endKeeping(now: Date): Promise<number> {
    let ended = 0;
    for (;;) {
      const due = await this.database.query<Over & Record<string, unknown>>(
        `select id, conversation_id, seq from call_recording where state = 'kept' and keep_until <= $1
         order by keep_until limit $2`,
        [now, batchSize],
      );
      for (const recording of due) {
        await this.end(recording, now);
      }
      ended += due.length;
      if (due.length < batchSize) {
        return ended;
      }
    }
  }

  private end({ id, conversation_id: conversationId, seq }: Over, now: Date): Promise<void> {
    return this.database.transaction(async (tx) => {
      const parts = await tx.query<{ id: string; rev: number }>(
        'select id, rev from conversation where id = $1 for no key update',
        [conversationId],
      );
      await tx.query(
        `update call_recording r
         set state = 'gone', reason = 'retention', gone_at = $2, storage_key = null, due_at = clock_timestamp(),
             forget = exists (select 1 from phone_call p where p.channel_id = r.channel_id and p.call_id = r.call_id)
         where id = $1 and state = 'kept'`,
        [id, now],
      );
      await tx.query('update message set kind = kind where conversation_id = $1 and seq = $2', [conversationId, seq]);
      this.live.movedBy(tx, parts);
    });
  }
}
