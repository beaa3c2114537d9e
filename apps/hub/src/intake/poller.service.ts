import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChannelError, PollTrouble, type InboundEvent, type Statement } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Beat } from '../platform/operations/beats.js';
import { ChannelDirectory, isPolled, type OpenChannel } from '../settings/channel-directory.service.js';
import { ChannelSettings } from '../settings/channels/channel-settings.service.js';
import { withoutOwnMail } from './own-mail.query.js';
import type { CursorMove } from './plan-acceptance.js';
import { Receiving } from './receiving.service.js';
import { routeMail } from './route-mail.js';

const takeLease: Statement = {
  name: 'lease-take',
  text: `
insert into account_lease as l (channel_id, holder, lease_until)
values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
on conflict (channel_id) do update set holder = $2, lease_until = excluded.lease_until
where l.holder = $2 or l.lease_until < clock_timestamp()
returning token, cursor`,
};

const renewLease: Statement = {
  name: 'lease-renew',
  text: `
update account_lease set lease_until = clock_timestamp() + $4 * interval '1 millisecond'
where channel_id = $1 and holder = $2 and token = $3`,
};

/** Saves how far the account is read, which also says that it works. No row: the lease went to another poller, whose word counts now. */
const saveCursor: Statement = {
  name: 'lease-cursor',
  text: `
update account_lease
set cursor = $4, lease_until = clock_timestamp() + $5 * interval '1 millisecond', polled_at = clock_timestamp(), problem = null
where channel_id = $1 and holder = $2 and token = $3 returning token`,
};

/** Keeps why an account could not be read, where every node finds it, and a cursor (null: none) that says how often it could not. */
const saveProblem: Statement = {
  name: 'lease-problem',
  text: `
update account_lease set problem = $3, problem_at = clock_timestamp(), cursor = coalesce($4::jsonb, cursor)
where channel_id = $1 and holder = $2`,
};

/** Short, so that another node takes over soon from one that died; renewed while a long poll waits. */
const leaseMs = 15_000;
const renewMs = 4_000;
const pauseMs = { lost: 5_000, failed: 3_000, signedOut: 30_000 };
/** Within so long a poll has ended one way or another: a mailbox waits for news for minutes, and every wait for a provider has its limit. */
const turnMs = 300_000;

/**
 * Fetches from the accounts that must be asked. One node polls an account at a time, by a lease on the database clock. What came is
 * stored before the cursor moves, and the provider hears of the cursor only with the next poll: a crash in between fetches the same
 * again, and deduplication keeps it from being told twice.
 */
@Injectable()
export class Poller implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Poller.name);
  private readonly holder = `${hostname()} ${uuid()}`;
  private readonly running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  private stopped: boolean;

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
    private readonly settings: ChannelSettings,
    config: HubConfig,
    bus: EventBus,
  ) {
    this.stopped = config.role === 'web';
    bus.on('channel.changed', ({ channelId }) => this.restart(channelId));
  }

  onApplicationBootstrap(): void {
    this.channels.all().forEach(({ id }) => this.start(id));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.running.forEach(({ stop }) => stop.abort());
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    await this.database
      .query('update account_lease set lease_until = clock_timestamp() where holder = $1', [this.holder])
      .catch(() => undefined);
  }

  private async restart(channelId: string): Promise<void> {
    const current = this.running.get(channelId);
    current?.stop.abort();
    await current?.ended;
    this.start(channelId);
  }

  private start(channelId: string): void {
    const channel = this.channels.find(channelId);
    if (this.stopped || !channel?.enabled || !isPolled(channel) || this.running.has(channelId)) {
      return;
    }
    const stop = new AbortController();
    const ended = this.loop(channel, stop.signal).finally(() => this.running.delete(channelId));
    this.running.set(channelId, { stop, ended });
  }

  private async loop(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    // An account that cannot be reached has had its turn: that is told with the channel. Only a poll that never ends is silent.
    const beat = new Beat('polls', turnMs);
    while (!signal.aborted) {
      const restMs = await this.step(channel, signal).catch((error: unknown) => this.restAfter(error, channel, signal));
      beat.turn(Math.max(turnMs, restMs));
      if (restMs > 0) {
        await sleep(restMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    beat.end();
    channel.adapter.disconnect?.(channel.account);
  }

  /** One poll, stored and confirmed. Returns how long to rest. */
  private async step(channel: OpenChannel, signal: AbortSignal): Promise<number> {
    const [lease] = await this.database.query<{ token: number; cursor: unknown }>(takeLease, [
      channel.id,
      this.holder,
      leaseMs,
    ]);
    if (!lease) {
      channel.adapter.disconnect?.(channel.account);
      return pauseMs.lost;
    }
    const polled = await this.poll(channel, lease, signal);
    if (polled?.secrets) {
      // Before anything can go wrong with the mail: those that are stored may be worth nothing by now.
      // That they cannot be stored keeps no mail back; it is told with the channel.
      const replaced = { ...(channel.account.settings as object) };
      await this.settings.keepSecrets(channel.id, polled.secrets, replaced).catch(() => undefined);
    }
    if (!polled || signal.aborted) {
      return 0;
    }
    failpoint('poller.before-store');
    await this.take(channel, polled.events, {
      channel: channel.id,
      holder: this.holder,
      token: lease.token,
      value: polled.cursor,
    });
    failpoint('poller.before-cursor');
    const saved = await this.database.query(saveCursor, [
      channel.id,
      this.holder,
      lease.token,
      JSON.stringify(polled.cursor),
      leaseMs,
    ]);
    failpoint('poller.after-cursor');
    return saved.length === 0 ? pauseMs.lost : 0;
  }

  private async take(polled: OpenChannel, all: InboundEvent[], cursor: CursorMove): Promise<void> {
    const events = await withoutOwnMail(this.database, polled, all);
    const runs = await routeMail(polled, events, this.channels.all());
    for (const run of runs) {
      await this.receiving.take(run.channel, run.events, run === runs.at(-1) ? cursor : undefined);
    }
  }

  private async poll(channel: OpenChannel, lease: { token: number; cursor: unknown }, signal: AbortSignal) {
    const renewing = setInterval(() => {
      this.database
        .query(renewLease, [channel.id, this.holder, lease.token, leaseMs])
        .catch((error: unknown) => this.logger.debug(`the lease of ${channel.name} runs on: ${String(error)}`));
    }, renewMs);
    try {
      return await channel.adapter.poll?.(channel.account, lease.cursor, signal);
    } finally {
      clearInterval(renewing);
    }
  }

  private async restAfter(error: unknown, channel: OpenChannel, signal: AbortSignal): Promise<number> {
    if (signal.aborted) {
      return 0;
    }
    const why = error instanceof Error ? error.message : String(error);
    this.logger.warn(`channel ${channel.name} could not be polled: ${why}`);
    const reached = error instanceof PollTrouble ? JSON.stringify(error.cursor) : null;
    await this.database.query(saveProblem, [channel.id, this.holder, why, reached]).catch(() => undefined);
    if (!(error instanceof ChannelError)) {
      return pauseMs.failed;
    }
    const shortest = error.retry === 'soon' ? pauseMs.failed : pauseMs.signedOut;
    return Math.max(shortest, error.retryAfterMs ?? 0);
  }
}
