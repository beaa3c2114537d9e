import type { Sql } from '#channels';
import type { KnownPlaces } from '#bots';

/** The calendar of the channel's queue, whatever that is. */
export const usualCalendar = 'default';

const places = `
select
  array(select q.name from queue q where q.retired_at is null union all select q.id::text from queue q where q.retired_at is null) as queues,
  array(select c.name from calendar c union all select c.id::text from calendar c) as calendars,
  array(select s.name from skill s union all select s.id::text from skill s) as skills,
  array(select c.key from script_connector c) as connectors,
  array(select f.name from script_file f) as media,
  array(select s.key from script s where s.removed_at is null and s.key is not null) as scripts,
  array(select distinct case s.ask_on when 'call' then 'phone' else 'writing' end from survey s where s.enabled and s.kind = 'csat') as surveys`;

type Row = Required<
  Pick<KnownPlaces, 'queues' | 'calendars' | 'skills' | 'connectors' | 'media' | 'scripts' | 'surveys'>
>;

/** What a script may name here: queues, calendars and skills by their names or ids, connectors and scripts by their keys. */
export async function knownPlaces(sql: Sql): Promise<KnownPlaces> {
  const [row] = await sql.query<Row & Record<string, unknown>>(places);
  return { ...row, calendars: [usualCalendar, ...(row?.calendars ?? [])] };
}
