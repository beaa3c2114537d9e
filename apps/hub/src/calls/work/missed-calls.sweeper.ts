import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { isAway } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { MissedCalls } from './missed-calls.service.js';

/** Growing calls wake it; a slow look finds what a crash left over. */
const lookMs = 10_000;

/** Looks after calls that are over or were answered. Looks of several nodes do no harm to each other. */
@Injectable()
export class MissedCallSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.lookAtAll());
  private isStopped = true;

  constructor(
    private readonly missed: MissedCalls,
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly log: Log,
    bus: EventBus,
  ) {
    bus.on('call.grown', ({ call }) => {
      if (!this.isStopped && (call.state === 'ended' || call.answeredAt !== null)) {
        void this.look();
      }
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.isStopped = false;
      this.rounds = startRounds(lookMs, () => (this.channels.hasPhone ? this.look() : undefined), 'missed-calls');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Never rejects. What comes in during a look is looked at after it. */
  look(): Promise<void> {
    return this.looks.take();
  }

  private async lookAtAll(): Promise<void> {
    try {
      let last = await this.missed.look();
      while (last !== null && !this.isStopped) {
        last = await this.missed.look(last);
      }
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Calls wait to be looked at.', { reason: String(error) });
    }
  }
}
