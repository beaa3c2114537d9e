import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { BoardAlert, BoardThreshold } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { endAlert, tellAlert } from './board-alerts.query.js';
import { alertColumns } from './board.query.js';
import type { ThresholdDto } from './board.dto.js';
import { boardScope } from './board-scope.js';

const shown = `id, queue_id as "queueId", measure, at_limit as "limit", for_secs as "forSeconds"`;
const ofAllOnly = new Set(['bot_share', 'first_reply']);

const keep = `
insert into board_threshold (id, queue_id, measure, at_limit, for_secs, made_by) values ($1, $2, $3, $4, $5, $6)
on conflict on constraint board_threshold_once
do update set at_limit = excluded.at_limit, for_secs = excluded.for_secs, turned_at = null, made_by = excluded.made_by
returning ${shown}`;

const recent = `
select jsonb_build_object(${alertColumns}) as alert from board_alert b
where $1::uuid[] is null or b.queue_id = any ($1) order by b.raised_at desc, b.id desc limit 100`;

/** What supervisors want to be told of. Whoever watches only some queues sets the limits of those. */
@Injectable()
export class BoardThresholds {
  constructor(private readonly database: Database) {}

  /** The latest alerts, those that are over as well. */
  async listAlerts(actor: Actor): Promise<BoardAlert[]> {
    const rows = await this.database.query<{ alert: BoardAlert }>(recent, [await boardScope(this.database, actor)]);
    return rows.map(({ alert }) => alert);
  }

  set(actor: Actor, wish: ThresholdDto): Promise<BoardThreshold> {
    const { queueId, measure, limit, forSeconds } = wish;
    if (queueId !== null && ofAllOnly.has(measure)) {
      throw invalid('queueId', 'This is measured of all queues together.');
    }
    if (measure === 'bot_share' && limit > 1) {
      throw invalid('limit', 'A share is at most 1.');
    }
    return this.database.transaction(async (tx) => {
      await mustWatch(tx, actor, queueId);
      const row = [uuid(), queueId, measure, limit, forSeconds, actor.id];
      const [kept] = await tx.query<BoardThreshold & Record<string, unknown>>(keep, row);
      const { id } = kept as BoardThreshold;
      const details = { queueId, measure, limit, forSeconds };
      await recordAct(tx, { actorId: actor.id, action: 'board.threshold_set', subject: id, details });
      return kept as BoardThreshold;
    });
  }

  /** What it had told of and was not over is over with it. */
  remove(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [found] = await tx.query<BoardThreshold & Record<string, unknown>>(
        `select ${shown} from board_threshold where id = $1 for update`,
        [id],
      );
      if (!found) {
        throw notFound('This limit');
      }
      await mustWatch(tx, actor, found.queueId);
      const [ended] = await tx.query<{ id: string }>(endAlert, [id]);
      if (ended) {
        await tx.query(tellAlert, [ended.id, 'ended']);
      }
      await tx.query('delete from board_threshold where id = $1', [id]);
      const { queueId, measure } = found;
      await recordAct(tx, {
        actorId: actor.id,
        action: 'board.threshold_removed',
        subject: id,
        details: { queueId, measure },
      });
    });
  }
}

/** A queue that is not theirs looks like one that is not there. */
async function mustWatch(tx: Transaction, actor: Actor, queueId: string | null): Promise<void> {
  const scope = await boardScope(tx, actor);
  const rows =
    queueId === null ? [{}] : await tx.query('select 1 from queue where id = $1 and retired_at is null', [queueId]);
  if (rows.length === 0 || (scope !== null && (queueId === null || !scope.includes(queueId)))) {
    throw notFound('This queue');
  }
}
