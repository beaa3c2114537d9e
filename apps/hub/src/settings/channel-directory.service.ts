import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Adapters, ChannelAccount, ChannelAdapter, ChannelKind } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { SecretBox } from '../platform/secret-box.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

/** A configured channel, open: its adapter and its settings with the secrets in clear. Never leaves the process. */
export interface OpenChannel {
  id: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  queueId: string | null;
  adapter: ChannelAdapter;
  account: ChannelAccount;
  /** Why its settings cannot be used; null when they can. */
  problem: string | null;
  /** Why the node that polls it could not do so the last time, or keep what its provider replaced; null when it could. */
  trouble: string | null;
}

/** The injection token of the adapters, one per kind of channel. */
export const ADAPTERS = Symbol('adapters');

interface ChannelRow {
  id: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  queue_id: string | null;
  config: Record<string, unknown>;
  secrets: Buffer | null;
  secrets_problem: string | null;
  trouble: string | null;
}

const refreshMs = 5_000;

/**
 * The configured channels, held in memory: webhooks must be verified while the database is away, and no message should cost a
 * read of settings. Read again after a change here, and every few seconds for changes made on another node.
 */
@Injectable()
export class ChannelDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ChannelDirectory.name);
  private channels = new Map<string, OpenChannel>();
  private rounds: Rounds | null = null;
  private fingerprint = '';

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly config: HubConfig,
    private readonly bus: EventBus,
    @Inject(ADAPTERS) private readonly adapters: Adapters,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.rounds = startRounds(
      refreshMs,
      () => this.refresh().catch((error: unknown) => this.logger.debug(`channels stay as they were: ${String(error)}`)),
      'channels',
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  find(id: string): OpenChannel | null {
    return this.channels.get(id) ?? null;
  }

  all(): OpenChannel[] {
    return [...this.channels.values()];
  }

  /** Without a channel for calls nothing of the telephone looks for work. */
  get hasPhone(): boolean {
    return this.all().some(({ kind }) => kind === 'phone');
  }

  nameOf(id: string): { id: string; kind: ChannelKind; name: string } | null {
    const channel = this.channels.get(id);
    return channel ? { id, kind: channel.kind, name: channel.name } : null;
  }

  adapterFor(kind: ChannelKind): ChannelAdapter {
    return this.adapters[kind];
  }

  /** Why a channel does not work, as far as is known. */
  problemOf(id: string): string | null {
    const channel = this.channels.get(id);
    return channel?.problem ?? channel?.trouble ?? null;
  }

  /** Reads the channels again and tells those that changed. */
  async refresh(): Promise<void> {
    const rows = await this.database.query<ChannelRow>(
      `select c.id, c.kind, c.name, c.enabled, c.queue_id, c.config, c.secrets, c.secrets_problem, l.problem as trouble
       from channel c left join account_lease l on l.channel_id = c.id order by c.name`,
    );
    const fingerprint = JSON.stringify(rows.map((row) => ({ ...row, secrets: row.secrets?.toString('base64') })));
    if (fingerprint === this.fingerprint) {
      return;
    }
    const before = this.channels;
    this.fingerprint = fingerprint;
    this.channels = new Map(rows.map((row) => [row.id, this.open(row)]));
    for (const id of new Set([...before.keys(), ...this.channels.keys()])) {
      if (JSON.stringify(comparable(before.get(id))) !== JSON.stringify(comparable(this.channels.get(id)))) {
        this.bus.emit('channel.changed', { channelId: id });
      }
    }
  }

  private open(row: ChannelRow): OpenChannel {
    const adapter = this.adapters[row.kind];
    const { settings, problem } = this.settingsOf(row, adapter);
    const account = { id: row.id, name: row.name, settings, publicUrl: this.config.publicUrl };
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      enabled: row.enabled && problem === null,
      queueId: row.queue_id,
      adapter,
      account,
      problem,
      trouble: row.enabled && problem === null ? troubleOf(row, isPolled({ adapter, account })) : null,
    };
  }

  private settingsOf(row: ChannelRow, adapter: ChannelAdapter): { settings: unknown; problem: string | null } {
    try {
      const secrets = row.secrets
        ? (JSON.parse(this.box.open(row.secrets, { table: 'channel', row: row.id, column: 'secrets' })) as object)
        : {};
      return {
        settings: { ...(adapter.config.parse(row.config) as object), ...(adapter.secrets.parse(secrets) as object) },
        problem: null,
      };
    } catch (error) {
      this.logger.warn(`channel ${row.name} is off: its settings cannot be used`);
      return { settings: {}, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** A token that is in memory only is the graver trouble: it is gone with the process. */
function troubleOf({ secrets_problem: lost, trouble }: ChannelRow, polled: boolean): string | null {
  return lost ?? (polled ? trouble : null);
}

/** An account whose provider calls us is not asked as well: providers refuse to serve both ways at once. */
export function isPolled({ adapter, account }: Pick<OpenChannel, 'adapter' | 'account'>): boolean {
  const isCalled = (account.settings as { mode?: string }).mode === 'webhook';
  return adapter.poll !== undefined && (adapter.isPolled?.(account) ?? !isCalled);
}

function comparable(channel: OpenChannel | undefined): unknown {
  return (
    channel && { name: channel.name, enabled: channel.enabled, queueId: channel.queueId, account: channel.account }
  );
}
