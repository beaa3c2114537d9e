import { Injectable } from '@nestjs/common';
import type { ExplainView, Named, TicketState } from '#contract';
import { listHindrances } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { notFound } from '../../../platform/errors/api-error.js';
import { readPlaces } from '../routing/place.query.js';
import { TicketAccess } from '../ticket-access.service.js';
import { readFacts, readNames, readPromises } from './explain.query.js';
import { idsIn } from './fact-reader.js';
import { readSteps } from './read-steps.js';

interface TicketRow {
  number: number;
  state: TicketState;
  queue: Named;
  owner: Named | null;
}

const ticketNow = `
select t.number, t.state, jsonb_build_object('id', q.id, 'name', q.name) as queue,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as owner
from ticket t join queue q on q.id = t.queue_id left join agent a on a.id = t.owner_id
where t.id = $1`;

/**
 * Says why a ticket is where it is: in this queue, with this agent, in this order, due by this time. Of what is past it reads what was
 * recorded and guesses nothing; of a ticket that waits it says besides why nobody has it now.
 */
@Injectable()
export class Explain {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
  ) {}

  async explain(actor: Actor, ticketId: string): Promise<ExplainView> {
    await this.access.check(this.database, actor, ticketId);
    const [ticket] = await this.database.query<TicketRow & Record<string, unknown>>(ticketNow, [ticketId]);
    if (!ticket) {
      throw notFound('This ticket');
    }
    const facts = await readFacts(this.database, ticketId);
    const members = await listHindrances(this.database, ticketId);
    const told = facts.flatMap(({ payload, actorId }) => [...idsIn(payload), ...idsIn(actorId)]);
    const names = await readNames(this.database, [...new Set([...told, ...members.map(({ agentId }) => agentId)])]);
    const [place] = await readPlaces(this.database, [ticketId]);
    const { number, state, queue, owner } = ticket;
    return {
      ticketId,
      number,
      state,
      queue,
      owner,
      place: place ?? null,
      servers: members.flatMap(({ agentId, hindrance }) =>
        hindrance === 'disabled' ? [] : [{ agent: { id: agentId, name: names.get(agentId) ?? '' }, hindrance }],
      ),
      steps: readSteps(facts, names),
      promises: await readPromises(this.database, ticketId),
    };
  }
}
