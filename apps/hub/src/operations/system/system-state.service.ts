import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import type { SystemAlarmView, SystemView } from '#contract';
import { Database } from '../../database/database.js';
import { readMailCertificate } from '../doctor/machine-checks.js';
import { programVersion } from '../installation.js';
import { readDepths } from './depths.query.js';
import { readAlarm, readNodes } from './nodes.query.js';
import { readDatabaseState, readNoted } from './system-rows.query.js';

/** Several open pages share one look. */
const freshMs = 1_000;

/** How the installation is, in figures. */
@Injectable()
export class SystemState {
  private last: { at: number; state: Promise<SystemView> } | null = null;

  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
  ) {}

  read(): Promise<SystemView> {
    const now = performance.now();
    if (this.last === null || now - this.last.at > freshMs) {
      const state = this.look();
      this.last = { at: now, state };
      state.catch(() => (this.last = null));
    }
    return this.last.state;
  }

  alarm(): Promise<SystemAlarmView> {
    return readAlarm(this.database);
  }

  private async look(): Promise<SystemView> {
    const { bavail, blocks, bsize } = await statfs(this.config.dataDir);
    const ends = await readMailCertificate(this.config).catch(() => null);
    return {
      version: programVersion(),
      at: new Date().toISOString(),
      nodes: await readNodes(this.database),
      database: await readDatabaseState(this.database),
      disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
      queues: await readDepths(this.database),
      ...(await readNoted(this.database)),
      mailCertificateEndsAt: ends?.toISOString() ?? null,
    };
  }
}
