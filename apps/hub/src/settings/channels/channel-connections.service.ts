import { createHmac } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ChannelError, type Statement } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Log } from '../../platform/operations/log.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';

const lookMs = 30_000;
/** Longer than an adapter waits for its provider. */
const leaseMs = 60_000;
const pauseMs = { first: 30_000, longest: 3_600_000 };
const purpose = 'what providers were told';

/**
 * Takes a connection for a try. It is not had while another node tries the same, nor before it is due, nor when the provider knows
 * already; a save is tried at once. What the provider knows is in doubt from here on. Parameters: channel, what it is to be
 * told, lease, whether it was just saved.
 */
const claim: Statement = {
  name: 'connection-claim',
  text: `
insert into channel_connection as n (channel_id, wanted, due_at) values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
on conflict (channel_id) do update
set wanted = $2, told = null, due_at = excluded.due_at, attempts = case when n.wanted = $2 and not $4 then n.attempts + 1 else 0 end
where $4 or (n.told is distinct from $2 and (n.wanted <> $2 or n.due_at <= clock_timestamp()))
returning n.attempts`,
};

const settleTold: Statement = {
  name: 'connection-told',
  text: `update channel_connection set told = wanted, problem = null, attempts = 0 where channel_id = $1 and wanted = $2`,
};

const settleFailed: Statement = {
  name: 'connection-failed',
  text: `
update channel_connection set problem = $3, due_at = clock_timestamp() + $4 * interval '1 millisecond'
where channel_id = $1 and wanted = $2`,
};

/**
 * Tells providers of our way in (a webhook set or taken back): when a channel is saved, when the hub starts and what the provider was
 * told last is not so any more, and again with growing pauses until it is known. Of several nodes one does it.
 */
@Injectable()
export class ChannelConnections implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly key: Buffer;
  private isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly directory: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly log: Log,
    keys: SecretKeys,
    jobs: Jobs,
  ) {
    this.key = keys.derive(purpose);
    jobs.define('connect-channels', 'housekeeping', () => this.look());
    jobs.every('connect-channels', lookMs);
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.look().catch((error: unknown) =>
        this.log.debug('Connections wait for the next look.', { reason: String(error) }),
      );
    }
  }

  /** What a provider answers from here on is not written: the next start or another node asks again. */
  onModuleDestroy(): void {
    this.isStopped = true;
  }

  /** Tries whatever is due. Never throws for a provider: what it says against us is kept with the channel. */
  async look(): Promise<void> {
    await this.directory.refresh();
    await Promise.all(this.directory.all().map((channel) => this.connect(channel, false)));
  }

  /** Tries a channel that was just saved, whatever was tried before. */
  async saved(id: string): Promise<void> {
    const channel = this.directory.find(id);
    if (channel?.enabled) {
      await this.connect(channel, true);
    } else {
      // Whoever switches it on again wants the provider to be told anew.
      await this.database.query('delete from channel_connection where channel_id = $1', [id]);
    }
  }

  private async connect(channel: OpenChannel, isSaved: boolean): Promise<void> {
    if (!channel.enabled || !channel.adapter.connect) {
      return;
    }
    const wanted = this.fingerprintOf(channel);
    const [claimed] = await this.database.query<{ attempts: number }>(claim, [channel.id, wanted, leaseMs, isSaved]);
    if (!claimed) {
      return;
    }
    const failure = await channel.adapter.connect(channel.account).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (this.isStopped) {
      return;
    }
    if (failure === null) {
      await this.database.query(settleTold, [channel.id, wanted]);
      return;
    }
    const problem = failure.error instanceof Error ? failure.error.message : String(failure.error);
    this.log.warn('A channel is not connected. It is tried again.', { channel: channel.name, reason: problem });
    const pause = pauseAfter(failure.error, claimed.attempts);
    await this.database.query(settleFailed, [channel.id, wanted, problem, pause]);
  }

  /** Settings hold secrets, and what leaves no trace of them in the database is a hash that only we can make. */
  private fingerprintOf({ id, kind, account }: OpenChannel): Buffer {
    const told = JSON.stringify([id, kind, account.publicUrl, account.settings]);
    return createHmac('sha256', this.key).update(told).digest();
  }
}

/** A provider's own word comes first; what it refuses for good is looked at now and then, for it may be put right over there. */
function pauseAfter(error: unknown, attempts: number): number {
  if (error instanceof ChannelError && error.retry === 'never') {
    return pauseMs.longest;
  }
  const told = error instanceof ChannelError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(told, Math.min(pauseMs.first * 2 ** Math.min(attempts, 20), pauseMs.longest));
}
