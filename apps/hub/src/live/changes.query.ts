import type { ConversationChanges } from '#contract';
import { isWithheld, type ReadablePerson } from '../auth/access.js';
import { presentTicket, type TicketRow } from '../desk/ticket.presenter.js';
import { readOfWanted } from '../desk/wanted-rows.js';

/** A conversation row as live readers need it: whose it is, where it stands, which tickets changed, who works on it. */
export interface Standing {
  id: string;
  since: number;
  rev: number;
  last_seq: number;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  person: string;
  customer_id: string;
  customer_name: string;
  tickets: (TicketRow & { restricted: boolean })[] | null;
  queue_ids: string[];
  owner_ids: string[];
}

/**
 * Standings of conversation rows, with the tickets that changed since the given revs. Whoever worked on a ticket hears that it was
 * closed, and of nothing after that.
 */
export const readStandings = readOfWanted<Standing>(
  'conversation-standings',
  (wanted) => `
select c.id, want.since, c.rev, c.last_seq, c.holder, top.id as person, root.id as customer_id, root.name as customer_name,
       (select jsonb_agg(to_jsonb(t) || jsonb_build_object('restricted', q.restricted) order by t.rev)
        from ticket t join queue q on q.id = t.queue_id where t.conversation_id = c.id and t.rev > want.since) as tickets,
       coalesce(work.queue_ids, '{}') as queue_ids, coalesce(work.owner_ids, '{}') as owner_ids
from ${wanted}
join conversation c on c.id = want.id
join customer mine on mine.id = c.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation top on top.customer_id = root.id
left join lateral (
  select array_agg(distinct t.queue_id) as queue_ids, array_agg(distinct t.owner_id) filter (where t.owner_id is not null) as owner_ids
  from ticket t
  where (t.state <> 'closed' or (t.conversation_id = c.id and t.rev > want.since)) and t.conversation_id in (
    select pc.id from conversation pc where pc.customer_id in (
      select root.id union all select k.id from customer k where k.merged_into = root.id))) work on true`,
);

/** Everything of a change but its messages. A ticket's title and tags are its customer's words: they are withheld as messages are. */
export function presentStanding(
  standing: Standing,
  serves: ReadablePerson['serves'],
): Omit<ConversationChanges, 'messages'> {
  return {
    person: standing.person,
    conversation: standing.id,
    since: standing.since,
    rev: standing.rev,
    lastSeq: standing.last_seq,
    holder: standing.holder,
    customer: { id: standing.customer_id, name: standing.customer_name },
    tickets: (standing.tickets ?? []).map((ticket) =>
      presentTicket(isWithheld(ticket, { serves }) ? { ...ticket, subject: '', tags: [], fields: {} } : ticket),
    ),
  };
}
