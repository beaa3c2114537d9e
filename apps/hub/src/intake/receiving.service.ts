import { Injectable, Logger } from '@nestjs/common';
import type { InboundEvent, InboundMessage } from '#channels';
import { Receipts } from '../delivery/receipts.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { ArrivedFiles } from './arrived-files.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { IntakeService } from './intake.service.js';
import type { Arrival, CursorMove } from './plan-acceptance.js';
import { ThreadFinder } from './thread-finder.service.js';

type TakenChannel = Pick<OpenChannel, 'id' | 'kind'>;

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
    private readonly automatic: AutomaticMail,
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

  /** What the database refuses is tried once more: a row that another arrival was just writing is there by then. */
  private takeSurely(channel: TakenChannel, event: InboundEvent, cursor?: CursorMove): Promise<string> {
    return this.takeOne(channel, event, cursor)
      .catch((error: unknown) =>
        isPermanent(error) ? this.takeOne(channel, event, cursor) : Promise.reject(error as Error),
      )
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
        return this.takeMessage(channel, event, cursor);
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
        return (await this.intake.keep(channel.id, event, 'ignored', event.reason)) ? 'ignored' : 'duplicate';
    }
  }

  private async takeMessage(channel: TakenChannel, event: InboundMessage, cursor?: CursorMove): Promise<string> {
    const token = this.threads.provenBy(event);
    const read = await this.automatic.read(channel.id, event, token);
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
    const files = await Promise.all(event.attachments.map((attachment) => this.files.keep(attachment)));
    const { event: message, threadId, quiet } = read;
    const accepted = await this.intake.accept({
      channelId: channel.id,
      channelKind: channel.kind,
      event: message,
      threadId,
      files,
      quiet,
      cursor,
      ...this.threads.placeOf(message),
    });
    if (accepted.outcome === 'duplicate') {
      await this.files.discard(files);
    }
    await this.automatic.settle(read, accepted);
    return accepted.outcome;
  }
}

/** What would fail again just so: data that PostgreSQL refuses, or a fault of ours that this event brings out. */
function isPermanent(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof TypeError || error instanceof RangeError || /^(22|23)/.test(String(code));
}
