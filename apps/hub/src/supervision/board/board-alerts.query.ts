import type { Statement } from '#channels';
import type { BoardMeasure } from '#contract';

/** Takes a look for all nodes, unless one has just been taken, or nobody set a limit. Parameter: milliseconds between two. */
export const takeLook: Statement = {
  name: 'board-take-look',
  text: `
update board_look set at = clock_timestamp()
where at < clock_timestamp() - $1 * interval '1 millisecond' and exists (select 1 from board_threshold) returning 1`,
};

export interface ThresholdRow {
  id: string;
  queue_id: string | null;
  measure: BoardMeasure;
  at_limit: number;
  for_secs: number;
  turned_at: Date | null;
  is_raised: boolean;
  now: Date;
}

/** Whoever decides holds them until it is written. */
export const holdThresholds: Statement = {
  name: 'board-hold-thresholds',
  text: `
select t.*, clock_timestamp() as now, exists (select 1 from board_alert b where b.threshold_id = t.id and b.ended_at is null) as is_raised
from board_threshold t order by t.id for update of t`,
};

export const turnThreshold = 'update board_threshold set turned_at = $2 where id = $1';

/** Parameters: id, threshold, value. */
export const raiseAlert = `
insert into board_alert (id, threshold_id, queue_id, measure, at_limit, value, raised_at)
select $1, id, queue_id, measure, at_limit, $3, clock_timestamp() from board_threshold where id = $2`;

/** Parameter: threshold. */
export const endAlert = `
update board_alert set ended_at = clock_timestamp() where threshold_id = $1 and ended_at is null returning id`;

/** Writes it in the log of facts, from which webhooks and notices follow. Parameters: alert, 'raised' or 'ended'. */
export const tellAlert = `
insert into event_log (type, subject_id, payload)
select 'queue.alert', id, jsonb_build_object('state', $2::text, 'queueId', queue_id, 'measure', measure, 'limit', at_limit, 'value', value)
from board_alert where id = $1`;
