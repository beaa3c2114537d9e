import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { InboundAttachment, InboundEvent } from '#channels';
import { Receipts } from '../delivery/receipts.service.js';
import { ThreadTokens } from '../delivery/thread-tokens.service.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { IntakeService } from './intake.service.js';
import type { ArrivedFile } from './plan-acceptance.js';

/** The largest file that a message may bring, in bytes. */
export const fileLimitBytes = 25 * 1024 * 1024;

/** Takes the events of one request or one poll in their order. When it resolves, all of them are on disk. */
@Injectable()
export class Receiving {
  private readonly logger = new Logger(Receiving.name);

  constructor(
    private readonly intake: IntakeService,
    private readonly receipts: Receipts,
    private readonly storage: FileStorage,
    private readonly tokens: ThreadTokens,
  ) {}

  async take(channel: Pick<OpenChannel, 'id' | 'kind'>, events: InboundEvent[]): Promise<void> {
    for (const event of events) {
      await this.takeOne(channel, event);
    }
  }

  /** Keeps the bytes of an event that could not be taken, for somebody to look at. */
  async quarantine(channelId: string, event: InboundEvent, why: string): Promise<void> {
    this.logger.error(`an event of channel ${channelId} went to quarantine: ${why}`);
    await this.intake.keep(channelId, event, 'quarantined', why);
  }

  private async takeOne(channel: Pick<OpenChannel, 'id' | 'kind'>, event: InboundEvent): Promise<void> {
    switch (event.type) {
      case 'message':
        await this.intake.accept({
          channelId: channel.id,
          channelKind: channel.kind,
          event,
          threadId: event.mail?.threadToken ? this.tokens.threadOf(event.mail.threadToken) : null,
          files: await Promise.all(event.attachments.map((attachment) => this.fileOf(attachment))),
        });
        return;
      case 'call':
        await this.intake.accept({
          channelId: channel.id,
          channelKind: channel.kind,
          event,
          threadId: null,
          files: [],
        });
        return;
      case 'receipt':
        await this.receipts.take(channel.id, event);
        return;
      case 'ignored':
        await this.intake.keep(channel.id, event, 'ignored', event.reason);
        return;
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
    const stored = await this.storage.store(oneChunk(source.bytes), Math.max(fileLimitBytes, source.bytes.length));
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

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
