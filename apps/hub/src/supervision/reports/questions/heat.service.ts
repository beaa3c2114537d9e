import { Injectable } from '@nestjs/common';
import type { HeatMeasure, HeatView } from '#contract';
import { Database } from '../../../database/database.js';
import { spanOf, type Period } from './report-periods.js';
import { sources } from './report-sources.js';

const kindOf: Record<HeatMeasure, string> = { arrivals: 'opened', replies: 'sent', solved: 'solved' };

const heat = `
with source as (${sources.facts})
select extract(isodow from s.at at time zone $4)::int as weekday, extract(hour from s.at at time zone $4)::int as hour, sum(s.amount)::int as n
from source s
where ($5::uuid[] is null or s.queue_id = any ($5)) and ($6::uuid[] is null or s.channel_id = any ($6))
  and ($7::uuid[] is null or s.agent_id = any ($7)) and ($8::text[] is null or s.tags && $8)
  and ($9::uuid[] is null or s.queue_id = any ($9))
group by 1, 2`;

/** What is looked at, and by whom. Empty lists: any. */
export interface HeatQuestion {
  period: Period;
  measure: HeatMeasure;
  queues: string[];
  channels: string[];
  agents: string[];
  tags: string[];
  scope: string[] | null;
}

/** When in the week it happens, as clocks show it there. */
@Injectable()
export class Heat {
  constructor(private readonly database: Database) {}

  async look({ period, measure, queues, channels, agents, tags, scope }: HeatQuestion): Promise<HeatView> {
    const { start, end } = spanOf(period);
    const any = (list: string[]): string[] | null => (list.length === 0 ? null : list);
    const rows = await this.database.query<{ weekday: number; hour: number; n: number }>(heat, [
      start,
      end,
      [kindOf[measure]],
      period.zone,
      any(queues),
      any(channels),
      any(agents),
      any(tags),
      scope,
    ]);
    const days = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    rows.forEach(({ weekday, hour, n }) => ((days[weekday - 1] as number[])[hour] = n));
    return { measure, ...period, days, max: Math.max(0, ...rows.map(({ n }) => n)) };
  }
}
