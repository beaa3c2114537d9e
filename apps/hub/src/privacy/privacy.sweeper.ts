import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { isAway } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Log } from '../platform/operations/log.js';
import { Looks } from '../platform/operations/looks.js';
import { ErasureSteps } from './erasures/erasure-steps.service.js';
import { ExportMaker } from './exports/export-maker.service.js';

/** While nothing is at work: where administrators ask this node itself, and where others are asked and this one works. */
const idleMs = { asked: 15_000, apart: 2_000 };
const settlingMs = 2_000;
const retryMs = 5_000;

/** Works off erasures and files of people, a little at a time, by turns, on any node. */
@Injectable()
export class PrivacySweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.lookOnce(), 'privacy');

  constructor(
    private readonly erasures: ErasureSteps,
    private readonly exports: ExportMaker,
    private readonly config: HubConfig,
    private readonly log: Log,
    bus: EventBus,
  ) {
    bus.on('erasure.asked', () => this.looks.wake());
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(idleMs.apart);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  private async lookOnce(): Promise<number> {
    try {
      const isMaking = await this.exports.makeOne();
      const stepped = await this.erasures.step();
      if (stepped === 'settling') {
        return settlingMs;
      }
      return isMaking || stepped === 'again' ? 0 : this.config.role === 'all' ? idleMs.asked : idleMs.apart;
    } catch (error) {
      if (isAway(error)) {
        this.log.debug('Erasures and exports wait.', { reason: String(error) });
      } else {
        this.log.error('Somebody could not be erased further.', error);
      }
      return retryMs;
    }
  }
}
