import { Injectable } from '@nestjs/common';
import type { ChannelWatchView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Log } from '../../platform/operations/log.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { ChannelDirectory } from '../channel-directory.service.js';
import { alarmsOf } from './channel-alarms.js';
import type { ChannelWatchDto } from './channel-check.dto.js';
import { ChannelHealth } from './channel-health.service.js';
import { noteTraffic, setAlarms, type StatusRow } from './channel-health.query.js';

const lookMs = 60_000;

/** Looks at every channel once a minute, and makes what is wrong with one a fact: for the settings, webhooks and metrics. */
@Injectable()
export class ChannelWatch {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly health: ChannelHealth,
    private readonly log: Log,
    jobs: Jobs,
    metrics: Metrics,
  ) {
    jobs.define('watch-channels', 'housekeeping', () => this.look());
    jobs.every('watch-channels', lookMs);
    metrics.gauge({
      name: 'peyk_channel_alarms',
      help: 'Channels that are silent, late, broken or about to lose their credentials, by what is wrong.',
      label: 'alarm',
      read: () => this.count(),
    });
  }

  async look(): Promise<void> {
    await this.database.query(noteTraffic);
    const rows = await this.health.read();
    const wanted = rows.flatMap((row) => this.alarmsOf(row).map((kind) => ({ channel: row.id, kind })));
    const raised = await this.database.query<{ channel_id: string; kind: string }>(setAlarms, [JSON.stringify(wanted)]);
    for (const { channel_id: id, kind } of raised) {
      this.log.warn('A channel needs a look.', { channel: this.channels.nameOf(id)?.name, alarm: kind });
    }
  }

  async change(actor: Actor, id: string, change: ChannelWatchDto): Promise<ChannelWatchView> {
    const watch = await this.database.transaction(async (tx) => {
      const before = await settingsRow(tx, 'channel', id);
      const written = await this.write(tx, id, change);
      await recordSettings(tx, { actorId: actor.id, table: 'channel', id, became: 'changed', before });
      return written;
    });
    await this.look();
    return watch;
  }

  private async write(tx: Transaction, id: string, change: ChannelWatchDto): Promise<ChannelWatchView> {
    const [row] = await tx.query<{ silence_hours: number | null; credentials_expire: string | null }>(
      `update channel set silence_hours = case when $2 then $3::int else silence_hours end,
         credentials_expire = case when $4 then $5::date else credentials_expire end
       where id = $1 returning silence_hours, credentials_expire::text as credentials_expire`,
      [
        id,
        change.silenceHours !== undefined,
        change.silenceHours ?? null,
        change.credentialsExpire !== undefined,
        change.credentialsExpire ?? null,
      ],
    );
    if (!row) {
      throw notFound('This channel');
    }
    return { silenceHours: row.silence_hours, credentialsExpire: row.credentials_expire };
  }

  private alarmsOf(row: StatusRow) {
    const channel = this.channels.find(row.id);
    return alarmsOf(
      {
        // Settings that cannot be read switch it off, and that is what is wrong with it.
        enabled: channel !== null && (channel.enabled || channel.problem !== null),
        problem: this.health.problemOf(row),
        lastInAt: row.last_in_at,
        lagSeconds: row.lag,
        silenceHours: row.silence_hours,
        credentialsExpire: row.credentials_expire,
      },
      row.now,
    );
  }

  private async count(): Promise<Record<string, number>> {
    const rows = await this.database.query<{ kind: string; count: number }>(
      'select kind, count(*)::int as count from channel_alarm group by kind',
    );
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  }
}
