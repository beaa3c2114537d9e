import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { timesDue } from './next-time.js';
import type { ScheduleRow } from './schedules.service.js';

const atOnce = 20;

/** Each time that passed becomes one mail, whoever sees it first; the next time stands in the same row. */
const dueSchedules = `
select s.id, s.every, s.at_minute, s.zone, s.query, s.next_at, clock_timestamp() as now from report_schedule s
where s.enabled and s.next_at <= clock_timestamp() order by s.next_at limit ${String(atOnce)} for update skip locked`;

/** In the caller's transaction. Whether there may be more. */
export async function markDue(tx: Sql): Promise<boolean> {
  const due = await tx.query<ScheduleRow & { now: Date } & Record<string, unknown>>(dueSchedules);
  for (const { id, every, at_minute: atMinute, zone, query, next_at: first, now } of due) {
    const times = { every, atMinute, zone, calendar: query.calendar ?? ('gregorian' as const) };
    const { due: ats, next } = timesDue(times, first, now);
    for (const at of ats) {
      await tx.query(
        'insert into report_sending (id, schedule_id, for_at) values ($1, $2, $3) on conflict (schedule_id, for_at) do nothing',
        [uuid(), id, at],
      );
    }
    await tx.query('update report_schedule set next_at = $2 where id = $1', [id, next]);
  }
  return due.length === atOnce;
}
