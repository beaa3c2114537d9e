import { Injectable } from '@nestjs/common';
import type { SteeringFrame } from '#contract';
import type { Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { readSteeringRules } from './steering-rules.js';
import { hearersOf } from './steering.query.js';

interface News {
  /** Any conversation of the person. */
  conversation: string;
  kind: SteeringFrame['kind'];
  /** The agent whom it concerns. */
  agentId: string | null;
  /** Help is wanted with it: whoever may come hears of it. */
  ticketId?: string;
}

/** Tells, once it is committed, that there is something to ask for. */
@Injectable()
export class SteeringNews {
  constructor(private readonly live: LiveFeed) {}

  async tell(tx: Transaction, { conversation, kind, agentId, ticketId }: News): Promise<void> {
    const toWorkers = kind === 'watch' && (await readSteeringRules(tx)).tellWatched;
    const [found] = await tx.query<{ conversation: string; agents: string[] }>(hearersOf, [
      conversation,
      agentId,
      toWorkers,
      ticketId ?? null,
    ]);
    if (found) {
      const rooms = found.agents.map((id) => `agent:${id}` as const);
      tx.afterCommit(() => this.live.toAgents(rooms, 'steering.changed', { conversation: found.conversation, kind }));
    }
  }
}
