import { Injectable } from '@nestjs/common';
import type { Permission, SteeringFrame } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import { may } from '../../auth/permissions.js';
import { readActor } from '../../auth/read-actor.js';
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

interface Hearers {
  /** The root's. */
  conversation: string;
  agents: string[];
  watchers: string[];
  whisperers: string[];
}

/** Tells, once it is committed, that there is something to ask for. */
@Injectable()
export class SteeringNews {
  constructor(
    private readonly live: LiveFeed,
    private readonly access: GuardedAccess,
  ) {}

  async tell(tx: Transaction, { conversation, kind, agentId, ticketId }: News): Promise<void> {
    const toWorkers = kind === 'watch' && (await readSteeringRules(tx)).tellWatched;
    const [found] = await tx.query<Hearers & Record<string, unknown>>(hearersOf, [
      conversation,
      agentId,
      toWorkers,
      ticketId ?? null,
    ]);
    if (!found) {
      return;
    }
    const agents = new Set([
      ...found.agents,
      ...(await this.stillAllowed(tx, found.conversation, { ids: found.watchers, to: 'steering.watch' })),
      ...(await this.stillAllowed(tx, found.conversation, { ids: found.whisperers, to: 'steering.whisper' })),
    ]);
    const rooms = [...agents].map((id) => `agent:${id}` as const);
    tx.afterCommit(() => this.live.toAgents(rooms, 'steering.changed', { conversation: found.conversation, kind }));
  }

  /** Those who did so before and still may: each reads the person by the rights of now. */
  private async stillAllowed(
    tx: Transaction,
    conversation: string,
    { ids, to }: { ids: string[]; to: Permission },
  ): Promise<string[]> {
    const still: string[] = [];
    for (const id of ids) {
      const actor = await readActor(tx, id);
      const isAllowed = actor !== null && may(actor, to);
      if (isAllowed && (await this.access.listPersons(actor, [conversation], tx)).length > 0) {
        still.push(id);
      }
    }
    return still;
  }
}
