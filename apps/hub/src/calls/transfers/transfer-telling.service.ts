import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChannelError } from '#channels';
import { lockTalkOf } from '../../bots/sessions/lock-talk.js';
import { Database, isAway } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { lockCall } from '../lines/phone-call.query.js';
import { CallDrivers } from '../work/call-drivers.service.js';
import { claimTransfer, failTransfer, listDueTransfers, placeOfTransfer, type DueTransfer } from './transfers.query.js';

const everyMs = 2_000;
const most = 100;
/** Whoever told a provider has so long until the line comes, in seconds; then it is told again. */
const patienceSecs = 5;
/** After so many tries the two go on talking. */
const mostTries = 4;

/** `asked`: the provider was told, or will be. `failed`: it will not do it, and the two go on talking. */
export type ToldTransfer = { state: 'asked' } | { state: 'failed'; why: string };

/**
 * Tells providers of calls that are handed over, until the caller's line comes or it is certain that it will not. What a hub that died had
 * stored is told by whoever looks next.
 */
@Injectable()
export class TransferTelling implements OnModuleInit, OnModuleDestroy {
  private rounds: Rounds | null = null;

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.rounds = startRounds(everyMs, () => (this.channels.hasPhone ? this.look() : undefined), 'call-transfers');
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  /** Never rejects. */
  async look(): Promise<void> {
    try {
      for (const { id } of await this.database.query<{ id: string }>(listDueTransfers, [most])) {
        await this.tell(id);
      }
    } catch (error) {
      this.log[isAway(error) ? 'debug' : 'warn']('Calls wait to be handed over.', { reason: String(error) });
    }
  }

  /** One whose turn it is not, or that is done, is left alone. */
  async tell(id: string): Promise<ToldTransfer> {
    const [due] = await this.database.query<DueTransfer & Record<string, unknown>>(claimTransfer, [id, patienceSecs]);
    if (!due) {
      return { state: 'asked' };
    }
    const refusal = due.tries > mostTries ? 'The caller’s line did not come.' : await this.hand(due);
    return refusal === null ? { state: 'asked' } : this.giveUp(id, refusal);
  }

  /** @returns why it will never be done; null where it is, or may be yet. */
  private async hand({ channelId, callId, turn }: DueTransfer): Promise<string | null> {
    const channel = this.channels.find(channelId);
    const driver = channel && this.drivers.of(channel);
    if (!channel || !driver?.transfer) {
      return 'The channel of this call cannot hand it over any more.';
    }
    try {
      await driver.transfer(channel, { callId, turn });
      return null;
    } catch (error) {
      this.log.warn('A provider did not hand a call over.', { channelId, reason: String(error) });
      const isFinal = error instanceof ChannelError && error.retry !== 'soon' && !error.doubtful;
      return isFinal ? error.message : null;
    }
  }

  /** The two go on talking; nothing of the work had moved. Where the line came after all, it is done. */
  private giveUp(id: string, why: string): Promise<ToldTransfer> {
    return this.database.transaction(async (tx) => {
      const [place] = await tx.query<{ id: string; conversationId: string }>(placeOfTransfer, [id]);
      if (place) {
        await lockTalkOf(tx, place.conversationId);
        await lockCall(tx, place.id);
      }
      const [call] = await tx.query<{ agentId: string | null }>(failTransfer, [id]);
      if (call?.agentId) {
        this.bus.emitAfterCommit(tx, 'load.moved', { agentId: call.agentId });
      }
      const [now] = await tx.query<{ state: string }>('select state from call_transfer where id = $1', [id]);
      return now?.state === 'failed' ? { state: 'failed', why } : { state: 'asked' };
    });
  }
}
