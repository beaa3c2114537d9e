import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { PinnedClock, SlaFacts, SlaRules, TicketState, ToldRung } from '#tickets';
import type { SlaClockView } from '#contract';
import type { Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { SlaCatalogues, type SlaCatalogue } from './sla-catalogue.service.js';
import { lockClocks, saveClocks, showClocks, type StoredClock } from './sla-clocks.query.js';
import { SlaTelling } from './sla-telling.service.js';
import { lockPeople } from '../../database/lock-people.js';

/** A ticket under lock with all its clocks. */
export interface PromisedTicket extends SlaFacts {
  id: string;
  number: number;
  prefix: string;
  conversationId: string;
  /** The conversation row of the person as it is shown. */
  rootId: string;
  ownerId: string | null;
  state: TicketState;
  shown: SlaClockView[];
  clocks: StoredClock[];
}

/** What a turn makes of a ticket's clocks. */
export interface Turned {
  clocks: PinnedClock[];
  told: ToldRung[];
}

/** Moves the clocks of one ticket. Decides only; `rules` are those of this ticket. */
export type TurnClocks = (ticket: PromisedTicket, rules: SlaRules, catalogue: SlaCatalogue) => Turned;

const lockThem = lockPeople(`in (
    select coalesce(k.merged_into, k.id) from ticket t join conversation here on here.id = t.conversation_id
    join customer k on k.id = here.customer_id where t.id = any ($1::uuid[]))`);

const lockTickets = `
select t.id, t.number, t.prefix, t.conversation_id as "conversationId", t.owner_id as "ownerId", t.state, t.queue_id as "queueId", t.priority,
       root.tier, home.id as "rootId", t.sla as shown
from ticket t
join conversation here on here.id = t.conversation_id
join customer mine on mine.id = here.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation home on home.customer_id = root.id
where t.id = any ($1::uuid[])
order by t.id for no key update of t`;

/**
 * The clocks of tickets, and the one place where they are moved: under the locks of their people, with what is told of them in the same
 * transaction. A clock is never ahead of its ticket's chips, and nothing is told twice.
 */
@Injectable()
export class SlaBook {
  constructor(
    private readonly catalogues: SlaCatalogues,
    private readonly telling: SlaTelling,
    private readonly live: LiveFeed,
  ) {}

  async turn(tx: Transaction, ticketIds: readonly string[], turn: TurnClocks): Promise<void> {
    const parts = await tx.query<{ id: string; rev: number }>(lockThem, [ticketIds]);
    const rows = await tx.query<Omit<PromisedTicket, 'clocks'> & Record<string, unknown>>(lockTickets, [ticketIds]);
    const clocks = Map.groupBy(await lockClocks(tx, ticketIds), ({ ticketId }) => ticketId);
    const pinned = [...clocks.values()].flat().map(({ policyVersionId }) => policyVersionId);
    const catalogue = await this.catalogues.read(tx, pinned);
    for (const row of rows) {
      await this.turnOne(tx, { ...row, clocks: clocks.get(row.id) ?? [] }, turn, catalogue);
    }
    this.live.movedBy(tx, parts);
  }

  private async turnOne(
    tx: Transaction,
    ticket: PromisedTicket,
    turn: TurnClocks,
    catalogue: SlaCatalogue,
  ): Promise<void> {
    const { clocks, told } = turn(ticket, rulesOf(ticket, catalogue), catalogue);
    const changed = clocks
      .filter((clock) => !ticket.clocks.includes(clock as StoredClock))
      .map((clock): StoredClock => ({ ...clock, ticketId: ticket.id }));
    await saveClocks(tx, changed);
    const shown = showClocks(clocks);
    if (!isDeepStrictEqual(shown, ticket.shown)) {
      await tx.query('update ticket set sla = $2 where id = $1', [ticket.id, JSON.stringify(shown)]);
    }
    for (const rung of told) {
      await this.telling.tell(tx, ticket, rung, catalogue.termsOf(rung.clock.policyVersionId));
    }
  }
}

function rulesOf(ticket: PromisedTicket, catalogue: SlaCatalogue): SlaRules {
  return { governing: catalogue.governing(ticket), termsOf: (id) => catalogue.termsOf(id), newId: () => uuid() };
}
