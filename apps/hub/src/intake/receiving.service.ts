import { Injectable, Logger } from '@nestjs/common';
import type { InboundCall, InboundEvent, InboundIgnored, InboundMessage } from '#channels';
import { Receipts } from '../delivery/receipts.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { ArrivalMeanings } from './arrival-meanings.service.js';
import { ArrivedFiles } from './arrived-files.service.js';
import { IntakeService } from './intake.service.js';
import type { ArrivedFile, Arrival, CursorMove } from './plan-acceptance.js';
import { ThreadFinder } from './thread-finder.service.js';

type TakenChannel = Pick<OpenChannel, 'id' | 'kind'>;

/** How a message is taken: what moves with it, the files that are in storage already, and whether it may wake nobody. */
interface Taking {
  cursor?: CursorMove | undefined;
  stored?: ArrivedFile[];
  isQuiet?: boolean;
}

/** Takes the events of one request or one poll in their order. When it resolves, all of them are on disk. */
@Injectable()
export class Receiving {
  private readonly logger = new Logger(Receiving.name);

  constructor(
    private readonly intake: IntakeService,
    private readonly receipts: Receipts,
    private readonly files: ArrivedFiles,
    private readonly threads: ThreadFinder,
    private readonly metrics: Metrics,
    private readonly meanings: ArrivalMeanings,
  ) {}

  /**
   * `cursor` moves with the last of them, in the transaction that stores it; one that was known already moves nothing.
   *
   * Throws when the database is away or too busy: then the provider must come again. An event that can never be stored as it is must not
   * hold up those behind it; its bytes go to quarantine and count as taken.
   */
  async take(channel: TakenChannel, events: InboundEvent[], cursor?: CursorMove): Promise<void> {
    for (const event of events) {
      const outcome = await this.takeSurely(channel, event, event === events.at(-1) ? cursor : undefined);
      this.metrics.inbound.inc({ channel: channel.kind, outcome });
    }
  }

  /** The same for one message whose files are in storage already, beside those that it brings. */
  async takeStored(channel: TakenChannel, event: InboundMessage, stored: ArrivedFile[]): Promise<void> {
    const outcome = await this.surely(channel, event, () => this.takeSaid(channel, event, { stored }));
    this.metrics.inbound.inc({ channel: channel.kind, outcome });
  }

  /**
   * Calls of long ago out of an exchange's records, any number and in any order: history, which makes no work and is no news. What became of
   * each.
   */
  takePast(channel: TakenChannel, calls: readonly InboundCall[]): Promise<string[]> {
    return Promise.all(
      calls.map((event) =>
        this.surely(channel, event, () =>
          this.accept({
            channelId: channel.id,
            channelKind: channel.kind,
            event,
            threadId: null,
            files: [],
            quiet: true,
          }),
        ),
      ),
    );
  }

  private takeSurely(channel: TakenChannel, event: InboundEvent, cursor?: CursorMove): Promise<string> {
    return this.surely(channel, event, () => this.takeOne(channel, event, cursor));
  }

  /** What the database refuses is tried once more: a row that another arrival was just writing is there by then. */
  private surely(channel: TakenChannel, event: InboundEvent, take: () => Promise<string>): Promise<string> {
    return take()
      .catch((error: unknown) => (isPermanent(error) ? take() : Promise.reject(error as Error)))
      .catch((error: unknown) => this.quarantine(channel, event, error));
  }

  private async quarantine(channel: Pick<OpenChannel, 'id'>, event: InboundEvent, error: unknown): Promise<string> {
    if (!isPermanent(error)) {
      throw error;
    }
    this.logger.error(`an event of channel ${channel.id} went to quarantine: ${String(error)}`);
    await this.intake.keep(channel.id, event, 'quarantined', String(error));
    return 'quarantined';
  }

  private async accept(arrival: Arrival): Promise<string> {
    return (await this.intake.accept(arrival)).outcome;
  }

  private async takeOne(channel: TakenChannel, event: InboundEvent, cursor?: CursorMove): Promise<string> {
    switch (event.type) {
      case 'message':
        return this.meanings.chats.take(channel.id, event, (said) =>
          this.meanings.sms.take(channel, said, (isQuiet) => this.takeSaid(channel, said, { cursor, isQuiet })),
        );
      case 'call':
        return this.accept({
          channelId: channel.id,
          channelKind: channel.kind,
          event,
          threadId: null,
          files: [],
          cursor,
        });
      case 'receipt':
        await this.receipts.take(channel.id, event);
        return 'receipt';
      case 'ignored':
        return (await this.keepIgnored(channel, event)) ? 'ignored' : 'duplicate';
    }
  }

  private keepIgnored(channel: TakenChannel, event: InboundIgnored): Promise<boolean> {
    return event.reach
      ? this.meanings.reach.take(channel.id, event, event.reach)
      : this.intake.keep(channel.id, event, 'ignored', event.reason);
  }

  /** What answers a question of the hub's own is nobody's work. */
  private takeSaid(channel: TakenChannel, event: InboundMessage, how: Taking): Promise<string> {
    return how.isQuiet === true
      ? this.takeMessage(channel, event, how)
      : this.meanings.answers.take(channel.id, event, (isQuiet) =>
          this.takeMessage(channel, event, { ...how, isQuiet }),
        );
  }

  private async takeMessage(
    channel: TakenChannel,
    event: InboundMessage,
    { cursor, stored = [], isQuiet = false }: Taking,
  ): Promise<string> {
    const token = this.threads.provenBy(event);
    const read = await this.meanings.mail.read(channel.id, event, token);
    if (read === null) {
      return (await this.intake.keep(
        channel.id,
        event,
        'ignored',
        event.report ? 'a report about a mail of ours, kept with it' : 'a mail of ours that came back',
      ))
        ? 'ignored'
        : 'duplicate';
    }
    const brought = await Promise.all(event.attachments.map((attachment) => this.files.keep(attachment)));
    const files = [...stored, ...brought];
    const { event: message, threadId, quiet } = read;
    const accepted = await this.intake.accept({
      channelId: channel.id,
      channelKind: channel.kind,
      event: message,
      threadId,
      files,
      quiet: quiet || isQuiet,
      quietPlace: this.meanings.mail.placeOf(read),
      cursor,
      ...this.threads.placeOf(message),
    });
    if (accepted.outcome === 'duplicate') {
      await this.files.discard(brought);
    }
    return accepted.outcome;
  }
}

/** What would fail again just so: data that PostgreSQL refuses, or a fault of ours that this event brings out. */
function isPermanent(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof TypeError || error instanceof RangeError || /^(22|23)/.test(String(code));
}
