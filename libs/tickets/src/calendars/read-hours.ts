import type { Sql } from '#channels';
import type { ServiceHours } from './service-hours.js';

/** The hours of calendar `c`, as the columns that its readers take: time zone, weekly openings, and days with hours of their own. */
export const calendarHours = `c.tz as "timeZone",
  coalesce((select jsonb_agg(jsonb_build_object('weekday', w.dow, 'from', lower(w.minutes), 'to', upper(w.minutes),
      'since', lower(w.valid)::text, 'until', upper(w.valid)::text) order by w.dow, lower(w.valid) nulls first, lower(w.minutes))
    from calendar_window w where w.calendar_id = c.id), '[]') as windows,
  coalesce((select jsonb_agg(jsonb_build_object('day', e.day::text, 'label', e.label, 'hours', (
      select coalesce(jsonb_agg(jsonb_build_object('from', lower(r), 'to', upper(r)) order by lower(r)), '[]') from unnest(e.minutes) r)) order by e.day)
    from calendar_exception e where e.calendar_id = c.id), '[]') as exceptions`;

/** The hours in which a queue serves as they are stored now; null: around the clock. */
export async function hoursOfQueue(sql: Sql, queueId: string): Promise<ServiceHours | null> {
  const [hours] = await sql.query<ServiceHours & Record<string, unknown>>(
    `select ${calendarHours} from queue q join calendar c on c.id = q.calendar_id where q.id = $1`,
    [queueId],
  );
  return hours ?? null;
}
