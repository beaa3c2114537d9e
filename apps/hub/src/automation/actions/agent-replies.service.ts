import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { v7 as uuid } from 'uuid';
import { matchKey } from '#channels';
import { assign } from '#tickets';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { Outgoing } from '../../delivery/outgoing.service.js';
import { ReplyPlanner, type ReplyPlan } from '../../desk/messages/reply-planner.service.js';
import { bindFiles, insertMessage, messageValues } from '../../desk/messages/write-message.query.js';
import { ApiError } from '../../platform/errors/api-error.js';
import { TicketTelling } from '../ticket-telling.service.js';
import { Refused, type ActionPlace } from './action-place.js';
import type { LastWay } from './ticket-facts.query.js';

/** Something to be said by the way that the customer wrote by last. */
export interface Reply {
  way: LastWay;
  body: string;
  attachmentIds: string[];
}

/** Writes what a macro says: under the name of the agent who runs it, checked and sent as if they had typed it. */
@Injectable()
export class AgentReplies {
  constructor(
    private readonly access: GuardedAccess,
    private readonly outgoing: Outgoing,
    private readonly telling: TicketTelling,
    private readonly modules: ModuleRef,
  ) {}

  async write(tx: Transaction, actor: Actor, place: ActionPlace, reply: Reply): Promise<void> {
    const id = uuid();
    const person = await this.access.getPerson(actor, place.conversationId, tx);
    const plan = await this.plan(tx, person, { id, ticketId: place.ticketId, ...reply });
    if (place.takesWork) {
      await this.takeWork(tx, actor, place.ticketId);
    }
    const { threadId, mailId, content } = plan.mail ?? { threadId: null, mailId: null, content: {} };
    const [stored] = await tx.query<{ seq: number }>(
      insertMessage,
      messageValues({
        id,
        conversationId: plan.conversationId,
        channelId: plan.channel.id,
        threadId,
        identityId: plan.identity.id,
        mailId,
        ticketId: place.ticketId,
        direction: 'out',
        author: 'agent',
        authorId: actor.id,
        kind: 'text',
        body: reply.body,
        searchText: matchKey(reply.body),
        content,
        sentAt: null,
        delivery: plan.channel.adapter.send ? 'queued' : 'sent',
      }),
    );
    const { seq } = stored as { seq: number };
    await bind(tx, reply.attachmentIds, { conversationId: plan.conversationId, seq }, person);
    await this.send(tx, actor, plan, { id, seq, ticketId: place.ticketId });
  }

  /** The desk's own planner, which lives in a room that needs this one. */
  private async plan(
    tx: Transaction,
    person: ReadablePerson,
    { id, ticketId, way, body, attachmentIds }: Reply & { id: string; ticketId: string },
  ): Promise<ReplyPlan> {
    const planner = this.modules.get(ReplyPlanner, { strict: false });
    const { channelId, identityId, threadId } = way;
    try {
      return await planner.plan(tx, person, {
        id,
        kind: 'text',
        body,
        channelId,
        identityId,
        threadId,
        ticketId,
        attachmentIds,
      });
    } catch (error) {
      throw error instanceof ApiError ? new Refused(error.code, error.detail) : error;
    }
  }

  /** An unowned ticket becomes that of whoever answers it, as where they type the answer. */
  private async takeWork(tx: Transaction, actor: Actor, ticketId: string): Promise<void> {
    const [ticket] = await tx.query<{ owner: string | null }>('select owner_id as owner from ticket where id = $1', [
      ticketId,
    ]);
    if (ticket?.owner !== null) {
      return;
    }
    const result = await assign(tx, {
      ticketId,
      agentId: actor.id,
      expectedOwnerId: null,
      by: actor.id,
      withinCapacity: false,
      endReason: 'transferred',
    });
    if (result.outcome === 'assigned') {
      await this.telling.assigned(tx, result.ticket, actor.id, actor.id);
    }
  }

  private async send(
    tx: Transaction,
    actor: Actor,
    plan: ReplyPlan,
    { id, seq, ticketId }: { id: string; seq: number; ticketId: string },
  ): Promise<void> {
    await tx.query(
      `update ticket set last_message_at = clock_timestamp(), waiting_since = null, state = case when state = 'new' then 'open' else state end where id = $1`,
      [ticketId],
    );
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('message.sent', $1, $2, $3, jsonb_build_object('seq', $4::bigint))`,
      [plan.conversationId, id, actor.id, seq],
    );
    if (plan.channel.adapter.send) {
      await this.outgoing.enqueue(tx, {
        conversationId: plan.conversationId,
        seq,
        channelId: plan.channel.id,
        threadId: plan.mail?.threadId ?? null,
        address: plan.identity.address,
        mailId: plan.mail?.mailId ?? null,
      });
    }
  }
}

async function bind(
  tx: Transaction,
  ids: readonly string[],
  at: { conversationId: string; seq: number },
  person: ReadablePerson,
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) {
    return;
  }
  const bound = await tx.query(bindFiles, [wanted, at.conversationId, at.seq, person.parts.map(({ id }) => id)]);
  if (bound.length !== wanted.length) {
    throw new Refused('file_gone');
  }
}
