import { release } from 'node:os';
import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { examineDatabase, examineMachine } from '../doctor/examine.js';
import { SystemState } from './system-state.service.js';
import { serverSettings, tableFigures } from './system-rows.query.js';

/**
 * One file with what somebody needs who is to help: findings, figures, settings and the last lines of the log. It holds no key, no
 * credential, no address of a database and nothing that people wrote.
 */
@Injectable()
export class Diagnostics {
  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
    private readonly keys: SecretKeys,
    private readonly log: Log,
    private readonly state: SystemState,
  ) {}

  async gather(): Promise<Record<string, unknown>> {
    const now = new Date();
    const examined = { config: this.config, sql: this.database, keys: this.keys, isRunning: true, now };
    return {
      madeAt: now.toISOString(),
      program: {
        node: process.versions.node,
        system: `${process.platform} ${release()} ${process.arch}`,
        uptimeSeconds: Math.round(process.uptime()),
      },
      settings: settingsOf(this.config),
      findings: [...(await examineMachine(examined)), ...(await examineDatabase(examined))].map(withoutNames),
      state: await this.state.read(),
      server: await this.database.query(serverSettings),
      tables: await this.database.query(tableFigures),
      log: this.log.recent.map(readLine),
    };
  }
}

/** Which settings there are. Of those that are secrets, addresses or people's: whether they are set. */
function settingsOf(config: HubConfig): Record<string, unknown> {
  const { port, role, logLevel, defaultCountry, trustProxy, outboundAllow, pushHosts } = config;
  return {
    port,
    role,
    logLevel,
    defaultCountry,
    hasPublicUrl: config.publicUrl !== null,
    isSecure: config.publicUrl?.startsWith('https:') ?? false,
    proxies: trustProxy.length,
    outboundAllowed: outboundAllow.length,
    pushHosts: pushHosts.length,
    ownDatabase: config.databaseUrl !== null,
    hasRedis: config.redisUrl !== null,
    receivesMail: config.mail !== null,
    mailHasCertificate: config.mail?.tls !== null && config.mail !== null,
    keysInEnvironment: config.secretKeys.length,
    warnings: config.warnings,
  };
}

/** Channels are named by people. */
function withoutNames<Found extends { check: string; words: string }>(finding: Found): Found {
  const isNamed = finding.check === 'channels' || finding.check === 'secrets';
  return isNamed
    ? { ...finding, words: finding.words.replace(/^.* has trouble$/u, 'a channel has trouble').replace(/: .*$/u, '') }
    : finding;
}

/** A stack or a sentence of a driver may quote what it was given; what a line is about is in its other fields. */
function readLine(line: string): unknown {
  try {
    const { level, time, msg, room, requestId, error } = JSON.parse(line) as Record<string, unknown>;
    const { name, reason } = (error ?? {}) as Record<string, unknown>;
    const words = room === undefined ? msg : String(msg).split(/[:“"]/u)[0];
    return { level, time, room, message: words, requestId, ...(error !== undefined && { error: { name, reason } }) };
  } catch {
    return null;
  }
}
