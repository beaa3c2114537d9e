import { Injectable } from '@nestjs/common';
import {
  isLongerThan,
  planNotice,
  type CallbackWay,
  type Notice,
  type WaitEstimate,
  type WaitingTerms,
} from '#tickets';
import { Database, type Transaction } from '../database/database.js';
import { AutomaticMessages } from '../delivery/automatic-messages.service.js';
import { Log } from '../platform/operations/log.js';
import { callbackChoices } from './callback-choices.js';
import { Callbacks } from './callbacks.service.js';
import { closedWords, languageOf, movedWords, offerWords, queuedWords, type NoticeFacts } from './notice-words.js';
import { QueuePaces } from './queue-paces.service.js';
import {
  forgetEnded,
  holdNotice,
  listWaiting,
  markMute,
  markTold,
  meetWaiting,
  patienceMs,
  type WaitingRow,
} from './wait-notices.query.js';
import { WaitingQueues, type QueueHours, type WaitingQueue } from './waiting-queues.service.js';

/** Web chats show it by themselves; a caller hears it from their phone system. */
const spokenKinds = ['telegram', 'sms', 'email'] as const;
type SpokenKind = (typeof spokenKinds)[number];

const most = { met: 200, told: 2_000 };
/** Whoever was told nothing for this long has nothing to be told soon. */
const newMs = 120_000;

/** Somebody who waits, with all that decides what they are told. */
interface Waiting extends WaitingRow {
  queue: WaitingQueue;
  hours: QueueHours;
  wait: WaitEstimate | null;
  /** The ways to be called back that can be offered now. */
  ways: CallbackWay[];
}

/** What a look found: how soon the next one is worth it. */
export type Found = 'nobody' | 'waiting' | 'untold';

/** Writes to those who wait: that they do, that they moved up, that they can be called back, and when somebody is there again. */
@Injectable()
export class WaitNotices {
  constructor(
    private readonly database: Database,
    private readonly queues: WaitingQueues,
    private readonly paces: QueuePaces,
    private readonly messages: AutomaticMessages,
    private readonly callbacks: Callbacks,
    private readonly log: Log,
  ) {}

  /** Looks at all who wait and tells what is to be told. */
  async look(now = Date.now()): Promise<Found> {
    const spoken = [...(await this.queues.list()).values()].filter(speaks).map(({ id }) => id);
    if (spoken.length === 0) {
      return 'nobody';
    }
    await this.database.query(meetWaiting, [spoken, spokenKinds, patienceMs, most.met]);
    const rows = await this.database.query<WaitingRow & Record<string, unknown>>(listWaiting, [spoken, most.told]);
    for (const row of rows) {
      await this.lookAt(row, now).catch((error: unknown) => {
        if (!(error instanceof ToldElsewhere)) {
          this.log.warn('Somebody who waits could not be told so.', { reason: String(error), work: row.workId });
        }
      });
    }
    return foundIn(rows);
  }

  /** What is over has nothing to tell. */
  async forgetEnded(): Promise<void> {
    await this.database.query(forgetEnded);
  }

  private async lookAt(row: WaitingRow, now: number): Promise<void> {
    const waiting = await this.readOne(row, now);
    const notice = waiting && planNotice(factsOf(waiting, now));
    if (waiting && notice) {
      await this.database.transaction((tx) => this.tell(tx, waiting, notice, now));
    }
  }

  private async readOne(row: WaitingRow, now: number): Promise<Waiting | null> {
    const queue = await this.queues.find(row.queueId);
    if (!queue) {
      return null;
    }
    const [hours, wait] = [
      await this.queues.hoursOf(queue.id, now),
      await this.paces.estimate(queue.id, row.place - 1, row.waitedMs),
    ];
    return { ...row, queue, hours, wait, ways: waysFor(row, queue.terms, wait) };
  }

  /** The message and the note that it was written are one, so nobody is told twice and nobody is forgotten. */
  private async tell(tx: Transaction, waiting: Waiting, notice: Notice, now: number): Promise<void> {
    const offers = notice.kind !== 'closed' && notice.offers;
    const choices = offers ? callbackChoices(waiting.ways, languageOf(waiting.locale)) : null;
    const body = wordsOf(waiting, notice, now);
    const written = await this.messages.write(tx, { ...waiting, body, ...(choices && { choices: choices.list }) });
    if ((await tx.query(holdNotice, [waiting.workId, waiting.told])).length === 0) {
      throw new ToldElsewhere('another node told it');
    }
    if ('refusal' in written) {
      await tx.query(markMute, [waiting.workId, written.refusal]);
      return;
    }
    await tx.query(markTold, [waiting.workId, ...toldBy(waiting, notice), offers]);
    if (choices) {
      await this.callbacks.offer(tx, { ...waiting, id: choices.callbackId }, written.seq);
    }
  }
}

/** The place and the opening that a message told; null: not that. */
function toldBy({ place, hours }: Waiting, { kind }: Notice): [place: number | null, closedUntil: number | null] {
  switch (kind) {
    case 'closed':
      return [null, hours.opensAt ?? Infinity];
    case 'offer':
      return [null, null];
    case 'queued':
    case 'moved':
      return [place, null];
  }
}

/** Takes what was written back. */
class ToldElsewhere extends Error {}

function speaks({ terms, calendarId }: WaitingQueue): boolean {
  const { tell, callback, tellClosed } = terms;
  return spokenKinds.some((kind) => tell[kind] !== 'off') || callback.isOn || (tellClosed && calendarId !== null);
}

function factsOf({ queue, hours, ways, channelKind, ...row }: Waiting, now: number): Parameters<typeof planNotice>[0] {
  const { tell, tellClosed } = queue.terms;
  const mode = tell[channelKind as SpokenKind];
  return {
    // A mail that only counts down is a nuisance.
    mode: channelKind === 'email' && mode === 'moves' ? 'first' : mode,
    tellsClosed: tellClosed,
    isOpen: hours.isOpen,
    place: row.place,
    toldPlace: row.toldPlace,
    toldAt: row.toldAt,
    closedUntil: row.closedUntil,
    mayOffer: ways.length > 0,
    now,
  };
}

/** The ways that can be offered to somebody at this moment: none while their wait is short, or once they were asked. */
function waysFor(row: WaitingRow, { callback }: WaitingTerms, wait: WaitEstimate | null): CallbackWay[] {
  const { isOn, afterMinutes, ways } = callback;
  const isLong = afterMinutes !== null && wait !== null && isLongerThan(wait, afterMinutes);
  if (!isOn || row.wasOffered || row.hasCallback || row.channelKind === 'email' || !(isLong || row.isStepped)) {
    return [];
  }
  // To be texted at the number that they text from is to be written to here.
  const possible: Record<CallbackWay, boolean> = { call: row.phone !== null, sms: false, same: true };
  return ways.filter((way) => possible[way]);
}

function wordsOf(waiting: Waiting, notice: Notice, now: number): string {
  const { queue, hours, place, wait, locale, channelKind } = waiting;
  const language = languageOf(locale);
  const facts: NoticeFacts = { place, wait, opensAt: hours.opensAt, timeZone: queue.timeZone };
  const { queued, closed } = queue.terms.texts;
  switch (notice.kind) {
    case 'queued':
      return notice.offers
        ? `${queuedWords(queued, language, 'short', facts)}\n${offerWords(language, {})}`
        : queuedWords(queued, language, channelKind === 'sms' ? 'short' : 'long', facts);
    case 'moved':
      return movedWords(language, facts);
    case 'offer':
      return offerWords(language, facts);
    case 'closed':
      return closedWords(closed, language, facts, now);
  }
}

function foundIn(rows: readonly WaitingRow[]): Found {
  if (rows.length === 0) {
    return 'nobody';
  }
  return rows.some(({ told, waitedMs }) => told === 0 && waitedMs < newMs) ? 'untold' : 'waiting';
}
