import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChannelError } from '#channels';
import { HubConfig } from '#config';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import { FileStorage, type StoredFile } from '../../platform/storage/file-storage.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import type { RecordingPolicy } from './consent-steps.js';
import { refusalOf, type ConsentOnCall, type Refusal } from './decide-recording.js';
import { declaredOn, policyOf } from './recording-terms.js';
import { claimRecordings, putOff, settleKept, settleUnkept, type DueRecording } from './recordings.query.js';

const lookMs = 5_000;
const maxAttempts = 8;
/** Some hours of a telephone's sound as WAV, more as anything else. */
const limitBytes = 150 * 1024 * 1024;

type Failure = 'unavailable' | 'too_large' | 'not_audio';

/**
 * Brings recordings here, once each and only those that may be kept. Whether one may is decided before its provider is asked for a single
 * byte; a refused one is marked for deletion there.
 */
@Injectable()
export class RecordingFetcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RecordingFetcher.name);
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.lookSafely());

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly storage: FileStorage,
    private readonly live: LiveFeed,
    private readonly config: HubConfig,
    bus: EventBus,
  ) {
    bus.on('call.grown', ({ call }) => {
      if (this.rounds && call.details?.recordings) {
        void this.looks.take();
      }
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(lookMs, () => (this.channels.hasPhone ? this.looks.take() : undefined), 'recordings');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Takes what is due, a few at a time, until nothing is. */
  async look(): Promise<void> {
    for (;;) {
      const due = await this.database.query<DueRecording & Record<string, unknown>>(claimRecordings);
      await Promise.all(due.map((recording) => this.decide(recording)));
      if (due.length === 0) {
        return;
      }
    }
  }

  private async lookSafely(): Promise<void> {
    await this.look().catch((error: unknown) => this.logger.debug(`recordings wait: ${String(error)}`));
  }

  private async decide(due: DueRecording): Promise<void> {
    const declared = due.consent === null ? declaredOn(due.line) : null;
    const policy = policyOf(due.line, due.queue);
    if (declared !== null) {
      const told: DueRecording = { ...due, consent: 'announced', consentAt: due.at, consentPrompt: declared };
      await this.fetch(told, policy);
      return;
    }
    const refusal = refusalOf(consentOf(due), policy);
    if (refusal !== null) {
      await this.settleUnkept(due, 'refused', refusal);
      return;
    }
    await this.fetch(due, policy);
  }

  private async fetch(due: DueRecording, policy: RecordingPolicy): Promise<void> {
    try {
      const stored = await this.bring(due);
      const isSound = stored.mediaType.startsWith('audio/');
      const isOurs = isSound && (await this.settleStored(due, stored, policy.keepDays));
      if (!isOurs) {
        // Somebody else's fetch counted, or it is no sound at all: nothing names these bytes.
        await this.storage.remove(stored.key);
      }
      if (!isSound) {
        await this.settleUnkept(due, 'failed', 'not_audio');
      }
    } catch (error) {
      await this.failed(due, error);
    }
  }

  private async bring({ channelId, reference }: DueRecording): Promise<StoredFile> {
    const channel = this.channels.find(channelId);
    if (!channel?.adapter.fetch) {
      throw new ChannelError('channel_gone', 'The channel is gone.', { retry: 'never' });
    }
    const bytes = await channel.adapter.fetch(reference, channel.account, limitBytes);
    return this.storage.storeBytes(bytes, limitBytes);
  }

  private async failed(due: DueRecording, error: unknown): Promise<void> {
    const isOver = (error instanceof ChannelError && error.retry === 'never') || due.attempts >= maxAttempts;
    this.logger.warn(`a recording could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    if (isOver) {
      const isLarge = error instanceof ChannelError && error.code === 'too_large';
      await this.settleUnkept(due, 'failed', isLarge ? 'too_large' : 'unavailable');
      return;
    }
    await this.database.query(putOff, [due.id, due.lease, Math.min(3_600, 10 * 3 ** (due.attempts - 1))]);
  }

  private async settleUnkept(due: DueRecording, state: 'refused' | 'failed', why: Refusal | Failure): Promise<void> {
    await this.settle(due, async (tx) => {
      const { id, lease, consent, consentAt, consentPrompt } = due;
      const rows = await tx.query(settleUnkept, [id, lease, state, why, consent, consentAt, consentPrompt]);
      return rows.length > 0;
    });
  }

  /** Bytes that could not be written down have no row that would ever remove them; unless only the answer was lost. */
  private settleStored(due: DueRecording, stored: StoredFile, keepDays: number | null): Promise<boolean> {
    return this.settleKept(due, stored, keepDays).catch(async (error: unknown) => {
      const named = await this.database.query('select 1 from call_recording where storage_key = $1', [stored.key]);
      if (named.length === 0) {
        await this.storage.remove(stored.key);
        throw error;
      }
      return true;
    });
  }

  private settleKept(due: DueRecording, stored: StoredFile, keepDays: number | null): Promise<boolean> {
    return this.settle(due, async (tx) => {
      const { key, bytes, sha256, mediaType } = stored;
      const { id, lease, consent, consentAt, consentPrompt } = due;
      const fetched = [key, bytes, sha256, mediaType, keepDays];
      const rows = await tx.query(settleKept, [id, lease, ...fetched, consent, consentAt, consentPrompt]);
      return rows.length > 0;
    });
  }

  /** The message did not change, but what its readers see of it did: touching it gives it a new rev. */
  private settle(due: DueRecording, write: (tx: Transaction) => Promise<boolean>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const parts = await tx.query<{ id: string; rev: number }>(
        'select id, rev from conversation where id = $1 for no key update',
        [due.conversationId],
      );
      const isOurs = await write(tx);
      if (isOurs) {
        await tx.query('update message set kind = kind where conversation_id = $1 and seq = $2', [
          due.conversationId,
          due.seq,
        ]);
        this.live.movedBy(tx, parts);
      }
      return isOurs;
    });
  }
}

function consentOf({ consent, consentAt, consentPrompt }: DueRecording): ConsentOnCall {
  return consent === null ? null : { consent, consentAt, consentPrompt };
}
