import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { notFound } from '../../platform/errors/api-error.js';

interface TicketRight {
  id: string;
  conversation_id: string;
  queue_id: string;
  owner_id: string | null;
  restricted: boolean;
}

const ticketRights = `
select t.id, t.conversation_id, t.queue_id, t.owner_id, q.restricted from ticket t join queue q on q.id = t.queue_id
where t.id = any ($1::uuid[])`;

/** Who reads a person works on their tickets, except on those of a restricted queue that they neither serve nor hold. */
@Injectable()
export class TicketAccess {
  constructor(private readonly access: GuardedAccess) {}

  /** Throws notFound both for a ticket that is not there and for one that the actor may not work on. */
  async check(sql: Sql, actor: Actor, ticketId: string): Promise<void> {
    if ((await this.keepReadable(sql, actor, [ticketId])).length === 0) {
      throw notFound('This ticket');
    }
  }

  /** Those of the tickets that the actor may work on. */
  async keepReadable(sql: Sql, actor: Actor, ticketIds: string[]): Promise<string[]> {
    const rows = await sql.query<TicketRight & Record<string, unknown>>(ticketRights, [ticketIds]);
    const conversations = [...new Set(rows.map((row) => row.conversation_id))];
    const found = await this.access.listPersons(actor, conversations, sql);
    const persons = new Map(found.map(({ wanted, person }) => [wanted, person]));
    return rows
      .filter((row) => {
        const person = persons.get(row.conversation_id);
        return person !== undefined && (!isWithheld(row, person) || row.owner_id === actor.id);
      })
      .map(({ id }) => id);
  }
}
