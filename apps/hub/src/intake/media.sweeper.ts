import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChannelError, type Statement } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import { programType } from '../platform/storage/refused-types.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { fileLimitBytes } from './arrived-files.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

/** Takes a few files that are due; the next look at them is pushed ahead, so that a worker that dies leaves them to others. */
const claim: Statement = {
  name: 'media-claim',
  text: `
update attachment f set fetch_attempts = fetch_attempts + 1, due_at = clock_timestamp() + least(interval '1 hour', interval '10 seconds' * power(3, fetch_attempts))
where f.id in (select id from attachment where state = 'fetching' and seq is not null and due_at <= clock_timestamp() order by due_at limit 4 for update skip locked)
returning f.id, f.name, f.conversation_id, f.seq, f.reference, f.fetch_attempts,
          (select m.channel_id from message m where m.conversation_id = f.conversation_id and m.seq = f.seq) as channel_id`,
};

interface DueFile {
  id: string;
  name: string;
  conversation_id: string;
  seq: number;
  reference: string;
  fetch_attempts: number;
  channel_id: string;
}

const lookMs = 1_000;
const maxAttempts = 8;

/** Fetches what providers hold of messages that are stored already. The message waits for nobody; its file appears when it is here. */
@Injectable()
export class MediaFetcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MediaFetcher.name);
  private rounds: Rounds | null = null;

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly storage: FileStorage,
    private readonly live: LiveFeed,
    private readonly config: HubConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') {
      return;
    }
    this.rounds = startRounds(lookMs, () => this.lookSafely(), 'files');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  private async lookSafely(): Promise<void> {
    await this.look().catch((error: unknown) => this.logger.debug(`files wait: ${String(error)}`));
  }

  private async look(): Promise<void> {
    const due = await this.database.query<DueFile>(claim);
    await Promise.all(due.map((file) => this.fetch(file)));
  }

  private async fetch(file: DueFile): Promise<void> {
    failpoint('media.after-claim');
    const channel = this.channels.find(file.channel_id);
    try {
      if (!channel?.adapter.fetch) {
        throw new ChannelError('channel_gone', 'The channel is gone.', { retry: 'never' });
      }
      const bytes = await channel.adapter.fetch(file.reference, channel.account, fileLimitBytes);
      const stored = await this.storage.storeBytes(bytes, fileLimitBytes);
      failpoint('media.before-settle');
      const isProgram = programType(file.name, stored.mediaType) !== null;
      await this.settle(file, { state: isProgram ? 'quarantined' : 'stored', ...stored });
      failpoint('media.after-settle');
    } catch (error) {
      const isOver = (error instanceof ChannelError && error.retry === 'never') || file.fetch_attempts >= maxAttempts;
      this.logger.warn(`a file could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
      if (isOver) {
        await this.settle(file, {
          state: 'quarantined',
          key: `missing/${file.id}`,
          bytes: 0,
          sha256: '00'.repeat(32),
          mediaType: 'application/octet-stream',
        });
      }
    }
  }

  private async settle(
    file: DueFile,
    result: { state: 'stored' | 'quarantined'; key: string; bytes: number; sha256: string; mediaType: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const parts = await tx.query<{ id: string; rev: number }>(
        'select id, rev from conversation where id = $1 for no key update',
        [file.conversation_id],
      );
      await tx.query(
        `update attachment set state = $2, storage_key = $3, bytes = $4, sha256 = decode($5, 'hex'), media_type = $6 where id = $1 and state = 'fetching'`,
        [file.id, result.state, result.key, result.bytes, result.sha256, result.mediaType],
      );
      // The message did not change, but what its readers see of it did: touching it gives it a new rev.
      await tx.query('update message set kind = kind where conversation_id = $1 and seq = $2', [
        file.conversation_id,
        file.seq,
      ]);
      this.live.movedBy(tx, parts);
    });
  }
}
