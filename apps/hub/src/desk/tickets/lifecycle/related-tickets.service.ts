import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { RelatedTicketView, TicketState } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { TicketAccess } from '../ticket-access.service.js';

/** A ticket with what decides where it may go. */
export interface PlacedTicket {
  id: string;
  number: number;
  prefix: string;
  state: TicketState;
  subject: string;
  /** Its conversation row, and the one that the person is known by. */
  row: string;
  conversation: string;
  customer: string;
  queueId: string;
  restricted: boolean;
}

const placedTickets = `
select t.id, t.number, t.prefix, t.state, t.subject, t.conversation_id as row, home.id as conversation, root.name as customer,
       t.queue_id as "queueId", q.restricted
from ticket t join queue q on q.id = t.queue_id
join conversation here on here.id = t.conversation_id
join customer mine on mine.id = here.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation home on home.customer_id = root.id
where t.id = any ($1::uuid[])`;

/** Tickets as others name them. */
@Injectable()
export class RelatedTickets {
  constructor(private readonly access: TicketAccess) {}

  /** Throws notFound both for a ticket that is not there and for one that the actor may not work on. */
  check(sql: Sql, actor: Actor, ticketId: string): Promise<void> {
    return this.access.check(sql, actor, ticketId);
  }

  /** Those of the tickets that the actor may work on. */
  keepReadable(sql: Sql, actor: Actor, ticketIds: string[]): Promise<string[]> {
    return this.access.keepReadable(sql, actor, ticketIds);
  }

  /** Where tickets are, whoever asks. */
  async place(sql: Sql, ids: readonly string[]): Promise<Map<string, PlacedTicket>> {
    const rows = await sql.query<PlacedTicket & Record<string, unknown>>(placedTickets, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Tickets as this reader may see them: of what they may not work on, number and state are all there is. */
  async show(sql: Sql, actor: Actor, ids: readonly string[]): Promise<Map<string, RelatedTicketView>> {
    const [placed, readable] = [await this.place(sql, ids), await this.access.keepReadable(sql, actor, [...ids])];
    return new Map(
      [...placed.values()].map((ticket) => [ticket.id, presentRelated(ticket, readable.includes(ticket.id))]),
    );
  }
}

function presentRelated(
  { id, number, prefix, state, subject, customer, conversation }: PlacedTicket,
  isShown: boolean,
): RelatedTicketView {
  return isShown
    ? { id, number, prefix, state, subject, customer, conversation }
    : { id, number, prefix, state, subject: '', customer: '', conversation: null };
}

/**
 * Whether something would be opened that a restricted queue keeps: what is in one stays in it, whoever moves it. A ticket as a whole
 * leaves such a queue by being given to another one, which is said and done on purpose.
 */
export function wouldOpen(from: { restricted: boolean; queueId: string | null }, into: { queueId: string }): boolean {
  return from.restricted && from.queueId !== into.queueId;
}
