import { Injectable, Logger } from '@nestjs/common';
import {
  ChannelError,
  decideOutcome,
  PartlyRefused,
  type ClaimedDelivery,
  type PartlySent,
  type Settlement,
} from '#channels';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { Reachability } from './reachability.service.js';
import { SendingPaces } from './sending-paces.service.js';

/** How one try ended. `missed` are those who did not get what others got. */
export interface Attempted {
  settlement: Settlement;
  restMs: number;
  missed?: string[] | null;
  /** What of it left before the rest failed. */
  left?: PartlySent | null;
  parts?: number;
}

/** An account that refuses us may be put right at any time; this is how often we look, unless its settings change first. */
const reconnectMs = 30_000;

/** What a send that did not go well means: for its message, for its address, and for the whole of its account. */
@Injectable()
export class FailedSends {
  private readonly logger = new Logger(FailedSends.name);

  constructor(
    private readonly paces: SendingPaces,
    private readonly reach: Reachability,
  ) {}

  async after(error: unknown, delivery: ClaimedDelivery, channel: OpenChannel): Promise<Attempted> {
    const known =
      error instanceof ChannelError
        ? error
        : new ChannelError('unexpected', 'Sending failed in an unexpected way.', {
            retry: 'soon',
            doubtful: true,
            cause: error,
          });
    if (!(error instanceof ChannelError)) {
      this.logger.error(`an adapter threw what is not a ChannelError: ${String(error)}`);
    }
    const settlement = decideOutcome(known, delivery.attempt, channel.adapter.capabilities.idempotency, Math.random());
    const missed = known instanceof PartlyRefused ? known.refused : null;
    const isPaused = await this.heed(known, delivery, channel).catch((failure: unknown) => {
      this.logger.warn(`what a provider said of ${channel.name} was not kept: ${String(failure)}`);
      return false;
    });
    const toldMs = isPaused ? 0 : (known.retryAfterMs ?? 0);
    return {
      settlement,
      missed,
      left: settlement.state === 'queued' ? known.left : null,
      restMs: known.retry === 'after-reconnect' ? reconnectMs : toldMs,
    };
  }

  /** What a refusal says beyond its message: of the address, or of the whole account. @returns whether the account is paused for it. */
  private async heed(
    { code, retryAfterMs, message }: ChannelError,
    delivery: ClaimedDelivery,
    channel: OpenChannel,
  ): Promise<boolean> {
    const reachable = goneFor[code];
    const [kind] = channel.adapter.capabilities.reaches;
    if (reachable !== undefined && kind !== undefined && channel.kind === 'telegram') {
      await this.reach.change({ kind, address: delivery.address, reachable });
    }
    const isTold = code === 'rate_limited' && retryAfterMs !== null;
    if (isTold) {
      await this.paces.pause(delivery.channelId, retryAfterMs, message);
    }
    return isTold;
  }
}

/** What a chat messenger means when it refuses an address for good. */
const goneFor: Record<string, 'blocked' | 'unknown_address'> = { blocked: 'blocked', deactivated: 'unknown_address' };
