import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { growCall, matchKey, storableText, type CallContent, type InboundCall } from '#channels';
import { failpoint } from '#failpoint';
import { Database, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { keepEvent } from './accept.query.js';

interface CallRow {
  seq: number;
  content: { call?: CallContent };
  body: string;
}

/** What became of an event. `duplicate` was told before; `unknown` is of a call that has no message yet, and was not kept. */
export interface Growth {
  outcome: 'grown' | 'duplicate' | 'unknown';
}

/**
 * Lets a call's message grow as its events come in. Events may repeat and overtake each other; the conversation's lock puts them
 * one after another and the pure growth makes their order not matter.
 *
 * It begins no message: whoever cannot know that a call is on the timeline hands its events to `Receiving.take`, which begins it or comes
 * here.
 */
@Injectable()
export class CallGrower {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** `isPast`: the event came out of records long after the call was over. */
  grow(channelId: string, event: InboundCall, how = { isPast: false }): Promise<Growth> {
    return this.database.transaction((tx) => this.growWithin(tx, channelId, event, how));
  }

  /** The same as a part of something else. Locks the conversation, so nothing that comes after conversations may be locked before. */
  async growWithin(
    tx: Transaction,
    channelId: string,
    event: InboundCall,
    { isPast }: { isPast: boolean } = { isPast: false },
  ): Promise<Growth> {
    const talk = await lockTalk(tx, channelId, event.callId);
    if (!talk) {
      return { outcome: 'unknown' };
    }
    const kept = await tx.query(keepEvent, [
      uuid(),
      channelId,
      event.externalId,
      'accepted',
      Buffer.from(event.raw),
      null,
    ]);
    if (kept.length === 0) {
      return { outcome: 'duplicate' };
    }
    const { seq, call } = await this.write(tx, channelId, event, talk.id);
    this.live.movedBy(tx, [talk]);
    this.bus.emitAfterCommit(tx, 'call.grown', {
      conversationId: talk.id,
      seq,
      channelId,
      callId: event.callId,
      call,
      isPast,
    });
    tx.afterCommit(() => failpoint('call.after-commit'));
    failpoint('call.before-commit');
    return { outcome: 'grown' };
  }

  private async write(
    tx: Transaction,
    channelId: string,
    event: InboundCall,
    conversationId: string,
  ): Promise<{ seq: number; call: CallContent }> {
    const [row] = await tx.query<CallRow>(
      'select seq, content, body from message where channel_id = $1 and external_id = $2',
      [channelId, keyOf(event.callId)],
    );
    const { seq, content, body } = row as CallRow;
    const call = growCall(content.call ?? null, event);
    const note = storableText(event.note) || body;
    await tx.query(
      `update message set content = content || jsonb_build_object('call', $3::jsonb), body = $4, search_text = $5
       where conversation_id = $1 and seq = $2`,
      [conversationId, seq, JSON.stringify(call), note, matchKey(note)],
    );
    return { seq, call };
  }
}

async function lockTalk(
  tx: Transaction,
  channelId: string,
  callId: string,
): Promise<{ id: string; rev: number } | undefined> {
  const [talk] = await tx.query<{ id: string; rev: number }>(
    `select c.id, c.rev from conversation c
     where c.id = (select conversation_id from message where channel_id = $1 and external_id = $2) for no key update`,
    [channelId, keyOf(callId)],
  );
  return talk;
}

/** The provider's id that a call's message has: its events share one. */
function keyOf(callId: string): string {
  return `call ${callId}`;
}
