import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { InboundAttachment, InboundEvent, InboundMessage } from '#channels';
import { Database } from '../database/database.js';
import { Receipts } from '../delivery/receipts.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { IntakeService } from './intake.service.js';
import type { Arrival, ArrivedFile, CursorMove } from './plan-acceptance.js';
import { ThreadFinder } from './thread-finder.service.js';

/** The largest file that a message may bring, in bytes. */
export const fileLimitBytes = 25 * 1024 * 1024;

type TakenChannel = Pick<OpenChannel, 'id' | 'kind'>;

/** Takes the events of one request or one poll in their order. When it resolves, all of them are on disk. */
@Injectable()
export class Receiving {
  private readonly logger = new Logger(Receiving.name);

  constructor(
    private readonly intake: IntakeService,
    private readonly receipts: Receipts,
    private readonly storage: FileStorage,
    private readonly threads: ThreadFinder,
    private readonly metrics: Metrics,
    private readonly automatic: AutomaticMail,
    private readonly database: Database,
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
      return (await this.intake.keep(channel.id, event, 'ignored', 'a mail of ours that came back'))
        ? 'ignored'
        : 'duplicate';
    }
    const files = await Promise.all(event.attachments.map((attachment) => this.fileOf(attachment)));
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
      await this.discard(files);
    }
    await this.automatic.settle(read, accepted);
    return accepted.outcome;
  }

  /**
   * The message was there already, most likely with files of its own. Its commit may also be this one's whose answer was lost; then
   * these are its files.
   */
  private async discard(files: ArrivedFile[]): Promise<void> {
    const keys = files.filter(({ state }) => state === 'stored').map(({ storageKey }) => storageKey);
    if (keys.length === 0) {
      return;
    }
    try {
      const used = await this.database.query<{ storage_key: string }>(
        'select storage_key from attachment where storage_key = any ($1)',
        [keys],
      );
      const kept = new Set(used.map((row) => row.storage_key));
      await Promise.all(keys.filter((key) => !kept.has(key)).map((key) => this.storage.remove(key)));
    } catch (error) {
      this.logger.warn(`files of a message that was known stay in storage: ${String(error)}`);
    }
  }

  /** Bytes that came along are stored before the message is; what is still at the provider is fetched after. */
  private async fileOf({ name, mediaType, contentId, source }: InboundAttachment): Promise<ArrivedFile> {
    const file = { id: uuid(), name: name || 'file', contentId };
    if ('reference' in source) {
      return {
        ...file,
        mediaType,
        bytes: 0,
        sha256: null,
        storageKey: `pending/${file.id}`,
        state: 'fetching',
        reference: source.reference,
      };
    }
    const stored = await this.storage.storeBytes(source.bytes, Math.max(fileLimitBytes, source.bytes.length));
    return {
      ...file,
      mediaType: stored.mediaType,
      bytes: stored.bytes,
      sha256: stored.sha256,
      storageKey: stored.key,
      state: 'stored',
      reference: null,
    };
  }
}

/** What would fail again just so: data that PostgreSQL refuses, or a fault of ours that this event brings out. */
function isPermanent(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof TypeError || error instanceof RangeError || /^(22|23)/.test(String(code));
}
