import { Injectable } from '@nestjs/common';
import type { BoardHand, RaisedHandView, SteeringView, UnseenWhispersView, WatchView, WhisperView } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { boardScope } from '../board/board-scope.js';
import { readSteeringRules } from './steering-rules.js';
import {
  handsOf,
  openHands,
  openWatches,
  unseenOf,
  whispersOf,
  workOfPerson,
  type HandRow,
  type UnseenRow,
  type WatcherRow,
  type WhisperRow,
  type WorkRow,
} from './steering.query.js';

/** What is shown beside a conversation: to its agent what concerns them, to whoever watches all of it. */
@Injectable()
export class SteeringReader {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  async ofAgent(actor: Actor, conversationId: string): Promise<SteeringView> {
    const parts = await this.partsOf(actor, conversationId);
    const { tellWatched } = await readSteeringRules(this.database);
    const [watchers, work, whispers, [hand]] = await Promise.all([
      tellWatched ? this.watchersOf(parts) : [],
      this.workOf(parts),
      this.whispers(parts, actor.id),
      this.hands(parts, actor.id),
    ]);
    return {
      watchers: watchers.filter(({ id }) => id !== actor.id).map(({ id, name }) => ({ id, name })),
      whispers,
      hand: hand ?? null,
      mayRaise: work.some(({ id }) => id === actor.id),
    };
  }

  async ofWatcher(actor: Actor, conversationId: string): Promise<WatchView> {
    const parts = await this.partsOf(actor, conversationId);
    const [watchers, work, whispers, hands] = await Promise.all([
      this.watchersOf(parts),
      this.workOf(parts),
      this.whispers(parts, null),
      this.hands(parts, null),
    ]);
    return {
      watchers: watchers.map(({ id, name, since }) => ({ id, name, since: since.toISOString() })),
      workers: work.map(({ id, name, ticket_id, number, prefix }) => ({
        id,
        name,
        ticket: { id: ticket_id, number, prefix },
      })),
      whispers,
      hands,
    };
  }

  /** What an agent did not see yet, wherever they may still read. */
  async unseen(actor: Actor): Promise<UnseenWhispersView[]> {
    const rows = await this.database.query<UnseenRow & Record<string, unknown>>(unseenOf, [actor.id]);
    const wanted = rows.map(({ conversation_id }) => conversation_id);
    const found = wanted.length === 0 ? [] : await this.access.listPersons(actor, wanted);
    const people = new Map(found.map(({ wanted: id, person }) => [id, person]));
    const told = rows.flatMap(({ conversation_id, by, count }) => {
      const person = people.get(conversation_id);
      const customer = person && { id: person.customerId, name: person.name };
      return customer ? [{ conversation: person.conversationId, customer, by, count }] : [];
    });
    // People who were made one are told of once.
    return [...Map.groupBy(told, ({ conversation }) => conversation).values()].map((same) => ({
      ...(same[0] as UnseenWhispersView),
      count: same.reduce((sum, { count }) => sum + count, 0),
    }));
  }

  /** Hands of the queues that a supervisor watches, the longest up first. */
  async openHands(actor: Actor): Promise<BoardHand[]> {
    const scope = await boardScope(this.database, actor);
    const [row] = await this.database.query<{ hands: BoardHand[] }>(`select ${openHands} as hands`, [scope]);
    return row?.hands ?? [];
  }

  private async partsOf(actor: Actor, conversationId: string): Promise<string[]> {
    const { parts } = await this.access.getPerson(actor, conversationId);
    return parts.map(({ id }) => id);
  }

  private watchersOf(parts: string[]): Promise<WatcherRow[]> {
    return this.database.query<WatcherRow & Record<string, unknown>>(openWatches, [parts]);
  }

  private workOf(parts: string[]): Promise<WorkRow[]> {
    return this.database.query<WorkRow & Record<string, unknown>>(workOfPerson, [parts]);
  }

  private async whispers(parts: string[], agentId: string | null): Promise<WhisperView[]> {
    const rows = await this.database.query<WhisperRow & Record<string, unknown>>(whispersOf, [parts, agentId]);
    return rows.map(({ id, agent, by, words, at, seen_at: seenAt }) => ({
      id,
      agent,
      by,
      words,
      at: at.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    }));
  }

  private async hands(parts: string[], agentId: string | null): Promise<RaisedHandView[]> {
    const rows = await this.database.query<HandRow & Record<string, unknown>>(handsOf, [parts, agentId]);
    return rows.map(({ id, agent, words, raised_at: raisedAt, taken_by: takenBy }) => ({
      id,
      agent,
      words,
      raisedAt: raisedAt.toISOString(),
      takenBy,
    }));
  }
}
