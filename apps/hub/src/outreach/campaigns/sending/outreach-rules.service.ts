import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { calendarHours, serviceTime } from '#tickets';
import type { OutreachRules } from '../deciding/decide-person.js';
import type { SendingHours } from '../deciding/sending-hours.js';
import type { RunningOutreach } from './outreach-rows.query.js';

type ServiceHours = Parameters<typeof serviceTime>[0];

/** A calendar that is gone keeps no hours: nothing arrives by it any more. */
const neverOpen: ReturnType<typeof serviceTime> = {
  elapsed: () => 0,
  add: () => null,
  isOpen: () => false,
  nextOpening: () => null,
};

/** By which rules an outreach is sent at this moment: its own, its calendar's and those that hold for all. */
@Injectable()
export class OutreachRulesReader {
  async read(sql: Sql, outreach: RunningOutreach): Promise<OutreachRules> {
    const [limits] = await sql.query<{ perDay: number; perWeek: number }>(
      'select per_day as "perDay", per_week as "perWeek" from outreach_limits',
    );
    return {
      consent: outreach.consent,
      channelIds: outreach.channelIds,
      ownChannelFirst: outreach.ownChannelFirst,
      limits: limits ?? { perDay: 1, perWeek: 3 },
      hours: await hoursOf(sql, outreach),
    };
  }

  /** The organisation's own time zone: that of its first calendar. */
  async zone(sql: Sql): Promise<string> {
    const [row] = await sql.query<{ tz: string }>('select tz from calendar order by id limit 1');
    return row?.tz ?? 'UTC';
  }
}

async function hoursOf(sql: Sql, { hours, fromMinute, toMinute, calendarId }: RunningOutreach): Promise<SendingHours> {
  if (hours !== 'calendar') {
    return hours === 'any' ? { kind: 'any' } : { kind: 'person', fromMinute, toMinute };
  }
  const [row] = await sql.query<ServiceHours & Record<string, unknown>>(
    `select ${calendarHours} from calendar c where c.id = $1`,
    [calendarId],
  );
  return { kind: 'calendar', time: row ? serviceTime(row) : neverOpen };
}
