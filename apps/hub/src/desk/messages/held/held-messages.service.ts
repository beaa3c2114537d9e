import { Injectable } from '@nestjs/common';
import type { HeldMessageView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { conflict, notFound } from '../../../platform/errors/api-error.js';
import type { NewMessageDto, SendHeldDto } from '../messages.dto.js';
import { MessageWriter } from '../message-writer.service.js';
import { presentHeld } from './present-held.js';
import { heldOf, hurryHeld, insertHeld, oneHeld, takeBackHeld, type HeldRow } from './held-messages.query.js';

/** Messages that their writers may still take back. */
@Injectable()
export class HeldMessages {
  constructor(
    private readonly database: Database,
    private readonly writer: MessageWriter,
    private readonly bus: EventBus,
    private readonly live: LiveFeed,
  ) {}

  /** What could not be written now is refused now, and checked again when it is due. Throws as writing it does. */
  async hold(actor: Actor, conversationId: string, message: NewMessageDto, seconds: number): Promise<HeldMessageView> {
    await this.writer.check(actor, conversationId, message);
    const values = [message.id, conversationId, actor.id, JSON.stringify(message), seconds * 1000];
    await this.database.query(insertHeld, values);
    this.bus.emit('message.held', {});
    const [row] = await this.database.query<HeldRow & Record<string, unknown>>(oneHeld, [message.id, actor.id]);
    return row ? presentHeld(row) : this.presentSent(actor, conversationId, message);
  }

  async list(actor: Actor): Promise<HeldMessageView[]> {
    return (await this.database.query<HeldRow & Record<string, unknown>>(heldOf, [actor.id])).map(presentHeld);
  }

  /** Throws a conflict where it has left already. */
  async takeBack(actor: Actor, id: string): Promise<HeldMessageView> {
    const [row] = await this.database.query<HeldRow & Record<string, unknown>>(takeBackHeld, [id, actor.id]);
    if (!row) {
      return this.refuse(actor, id);
    }
    const { conversation_id: conversationId } = row;
    const end = { id, conversationId, outcome: 'taken_back' as const, code: null, problem: null };
    this.live.toAgents([`agent:${actor.id}`], 'held.ended', end);
    return presentHeld(row);
  }

  /** `anyway`: also where a colleague has answered since; `alone`: its ticket stays as it is. */
  async sendNow(actor: Actor, id: string, { anyway, alone }: SendHeldDto): Promise<HeldMessageView> {
    const values = [id, actor.id, anyway, alone];
    const [row] = await this.database.query<HeldRow & Record<string, unknown>>(hurryHeld, values);
    if (!row) {
      return this.refuse(actor, id);
    }
    this.bus.emit('message.held', {});
    return presentHeld(row);
  }

  /** A repeat finds its message written. An id that somebody else holds is in use. */
  private async presentSent(actor: Actor, conversationId: string, message: NewMessageDto): Promise<HeldMessageView> {
    const { id, body, subject = null } = message;
    const known = await this.database.query('select 1 from message where id = $1 and author_id = $2', [id, actor.id]);
    if (known.length === 0) {
      throw conflict('id_taken', 'This message id is in use.', 'id');
    }
    const words = message as unknown as Record<string, unknown>;
    const row = { message: words, held_at: new Date(), channel_kind: null, files: null };
    const sent = { remaining_ms: 0, state: 'held' as const, code: null, problem: null };
    const view = presentHeld({ id, conversation_id: conversationId, agent_id: actor.id, ...row, ...sent });
    return { ...view, state: 'sent', body, subject };
  }

  private async refuse(actor: Actor, id: string): Promise<never> {
    const known = await this.database.query(
      `select 1 from held_message where id = $1 and agent_id = $2
       union all select 1 from message where id = $1 and author_id = $2`,
      [id, actor.id],
    );
    throw known.length > 0 ? conflict('already_sent', 'It has left already.') : notFound('This message');
  }
}
