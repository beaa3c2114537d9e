import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { HeldEndedFrame } from '#contract';
import { HubConfig } from '#config';
import type { Actor } from '../../../auth/actor.js';
import { readActor } from '../../../auth/read-actor.js';
import { Database } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { ApiError } from '../../../platform/errors/api-error.js';
import { Log } from '../../../platform/operations/log.js';
import { Looks } from '../../../platform/operations/looks.js';
import { MessageWriter } from '../message-writer.service.js';
import type { NewMessageDto } from '../messages.dto.js';
import { claimHeld, dropHeld, failHeld, nextHeld, postponeHeld, type HeldRow } from './held-messages.query.js';

/** While none is held; what another node held is found by then at the latest. */
const idleMs = 15_000;
/** Longer than writing one takes, so that only one that died is taken over. */
const claimMs = 20_000;
const retryMs = 3_000;

/** It is not there to be written any more. */
class TakenBack extends Error {}

/**
 * Writes held messages when their time has come. A row ends in the transaction that makes it a message: neither can be without the other,
 * however slow its writer is and wherever it dies.
 */
@Injectable()
export class HeldMessagesSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.lookOnce(), 'held-messages');

  constructor(
    private readonly database: Database,
    private readonly writer: MessageWriter,
    private readonly live: LiveFeed,
    private readonly config: HubConfig,
    private readonly log: Log,
    bus: EventBus,
  ) {
    bus.on('message.held', () => this.looks.wake());
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(0);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  private async lookOnce(): Promise<number> {
    try {
      let isMore = true;
      while (isMore && !this.looks.isStopped) {
        isMore = await this.writeNext();
      }
      const [next] = await this.database.query<{ ms: number | null }>(nextHeld);
      return Math.min(idleMs, Math.max(0, Math.ceil(next?.ms ?? idleMs)));
    } catch (error) {
      this.log.debug('Held messages wait for the next look.', { reason: String(error) });
      return idleMs;
    }
  }

  private async writeNext(): Promise<boolean> {
    const [row] = await this.database.query<HeldRow & Record<string, unknown>>(claimHeld, [claimMs]);
    if (!row) {
      return false;
    }
    try {
      await this.write(row);
    } catch (error) {
      await this.fail(row, error);
    }
    return true;
  }

  private async write(row: HeldRow): Promise<void> {
    const actor = await this.writerOf(row.agent_id);
    await this.writer.write(actor, row.conversation_id, row.message as unknown as NewMessageDto, {
      first: async (tx) => {
        if ((await tx.query(dropHeld, [row.id])).length === 0) {
          throw new TakenBack();
        }
      },
    });
    this.tell(row, { outcome: 'sent', code: null, problem: null });
  }

  /** A refusal is the writer's to see; anything else is tried again. */
  private async fail(row: HeldRow, error: unknown): Promise<void> {
    if (error instanceof TakenBack) {
      return;
    }
    if (!(error instanceof ApiError) || error.status >= 500) {
      this.log.warn('A held message could not be written yet.', { reason: String(error), message: row.id });
      await this.database.query(postponeHeld, [row.id, retryMs]);
      return;
    }
    const failed = await this.database.query(failHeld, [row.id, error.code, error.detail]);
    if (failed.length > 0) {
      this.tell(row, { outcome: 'failed', code: error.code, problem: error.detail });
    }
  }

  private tell(row: HeldRow, end: Pick<HeldEndedFrame, 'outcome' | 'code' | 'problem'>): void {
    const { id, conversation_id: conversationId, agent_id: agentId } = row;
    this.live.toAgents([`agent:${agentId}`], 'held.ended', { id, conversationId, ...end });
  }

  /** With the rights that they have by now. */
  private async writerOf(id: string): Promise<Actor> {
    const writer = await readActor(this.database, id);
    if (!writer) {
      throw new ApiError(403, 'forbidden', 'The account that wrote it is switched off.');
    }
    return writer;
  }
}
