import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../../database/database.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { Housekeeping } from '../../../platform/operations/housekeeping.js';
import { backToDraft, dropHeld, leftHeld, type HeldRow } from './held-messages.query.js';
import { filesIn, wordsIn } from './present-held.js';

/** Longer than a week of holidays is nobody's intention. */
const keptMs = 7 * 24 * 3_600_000;
const batchSize = 100;

/**
 * What could not leave and nobody dealt with does not stay for ever: after a week its words go back to their writer's drafts, where they
 * are listed and lost no more than any other words.
 */
@Injectable()
export class LeftMessages {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('messages that could not leave', () => this.giveBack(new Date()));
  }

  /** @returns how many went back. */
  async giveBack(now: Date): Promise<number> {
    const before = new Date(now.getTime() - keptMs);
    let given = 0;
    for (;;) {
      const count = await this.database.transaction(async (tx) => {
        const rows = await tx.query<HeldRow & Record<string, unknown>>(leftHeld, [before, batchSize]);
        for (const row of rows) {
          await this.giveOne(tx, row);
        }
        return rows.length;
      });
      given += count;
      if (count < batchSize) {
        return given;
      }
    }
  }

  private async giveOne(tx: Transaction, row: HeldRow): Promise<void> {
    const { id, agent_id: agentId, conversation_id: conversationId } = row;
    const { body, subject, threadId, cc, bcc, quote, ticketId, channelId, identityId } = wordsIn(row);
    const attachments = filesIn(row);
    // As the console names a way.
    const way = channelId && identityId ? [channelId, identityId, threadId ?? ''].join(' ') : undefined;
    const draft = { body, way, subject: subject ?? undefined, threadId, cc, bcc, quote, ticketId, attachments };
    const values = [agentId, conversationId, JSON.stringify(draft), body, JSON.stringify(attachments)];
    const [kept] = await tx.query<{ content: Record<string, unknown> }>(backToDraft, values);
    await tx.query(dropHeld, [id]);
    tx.afterCommit(() => {
      const end = { id, conversationId, outcome: 'taken_back' as const, code: null, problem: null };
      const frame = { conversationId, kind: 'text' as const, content: kept?.content ?? draft, window: '' };
      this.live.toAgents([`agent:${agentId}`], 'draft.changed', frame);
      this.live.toAgents([`agent:${agentId}`], 'held.ended', end);
    });
  }
}
