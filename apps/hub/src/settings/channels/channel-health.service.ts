import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import type { ChannelHealthView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';

/** Ids ascend with time, so the newest rows are read backwards; a channel that was silent for longer than these shows no instant. */
const lately = 20_000;

const readHealth: Statement = {
  name: 'channel-health',
  text: `
select l.polled_at, l.problem_at, came.at as last_in_at, went.at as last_out_at, broke.at as broke_at, broke.code, broke.error,
       waits.count::int as waiting, coalesce(waits.lag, 0)::int as lag
from channel c
left join account_lease l on l.channel_id = c.id
left join lateral (
  select received_at as at from (select channel_id, received_at from inbound_event order by id desc limit ${lately}) e
  where e.channel_id = c.id limit 1) came on true
left join lateral (
  select created_at as at from (select channel_id, state, created_at from delivery order by id desc limit ${lately}) d
  where d.channel_id = c.id and d.state = 'sent' limit 1) went on true
left join lateral (
  select d.created_at as at, d.error_code as code, d.error
  from (select channel_id, error_code, error, created_at from delivery order by id desc limit ${lately}) d
  where d.channel_id = c.id and d.error_code is not null limit 1) broke on true
left join lateral (
  select count(*), extract(epoch from greatest(clock_timestamp() - min(d.due_at), interval '0')) as lag
  from delivery d where d.channel_id = c.id and d.state in ('queued', 'sending')) waits on true
where c.id = $1`,
};

interface HealthRow {
  polled_at: Date | null;
  problem_at: Date | null;
  last_in_at: Date | null;
  last_out_at: Date | null;
  broke_at: Date | null;
  code: string | null;
  error: string | null;
  waiting: number;
  lag: number;
}

/** How channels are doing, for the light beside each in the settings. */
@Injectable()
export class ChannelHealth {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  async of(id: string): Promise<ChannelHealthView> {
    const channel = this.channels.find(id);
    const [row] = await this.database.query<HealthRow>(readHealth, [id]);
    if (!row || !channel) {
      throw notFound('This channel');
    }
    const problem = this.channels.problemOf(id);
    return {
      light: lightOf(channel, problem, row),
      problem,
      problemAt: problem === null ? null : instant(row.problem_at),
      polledAt: instant(row.polled_at),
      lastInAt: instant(row.last_in_at),
      lastOutAt: instant(row.last_out_at),
      lastOutError: row.broke_at && { code: row.code ?? '', text: row.error ?? '', at: row.broke_at.toISOString() },
      waiting: row.waiting,
      lagSeconds: row.lag,
    };
  }
}

function lightOf(channel: OpenChannel, problem: string | null, row: HealthRow): ChannelHealthView['light'] {
  if (!channel.enabled && channel.problem === null) {
    return 'off';
  }
  if (problem !== null) {
    return 'red';
  }
  return [row.polled_at, row.last_in_at, row.last_out_at].some((at) => at !== null) ? 'green' : 'yellow';
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
