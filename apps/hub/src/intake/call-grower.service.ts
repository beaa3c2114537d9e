import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { growCall, matchKey, storableText, type CallContent, type InboundCall } from '#channels';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { keepEvent } from './accept.query.js';

interface CallRow {
  seq: number;
  content: { call?: CallContent };
  body: string;
}

/**
 * Lets a call's message grow as its events come in. Events may repeat and overtake each other; the conversation's lock puts them
 * one after another and the pure growth makes their order not matter.
 */
@Injectable()
export class CallGrower {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
  ) {}

  grow(channelId: string, event: InboundCall): Promise<{ outcome: 'grown' } | { outcome: 'duplicate' }> {
    return this.database.transaction(async (tx) => {
      const key = `call ${event.callId}`;
      const [talk] = await tx.query<{ id: string; rev: number }>(
        `select c.id, c.rev from conversation c
         where c.id = (select conversation_id from message where channel_id = $1 and external_id = $2) for no key update`,
        [channelId, key],
      );
      const kept = await tx.query(keepEvent, [
        uuid(),
        channelId,
        event.externalId,
        'accepted',
        Buffer.from(event.raw),
        null,
      ]);
      if (!talk || kept.length === 0) {
        return { outcome: 'duplicate' };
      }
      const [row] = await tx.query<CallRow>(
        'select seq, content, body from message where channel_id = $1 and external_id = $2',
        [channelId, key],
      );
      const { seq, content, body } = row as CallRow;
      const call = growCall(content.call ?? null, event);
      const note = storableText(event.note) || body;
      await tx.query(
        `update message set content = content || jsonb_build_object('call', $3::jsonb), body = $4, search_text = $5
         where conversation_id = $1 and seq = $2`,
        [talk.id, seq, JSON.stringify(call), note, matchKey(note)],
      );
      this.live.movedBy(tx, [talk]);
      tx.afterCommit(() => failpoint('call.after-commit'));
      failpoint('call.before-commit');
      return { outcome: 'grown' };
    });
  }
}
