import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { ChannelRecordingView, QueueRecordingView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { RecordingPolicy } from './consent-steps.js';
import { channelTerms, policyOf, queueTerms, type StoredLine } from './recording-terms.js';

/** Which calls are recorded, and how long what was recorded is kept: off until somebody says otherwise. */
@Injectable()
export class RecordingPolicies {
  constructor(private readonly database: Database) {}

  /** What counts for a call on this line, for this queue; without a queue, for that of the line. */
  async of(sql: Sql, { channelId, queueId }: { channelId: string; queueId: string | null }): Promise<RecordingPolicy> {
    const [row] = await sql.query<{ line: StoredLine; queue: Partial<QueueRecordingView> | null }>(
      `select ch.recording as line, q.recording as queue
       from channel ch left join queue q on q.id = coalesce($2::uuid, ch.queue_id) where ch.id = $1`,
      [channelId, queueId],
    );
    return policyOf(row?.line ?? null, row?.queue ?? null);
  }

  async ofQueue(id: string): Promise<QueueRecordingView> {
    const [row] = await this.database.query<{ recording: Partial<QueueRecordingView> }>(
      'select recording from queue where id = $1',
      [id],
    );
    return queueTerms(found(row, 'This queue').recording);
  }

  async ofChannel(id: string): Promise<ChannelRecordingView> {
    const [row] = await this.database.query<{ recording: Partial<ChannelRecordingView> }>(
      `select recording from channel where id = $1 and kind = 'phone'`,
      [id],
    );
    return channelTerms(found(row, 'This channel').recording);
  }

  async changeQueue(actor: Actor, id: string, terms: QueueRecordingView): Promise<QueueRecordingView> {
    await this.change('queue', { actor, id, terms, what: 'This queue' });
    return this.ofQueue(id);
  }

  async changeChannel(actor: Actor, id: string, terms: ChannelRecordingView): Promise<ChannelRecordingView> {
    await this.ofChannel(id);
    await this.change('channel', { actor, id, terms, what: 'This channel' });
    return this.ofChannel(id);
  }

  private change(
    table: 'queue' | 'channel',
    change: { actor: Actor; id: string; terms: QueueRecordingView | ChannelRecordingView; what: string },
  ): Promise<void> {
    const { mode, keepDays } = change.terms;
    const declared =
      mode === 'elsewhere' ? { declared: `declared by ${change.actor.id} ${new Date().toISOString()}` } : {};
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query(`update ${table} set recording = $2 where id = $1 returning id`, [
        change.id,
        JSON.stringify({ mode, keepDays, ...declared }),
      ]);
      found(row, change.what);
      await recordAct(tx, {
        actorId: change.actor.id,
        action: `${table}.recording_changed`,
        subject: change.id,
        details: { mode, keepDays },
      });
    });
  }
}

function found<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) {
    throw notFound(what);
  }
  return row;
}
