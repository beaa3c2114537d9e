import { Injectable } from '@nestjs/common';
import type { ChannelHealthView, ChannelStatusView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';
import { channelStatus, type StatusRow } from './channel-health.query.js';

/** How channels are doing, for the light beside each in the settings. */
@Injectable()
export class ChannelHealth {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  async of(id: string): Promise<ChannelHealthView> {
    const [status] = await this.list(id);
    if (!status) {
      throw notFound('This channel');
    }
    return status;
  }

  /** All channels, or one. */
  async list(id: string | null = null): Promise<ChannelStatusView[]> {
    const rows = await this.read(id);
    return rows.flatMap((row) => {
      const channel = this.channels.find(row.id);
      return channel ? [this.present(channel, row)] : [];
    });
  }

  read(id: string | null = null): Promise<StatusRow[]> {
    return this.database.query<StatusRow & Record<string, unknown>>(channelStatus, [id]);
  }

  /** Why a channel does not work: its settings, its poller, or its provider's refusal of our way in. */
  problemOf(row: Pick<StatusRow, 'id' | 'refusal'>): string | null {
    return this.channels.problemOf(row.id) ?? row.refusal;
  }

  private present(channel: OpenChannel, row: StatusRow): ChannelStatusView {
    const problem = this.problemOf(row);
    return {
      channelId: row.id,
      light: lightOf(channel, problem, row),
      problem,
      problemAt: problem === null ? null : instant(row.problem_at),
      polledAt: instant(row.polled_at),
      lastInAt: instant(row.last_in_at),
      lastOutAt: instant(row.last_out_at),
      lastOutError: row.broke_at && { code: row.code ?? '', text: row.error ?? '', at: row.broke_at.toISOString() },
      waiting: row.waiting,
      lagSeconds: row.lag,
      alarms: (row.alarms ?? []).map(({ kind, since }) => ({ kind, since: new Date(since).toISOString() })),
      watch: { silenceHours: row.silence_hours, credentialsExpire: row.credentials_expire },
    };
  }
}

function lightOf(channel: OpenChannel, problem: string | null, row: StatusRow): ChannelHealthView['light'] {
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
