import { Injectable, Logger } from '@nestjs/common';
import { settleDelivery, type Question, type Reconciled, type SmsAdapter } from '#channels';
import { Database } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { Receiving } from './receiving.service.js';
import { channelAge, knownIds, openDeliveries, type OpenDelivery } from './sms-reconciliation.query.js';

const dayMs = 24 * 3_600_000;
/** Providers report for a few days at most. */
const reachMs = 3 * dayMs;
/** What customers wrote is looked for a little further back than the last night. */
const arrivalsMs = 26 * 3_600_000;
const mostDeliveries = 5_000;
/** Word of a message that has just left is on its way. */
const restMs = 60_000;
const askMs = 5 * 60_000;

/** What one look at a provider's books brought. */
export interface Found {
  receipts: number;
  messages: number;
  adopted: number;
}

/**
 * Compares our books with the providers': once a night for those that report by themselves, for a report or a message may have come
 * while nobody was there to take it; every few minutes for those that must be asked. Doing it again changes nothing.
 */
@Injectable()
export class SmsReconciliation {
  private readonly logger = new Logger(SmsReconciliation.name);

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
    private readonly live: LiveFeed,
    jobs: Jobs,
  ) {
    jobs.define('reconcile-sms', 'bulk', () => this.run());
    jobs.every('reconcile-sms', dayMs);
    jobs.define('ask-sms-states', 'housekeeping', () => this.ask());
    jobs.every('ask-sms-states', askMs);
  }

  /** Everything of every SMS channel. One that fails does not keep the others from being looked at. */
  async run(): Promise<void> {
    for (const channel of this.smsChannels()) {
      await this.attempt(channel, 'books');
    }
  }

  /** How messages ended, of those channels whose provider does not say so by itself. */
  private async ask(): Promise<void> {
    for (const channel of this.smsChannels()) {
      const { driver } = channel.account.settings as { driver?: string };
      if (driver === 'kavenegar') {
        await this.attempt(channel, 'states');
      }
    }
  }

  /** @returns what was found; null where the provider cannot be asked or there was nothing to ask about. */
  async reconcile(channel: OpenChannel, scope: 'books' | 'states', now = new Date()): Promise<Found | null> {
    const open = await this.database.query<OpenDelivery>(openDeliveries, [
      channel.id,
      lowestId(now.getTime() - reachMs),
      mostDeliveries,
    ]);
    const due = open.filter(({ at }) => now.getTime() - at.getTime() >= restMs);
    if (due.length === 0 && scope === 'states') {
      return null;
    }
    const question = await this.questionOf(channel, due, now);
    const answer = await (channel.adapter as unknown as SmsAdapter).reconcile(channel.account as never, question);
    return answer && (await this.take(channel, due, answer));
  }

  private async attempt(channel: OpenChannel, scope: 'books' | 'states'): Promise<void> {
    try {
      const found = await this.reconcile(channel, scope);
      if (found && found.messages + found.adopted > 0) {
        this.logger.log(`the books of ${channel.name} held what was not known: ${JSON.stringify(found)}`);
      }
    } catch (error) {
      this.logger.warn(`the books of ${channel.name} could not be compared: ${String(error)}`);
    }
  }

  private async questionOf(channel: OpenChannel, due: OpenDelivery[], now: Date): Promise<Question> {
    const doubtful = due.filter(({ state }) => state === 'unconfirmed');
    const addresses = [...new Set(doubtful.map(({ address }) => address))];
    const known =
      addresses.length === 0
        ? []
        : await this.database.query<{ id: string }>(knownIds, [
            channel.id,
            lowestId(now.getTime() - reachMs),
            addresses,
          ]);
    const [channelRow] = await this.database.query<{ created_at: Date }>(channelAge, [channel.id]);
    const oldest = due[0]?.at.getTime() ?? now.getTime();
    const looked = Math.min(oldest, now.getTime() - arrivalsMs);
    return {
      sent: due.flatMap(({ provider_id: id, state }) => (state === 'sent' && id !== null ? [id] : [])),
      doubtful: doubtful.map(({ id, address, body, at }) => ({ id, address, text: body, at })),
      known: known.map(({ id }) => id),
      // What came before the channel was made belongs to whatever answered that number then.
      since: new Date(Math.max(looked, channelRow?.created_at.getTime() ?? looked)),
    };
  }

  private async take(channel: OpenChannel, due: OpenDelivery[], { events, found }: Reconciled): Promise<Found> {
    let adopted = 0;
    for (const { id, providerId } of found) {
      const delivery = due.find((one) => one.id === id);
      adopted += delivery && (await this.adopt(delivery, channel.id, providerId)) ? 1 : 0;
    }
    await this.receiving.take(channel, events);
    return {
      receipts: events.filter(({ type }) => type === 'receipt').length,
      messages: events.filter(({ type }) => type === 'message').length,
      adopted,
    };
  }

  /** The provider has the message: its doubt is over. Said as a worker says it that was overtaken, so an agent's resend meanwhile counts more. */
  private async adopt(delivery: OpenDelivery, channelId: string, providerId: string): Promise<boolean> {
    const { id, conversation_id: conversationId, seq, address, attempts } = delivery;
    const claim = { id, conversationId, seq, channelId, threadId: null, address, inDoubt: true, sentParts: 0 };
    const since = await settleDelivery(
      this.database,
      { ...claim, attempt: attempts - 1 },
      { state: 'sent', providerId, delivered: false },
    );
    if (since !== null) {
      await this.live.moved([{ conversation: conversationId, since }]);
    }
    return since !== null;
  }

  private smsChannels(): OpenChannel[] {
    return this.channels.all().filter(({ kind, enabled }) => kind === 'sms' && enabled);
  }
}

/** The lowest UUIDv7 of an instant. */
function lowestId(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
