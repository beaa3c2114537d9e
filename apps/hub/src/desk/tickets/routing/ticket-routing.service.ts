import { Injectable } from '@nestjs/common';
import type { RoutingPlaceView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { Database, type Transaction } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { conflict, invalid } from '../../../platform/errors/api-error.js';
import { TicketAccess } from '../ticket-access.service.js';
import { readPlaces } from './place.query.js';
import type { TicketRoutingDto } from './ticket-routing.dto.js';

interface Wishes {
  id: string;
  queueId: string;
  skillIds: string[];
  skillLevel: number;
  preferredAgent: string | null;
}

const lockWork = `
select id, queue_id as "queueId", skill_ids as "skillIds", skill_level as "skillLevel", preferred_agent as "preferredAgent"
from work_item where ticket_id = $1 and state in ('queued', 'offered', 'assigned') for update`;

const recordWishes = `
insert into event_log (type, conversation_id, subject_id, actor_id, payload)
select 'work.routing_changed', t.conversation_id, t.id, $2,
       jsonb_build_object('skillIds', $3::uuid[], 'skillLevel', $4::int, 'preferredAgent', $5::uuid)
from ticket t where t.id = $1`;

/** Where tickets wait, and whom they need. */
@Injectable()
export class TicketRouting {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly bus: EventBus,
  ) {}

  /** The places of those of the tickets that the actor may work on. */
  async list(actor: Actor, ticketIds: string[]): Promise<RoutingPlaceView[]> {
    return readPlaces(this.database, await this.access.keepReadable(this.database, actor, ticketIds));
  }

  async get(actor: Actor, ticketId: string): Promise<RoutingPlaceView> {
    await this.access.check(this.database, actor, ticketId);
    return this.place(ticketId);
  }

  async change(actor: Actor, ticketId: string, wish: TicketRoutingDto): Promise<RoutingPlaceView> {
    await this.database.transaction(async (tx) => {
      await this.access.check(tx, actor, ticketId);
      const [work] = await tx.query<Wishes & Record<string, unknown>>(lockWork, [ticketId]);
      if (!work) {
        throw conflict('finished', 'This ticket is solved. Reopen it first.');
      }
      const next = await this.checked(tx, work, wish);
      await tx.query('update work_item set skill_ids = $2, skill_level = $3, preferred_agent = $4 where id = $1', [
        work.id,
        next.skillIds,
        next.skillLevel,
        next.preferredAgent,
      ]);
      await tx.query(recordWishes, [ticketId, actor.id, next.skillIds, next.skillLevel, next.preferredAgent]);
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: work.queueId });
    });
    return this.place(ticketId);
  }

  private async checked(tx: Transaction, work: Wishes, wish: TicketRoutingDto): Promise<Wishes> {
    const skillIds = [...new Set(wish.skillIds ?? work.skillIds)];
    const preferredAgent = wish.preferredAgentId === undefined ? work.preferredAgent : wish.preferredAgentId;
    const known = await tx.query('select 1 from skill where id = any ($1::uuid[])', [skillIds]);
    if (known.length < skillIds.length) {
      throw invalid('skillIds', 'There is no such skill.');
    }
    const agents = await tx.query('select 1 from agent where id = $1 and disabled_at is null', [preferredAgent]);
    if (preferredAgent !== null && agents.length === 0) {
      throw invalid('preferredAgentId', 'There is no such agent.');
    }
    return { ...work, skillIds, skillLevel: wish.skillLevel ?? work.skillLevel, preferredAgent };
  }

  private async place(ticketId: string): Promise<RoutingPlaceView> {
    const [place] = await readPlaces(this.database, [ticketId]);
    if (!place) {
      throw conflict('finished', 'This ticket is solved. Reopen it first.');
    }
    return place;
  }
}
