import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { isSameSecret, startAgiServer, type AgiArrival, type AgiServer, type AsteriskSettings } from '#channels';
import { HubConfig } from '#config';
import { Log } from '../../platform/operations/log.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { AgiCallers } from './agi-callers.service.js';
import { HeldLines } from './held-lines.service.js';

/** Callers get so long to hear the end of a sentence when the hub stops. */
const graceMs = 1_000;
/** Of refusals of one kind one in so long is logged. */
const quietMs = 10_000;

/**
 * The door by which exchanges hand callers to Peyk (FastAGI), when AGI_LISTEN names a place for it. Every call proves by its address which
 * channel it is for.
 */
@Injectable()
export class AgiReceiver implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: AgiServer | null = null;
  private refused = 0;
  /** When a refusal may be logged again, by its words. */
  private readonly quietUntil = new Map<string, number>();

  constructor(
    private readonly config: HubConfig,
    private readonly channels: ChannelDirectory,
    private readonly callers: AgiCallers,
    private readonly log: Log,
    metrics: Metrics,
    held: HeldLines,
  ) {
    metrics.sum(
      'peyk_agi_refused_total',
      'Connections by FastAGI that were turned away: no FastAGI, too many, no channel or a wrong token.',
      () => this.refused,
    );
    metrics.gauge({
      name: 'peyk_agi_calls',
      help: 'Callers of exchanges who are on the line with this node.',
      read: () => held.size,
    });
  }

  /** The port it listens on; null when it does not. */
  get port(): number | null {
    return this.server?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { agiListen: listen, role } = this.config;
    if (!listen || role === 'worker') {
      return;
    }
    this.server = await startAgiServer({
      listen,
      onCall: (arrival) => this.take(arrival),
      onRefused: (why, from) => this.tellRefused('A FastAGI connection was refused.', { why, from }),
    });
    this.log.info('FastAGI listens.', { port: this.server.port });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server?.close(graceMs);
  }

  /** Whoever can connect can do so without end: all are counted, and some are told. */
  private tellRefused(what: string, fields: Record<string, string>): void {
    this.refused += 1;
    if ((this.quietUntil.get(what) ?? 0) <= Date.now()) {
      this.quietUntil.set(what, Date.now() + quietMs);
      this.log.warn(what, fields);
    }
  }

  private async take(arrival: AgiArrival): Promise<void> {
    const { channelId, token, path, connection, environment } = arrival;
    const channel = this.channels.find(channelId);
    if (!channel || !isSameSecret(token, tokenOf(channel))) {
      this.tellRefused('A call by FastAGI named no channel of ours, or a wrong token.', {
        channelId: channelId.slice(0, 40),
      });
      connection.close();
      return;
    }
    try {
      await (path === 'answered' ? this.callers.hearAnswer(channel, arrival) : this.callers.serve(channel, arrival));
    } catch (error) {
      this.log.error('A call by FastAGI broke off.', error, { channelId, uniqueId: environment['uniqueid'] ?? '' });
    } finally {
      connection.close();
    }
  }
}

/** Undefined, which nothing is equal to, for channels that are no exchange or switched off. */
function tokenOf({ kind, enabled, account }: OpenChannel): string | undefined {
  const settings = account.settings as AsteriskSettings;
  return kind === 'phone' && enabled && settings.driver === 'asterisk' ? settings.token : undefined;
}
