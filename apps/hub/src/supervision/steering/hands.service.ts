import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { SteeringNews } from './steering-news.service.js';

/** The work is held until it is committed that help is wanted with it: what ends it meanwhile lowers the hand. Parameters: conversations, agent. */
const ownWork = `
select t.id, t.conversation_id, t.queue_id
from ticket t join work_item w on w.ticket_id = t.id and w.state = 'assigned'
join assignment a on a.work_item_id = w.id and a.state = 'accepted'
where t.conversation_id = any ($1::uuid[]) and a.agent_id = $2
order by a.accepted_at desc, a.id limit 1 for share of a`;

/** Parameters: id, conversation, ticket, agent, words. */
const raiseHand = `
insert into raised_hand (id, conversation_id, ticket_id, agent_id, words) values ($1, $2, $3, $4, $5)
on conflict (conversation_id, agent_id) where lowered_at is null do update set words = excluded.words
returning id, xmax = 0 as raised`;

/** In the log of facts, from which notices follow; without the words. Parameters: conversation, ticket, agent, hand. */
const tellHand = `
insert into event_log (type, conversation_id, subject_id, actor_id, payload)
values ('hand.raised', $1, $2, $3, jsonb_build_object('handId', $4::uuid))`;

const lowerOwn = `
update raised_hand set lowered_at = clock_timestamp(), lowered_by = $2
where conversation_id = any ($1::uuid[]) and agent_id = $2 and lowered_at is null returning id, conversation_id, ticket_id, agent_id`;

const lowerHand = `
update raised_hand set lowered_at = clock_timestamp(), lowered_by = $2 where id = $1 and lowered_at is null returning id, conversation_id, ticket_id, agent_id`;

const takeHand = `
update raised_hand set taken_by = $2, taken_at = coalesce(taken_at, clock_timestamp())
where id = $1 and lowered_at is null and (taken_by is null or taken_by = $2) returning id, conversation_id, ticket_id, agent_id`;

interface Hand {
  id: string;
  conversation_id: string;
  ticket_id: string;
  agent_id: string;
}

/** Agents who ask for help with work of theirs, and supervisors who come. */
@Injectable()
export class Hands {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly news: SteeringNews,
  ) {}

  /** Asking again only changes what is said. */
  async raise(actor: Actor, conversationId: string, { id, words }: { id: string; words: string }): Promise<void> {
    const { parts } = await this.access.getPerson(actor, conversationId);
    await this.database.transaction(async (tx) => {
      const [work] = await tx.query<{ id: string; conversation_id: string }>(ownWork, [
        parts.map((part) => part.id),
        actor.id,
      ]);
      if (!work) {
        throw conflict('not_your_work', 'Only whoever has the work can ask for help with it.');
      }
      const { conversation_id: conversation } = work;
      const [hand] = await tx.query<{ id: string; raised: boolean }>(raiseHand, [
        id,
        conversation,
        work.id,
        actor.id,
        words,
      ]);
      await this.news.tell(tx, { conversation, kind: 'hand', agentId: actor.id, ticketId: work.id });
      if (hand?.raised) {
        await tx.query(tellHand, [conversation, work.id, actor.id, hand.id]);
        await record(tx, actor, 'hand.raised', { id: hand.id, conversation_id: conversation, agent_id: actor.id });
      }
    });
  }

  async lowerOwn(actor: Actor, conversationId: string): Promise<void> {
    const { parts } = await this.access.getPerson(actor, conversationId);
    await this.database.transaction(async (tx) => {
      // People who were made one since may have been helped with apart.
      for (const hand of await tx.query<Hand & Record<string, unknown>>(lowerOwn, [
        parts.map(({ id }) => id),
        actor.id,
      ])) {
        await this.settle(tx, actor, 'hand.lowered', hand);
      }
    });
  }

  /** One supervisor is on it, and the others see who. */
  async take(actor: Actor, id: string): Promise<void> {
    await this.change(actor, id, takeHand, 'hand.taken');
  }

  async lower(actor: Actor, id: string): Promise<void> {
    await this.change(actor, id, lowerHand, 'hand.lowered');
  }

  private async change(actor: Actor, id: string, how: string, action: AuditAction): Promise<void> {
    await this.find(actor, id);
    await this.database.transaction(async (tx) => {
      const [hand] = await tx.query<Hand & Record<string, unknown>>(how, [id, actor.id]);
      if (!hand) {
        throw conflict('hand_settled', 'Somebody else is on it, or it is over.');
      }
      await this.settle(tx, actor, action, hand);
    });
  }

  /** A hand of a person whom the actor does not read is not there. */
  private async find(actor: Actor, id: string): Promise<void> {
    const [hand] = await this.database.query<{ conversation: string }>(
      'select conversation_id as conversation from raised_hand where id = $1',
      [id],
    );
    const readable = hand ? await this.access.listPersons(actor, [hand.conversation]) : [];
    if (readable.length === 0) {
      throw notFound('This raised hand');
    }
  }

  private async settle(tx: Transaction, actor: Actor, action: AuditAction, hand: Hand): Promise<void> {
    const { conversation_id: conversation, ticket_id: ticketId, agent_id: agentId } = hand;
    await this.news.tell(tx, { conversation, kind: 'hand', agentId, ticketId });
    await record(tx, actor, action, hand);
  }
}

function record(
  tx: Transaction,
  actor: Actor,
  action: AuditAction,
  hand: Pick<Hand, 'id' | 'conversation_id' | 'agent_id'>,
): Promise<void> {
  const details = { handId: hand.id, agentId: hand.agent_id };
  return recordAct(tx, { actorId: actor.id, action, subject: hand.conversation_id, details });
}
