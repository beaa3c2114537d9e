import { Injectable } from '@nestjs/common';
import type { LineStep } from '#channels';
import { isLongerThan } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { Callbacks } from '../../waiting/callbacks.service.js';
import { QueuePaces } from '../../waiting/queue-paces.service.js';
import { WaitingQueues } from '../../waiting/waiting-queues.service.js';
import { sentence, type IsRecorded } from '../lines/line-steps.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { CallDrivers } from './call-drivers.service.js';
import { markTold, type LineStanding } from './line-standing.query.js';
import { music, offerWords, placeWords } from './waiting-words.js';

/** How long music plays before the line asks by itself. A provider that can be nudged asks when there is news. */
const stretchMs = { nudged: 10_000, asking: 3_000 };
/** A place is told when it has moved up, and no more often than this. */
const tellEveryMs = 30_000;

/** What callers hear who wait: music, their place, and that they need not wait at the phone. */
@Injectable()
export class LineWaiting {
  constructor(
    private readonly queues: WaitingQueues,
    private readonly paces: QueuePaces,
    private readonly callbacks: Callbacks,
    private readonly prompts: PromptLibrary,
    private readonly drivers: CallDrivers,
    private readonly channels: ChannelDirectory,
  ) {}

  async next(tx: Transaction, call: PhoneCallRow, standing: LineStanding): Promise<LineStep[]> {
    const { locale, place, workId } = standing;
    const tells = hasMovedUp(standing);
    const offers = await this.mayOffer(tx, call, standing);
    if (tells || offers) {
      const told = [workId, call.conversationId, call.channelId, tells ? place : null, offers];
      await tx.query(markTold, told);
    }
    return [
      ...(tells ? placeWords(place, locale, this.isRecorded) : []),
      ...(offers ? offerWords(locale, this.isRecorded) : [music(locale, this.stretchOf(call))]),
    ];
  }

  /** Nothing but music. */
  music(call: PhoneCallRow): LineStep[] {
    return [music('fa', this.stretchOf(call))];
  }

  /** The caller wants to be called. @returns null where it is too late: somebody has them by now. */
  async request(tx: Transaction, call: PhoneCallRow, standing: LineStanding): Promise<LineStep[] | null> {
    const { workId, customerId, locale, rev } = standing;
    const { conversationId, channelId, identityId, fromAddress } = call;
    const asker = { workId, conversationId, customerId, channelId, identityId };
    const made = await this.callbacks.request(tx, asker, { way: 'call', address: fromAddress, rev });
    const isRecorded = this.isRecorded;
    return made === null
      ? null
      : [sentence('place-kept', locale, isRecorded), sentence('goodbye', locale, isRecorded), { hangup: true }];
  }

  /** Whether silence after a ring means that nobody answered. */
  tellsAnswers({ channelId }: PhoneCallRow): boolean {
    const channel = this.channels.find(channelId);
    return channel === null || this.drivers.of(channel)?.tellsAnswers !== false;
  }

  /** Nobody can have the caller: the channel has no queue. */
  nobody(locale: string): LineStep[] {
    return [sentence('sorry', locale, this.isRecorded), { hangup: true }];
  }

  /** Nobody would come before the queue opens: nobody waits at a phone for that. */
  closed(locale: string): LineStep[] {
    return [sentence('nobody-there', locale, this.isRecorded), { hangup: true }];
  }

  private readonly isRecorded: IsRecorded = (name, locale) => this.prompts.has(name, locale);

  private stretchOf({ channelId }: PhoneCallRow): number {
    const channel = this.channels.find(channelId);
    const isNudged = channel !== null && this.drivers.of(channel)?.nudge !== undefined;
    return isNudged ? stretchMs.nudged : stretchMs.asking;
  }

  /** Once, when the wait is longer than the queue's limit or a step of it says so, and only to a number that can be called. */
  private async mayOffer(tx: Transaction, call: PhoneCallRow, standing: LineStanding): Promise<boolean> {
    const callback = (await this.queues.find(standing.queueId, tx))?.terms.callback;
    if (!callback?.isOn || !callback.ways.includes('call') || !call.fromAddress.startsWith('+')) {
      return false;
    }
    if (standing.wasOffered || standing.hasCallback) {
      return false;
    }
    return standing.isStepped || this.isLong(tx, standing, callback.afterMinutes);
  }

  private async isLong(
    tx: Transaction,
    { queueId, place, waitedMs }: LineStanding,
    afterMinutes: number | null,
  ): Promise<boolean> {
    if (afterMinutes === null) {
      return false;
    }
    const wait = await this.paces.estimate(queueId, place - 1, waitedMs, tx);
    return wait !== null && isLongerThan(wait, afterMinutes);
  }
}

/** The first place is told at once; a place that was told only ever gets better. */
function hasMovedUp({ place, toldPlace, toldMs }: LineStanding): boolean {
  return toldPlace === null || (place < toldPlace && (toldMs ?? tellEveryMs) >= tellEveryMs);
}
