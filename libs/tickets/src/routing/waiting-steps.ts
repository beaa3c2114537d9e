import type { Sql } from '#channels';
import { changeTicket, type TicketChanged } from '../tickets/change-ticket.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { nextStepAt, rerankTicket } from '../work/queue-work.js';
import { recordWork } from '../work/record-work.js';
import { isServing } from './eligibility.js';

/** What a queue does about work that waits too long, in the order of its steps. */
export interface WaitingStep {
  /** Since it waits in this queue. */
  afterSecs: number;
  do: 'lower_skill' | 'widen_level' | 'add_queue' | 'boost' | 'alert' | 'callback' | 'move_queue';
  /** lower_skill: the level that is enough from now on, 0 for any agent; widen_level: members up to this level are asked. */
  level?: number;
  queueId?: string;
  /** boost: how far ahead it moves. */
  minutes?: number;
}

/** A step that has come due. */
export interface DueStep {
  workId: string;
  ticketId: string;
}

/** A step of a queue that is closed: it comes due again after `gapMs` of its hours. */
export interface SleepingStep extends DueStep {
  calendarId: string;
  /** Milliseconds of the Unix epoch on the database's clock. */
  now: number;
  gapMs: number;
}

export interface StepTaken {
  ticket: HeldTicket;
  step: WaitingStep;
  /** What moving it to another queue did to the ticket. */
  moved: Extract<TicketChanged, { outcome: 'changed' }> | null;
}

const due = `
from work_item w join queue q on q.id = w.queue_id
where w.state = 'queued' and w.next_step_at <= clock_timestamp()`;

/** Steps that are due by the database's clock, of queues that serve now; the longest overdue first. */
export async function listDueSteps(sql: Sql, limit: number): Promise<DueStep[]> {
  return sql.query<DueStep & Record<string, unknown>>(
    `select w.id as "workId", w.ticket_id as "ticketId" ${due} and ${isServing('q')} order by w.next_step_at limit $1`,
    [limit],
  );
}

/** Steps that came due while their queue is closed. */
export async function listSleepingSteps(sql: Sql, limit: number): Promise<SleepingStep[]> {
  return sql.query<SleepingStep & Record<string, unknown>>(
    `select w.id as "workId", w.ticket_id as "ticketId", q.calendar_id as "calendarId",
            (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
            greatest(1, (q.steps -> w.step::int ->> 'afterSecs')::int
              - case when w.step > 0 then coalesce((q.steps -> (w.step - 1) ->> 'afterSecs')::int, 0) else 0 end) * 1000 as "gapMs"
     ${due} and not ${isServing('q')} order by w.next_step_at limit $1`,
    [limit],
  );
}

/** Puts a step off until an instant in milliseconds of the Unix epoch; null: its queue never opens again. */
export async function putStepOff(sql: Sql, { workId }: DueStep, until: number | null): Promise<void> {
  await sql.query(
    `update work_item set next_step_at = to_timestamp($2::float8 / 1000) where id = $1 and state = 'queued' and next_step_at <= clock_timestamp()`,
    [workId, until],
  );
}

/**
 * Does the step that is due for waiting work. One node at a time looks at one piece of work; null where there is nothing to do (any
 * more). The lock is an advisory one, because rows are locked from the conversation down.
 */
export async function takeStep(sql: Sql, { workId, ticketId }: DueStep): Promise<StepTaken | null> {
  const [claim] = await sql.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('step ' || $1, 0)) as mine`,
    [workId],
  );
  const ticket = claim?.mine ? await holdTicket(sql, ticketId) : null;
  const found = ticket?.work?.id === workId ? await findStep(sql, workId) : null;
  if (!ticket || !found) {
    return null;
  }
  await sql.query(`update work_item w set step = w.step + 1 from queue q where q.id = w.queue_id and w.id = $1`, [
    workId,
  ]);
  await sql.query(
    `update work_item w set next_step_at = ${nextStepAt} from queue q where q.id = w.queue_id and w.id = $1`,
    [workId],
  );
  const { afterSecs: _, do: action, ...details } = found.step;
  await recordWork(sql, ticket, { type: 'work.step', payload: { step: found.index + 1, do: action, ...details } });
  return { ticket, step: found.step, moved: await doStep(sql, ticket, workId, found.step) };
}

async function findStep(sql: Sql, workId: string): Promise<{ index: number; step: WaitingStep } | null> {
  const [found] = await sql.query<{ index: number; step: WaitingStep }>(
    `select w.step::int as index, q.steps -> w.step::int as step ${due} and w.id = $1 and q.steps -> w.step::int is not null`,
    [workId],
  );
  return found ?? null;
}

async function doStep(sql: Sql, ticket: HeldTicket, workId: string, step: WaitingStep): Promise<StepTaken['moved']> {
  switch (step.do) {
    case 'lower_skill':
    case 'widen_level':
    case 'add_queue':
      await sql.query(changes[step.do], [workId, argumentOf(step)]);
      return null;
    case 'boost':
      await rerankTicket(sql, ticket.id, { reason: 'step', addMs: (step.minutes ?? 0) * 60_000 });
      return null;
    case 'move_queue':
      return moveTo(sql, ticket, step.queueId ?? ticket.queueId);
    case 'alert':
    case 'callback':
      return null;
  }
}

function argumentOf({ do: action, level, queueId }: WaitingStep): number | string | null {
  return (action === 'add_queue' ? queueId : level) ?? null;
}

/** What steps change of waiting work. A skill level of 0 asks for no skill any more; no level lowers it by one. */
const changes: Record<'lower_skill' | 'widen_level' | 'add_queue', string> = {
  lower_skill: `
update work_item set skill_level = greatest(1, least(skill_level, coalesce($2, skill_level - 1))),
  skill_ids = case when coalesce($2, skill_level - 1) <= 0 then '{}' else skill_ids end
where id = $1`,
  widen_level: 'update work_item set ring = least(5, greatest(ring, coalesce($2, ring + 1))) where id = $1',
  add_queue: `
update work_item set also_queues = array_append(also_queues, $2)
where id = $1 and exists (select 1 from queue where id = $2) and $2 <> all (also_queues) and queue_id <> $2`,
};

async function moveTo(sql: Sql, ticket: HeldTicket, queueId: string): Promise<StepTaken['moved']> {
  const [queue] = await sql.query('select 1 from queue where id = $1', [queueId]);
  if (!queue || queueId === ticket.queueId) {
    return null;
  }
  const result = await changeTicket(sql, {
    ticketId: ticket.id,
    version: ticket.version,
    queueId,
    by: null,
    reason: 'overflow',
  });
  return result.outcome === 'changed' ? result : null;
}
