import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { Pacer } from './pacer.js';

const pauses: Statement = {
  name: 'account-pauses',
  text: `
select channel_id, extract(epoch from until - clock_timestamp())::float8 * 1000 as ms from account_pause where until > clock_timestamp()`,
};

/** The longest of what was told counts: several sends may be refused at once. */
const keepPause: Statement = {
  name: 'account-pause',
  text: `
insert into account_pause as p (channel_id, until, why) values ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)
on conflict (channel_id) do update set until = greatest(p.until, excluded.until), why = excluded.why`,
};

/**
 * How fast accounts send. A provider with a known limit is kept within it before it has to say so; one that says so is believed: its
 * account waits as long as it was told, on all nodes and over a restart, while the others go on.
 */
@Injectable()
export class SendingPaces {
  private readonly pacers = new Map<string, Pacer | null>();
  /** Until when each account waits, on this process's clock. */
  private waiting = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    bus: EventBus,
  ) {
    bus.on('channel.changed', ({ channelId }) => void this.pacers.delete(channelId));
  }

  /** Learns what other nodes were told, and at the start what this one was told before. */
  async look(now = Date.now()): Promise<void> {
    const rows = await this.database.query<{ channel_id: string; ms: number }>(pauses);
    this.waiting = new Map(rows.map(({ channel_id: id, ms }) => [id, now + ms]));
  }

  /** The whole account waits: what the provider said holds for the token, not for one message. */
  async pause(channelId: string, ms: number, why: string): Promise<void> {
    const until = Date.now() + ms;
    this.waiting.set(channelId, Math.max(this.waiting.get(channelId) ?? 0, until));
    await this.database.query(keepPause, [channelId, ms, why.slice(0, 500)]);
  }

  /** Accounts that must send nothing now. */
  resting(now = Date.now()): string[] {
    return [...this.waiting].filter(([, until]) => until > now).map(([id]) => id);
  }

  /** Accounts with a limit that is known: they are asked one by one how much they may send. */
  paced(): string[] {
    return this.channels.all().flatMap(({ id }) => (this.pacerOf(id) ? [id] : []));
  }

  /** Null where no limit is known. */
  pacerOf(channelId: string): Pacer | null {
    const known = this.pacers.get(channelId);
    if (known !== undefined) {
      return known;
    }
    const channel = this.channels.find(channelId);
    const pace = channel?.problem === null ? channel.adapter.paceOf?.(channel.account) : null;
    const pacer = pace ? new Pacer(pace, Date.now()) : null;
    this.pacers.set(channelId, pacer);
    return pacer;
  }
}
