import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { FileStorage } from '../../platform/storage/file-storage.js';

const keptMs = 24 * 3_600_000;
const batchSize = 100;

/**
 * Takes uploads out of use that no message took in time, and those that an earlier sweep did not finish with. What is being bound
 * to its message now is locked and left alone; what is marked here cannot be bound any more. What a draft or a message that has not left
 * holds is still meant to be sent; a draft that nobody has changed for a month is not.
 */
const withdraw: Statement = {
  name: 'upload-withdraw',
  text: `
update attachment f set state = 'erased'
where f.id in (
  select u.id from attachment u where u.seq is null and u.state in ('stored', 'erased') and u.created_at < $1
    and not exists (select 1 from held_message h where h.conversation_id = u.conversation_id and h.message -> 'attachmentIds' ? u.id::text)
    and not exists (select 1 from draft d where d.conversation_id = u.conversation_id and d.changed_at > $1 - interval '30 days'
                    and d.content -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', u.id)))
  order by u.created_at limit $2 for update of u skip locked)
returning f.id, f.storage_key`,
};

/** What a sweep removed. */
export interface Swept {
  unfinished: number;
  unbound: number;
}

/** Removes files that no message will ever show: uploads that were never sent, and what a crash left half written. */
@Injectable()
export class UploadSweeper {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly log: Log,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('files without a message', () => this.sweep(new Date()));
  }

  async sweep(now: Date): Promise<Swept> {
    const before = new Date(now.getTime() - keptMs);
    const swept = {
      unfinished: await this.storage.removeUnfinished(before),
      unbound: await this.removeUnbound(before),
    };
    if (swept.unfinished + swept.unbound > 0) {
      this.log.info('Files without a message were removed.', { ...swept });
    }
    return swept;
  }

  private async removeUnbound(before: Date): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.database.query<{ id: string; storage_key: string }>(withdraw, [before, batchSize]);
      for (const row of rows) {
        await this.storage.remove(row.storage_key);
      }
      await this.database.query(
        `delete from attachment where id = any ($1::uuid[]) and seq is null and state = 'erased'`,
        [rows.map(({ id }) => id)],
      );
      removed += rows.length;
      if (rows.length < batchSize) {
        return removed;
      }
    }
  }
}
