import { Injectable } from '@nestjs/common';
import type { Sql, Statement } from '#channels';
import { Database } from '../database/database.js';
import { notFound } from '../platform/errors/api-error.js';
import { oversees, type Actor } from './actor.js';

/** A person as one reader may see them. Made only here, after the right was checked; handlers pass it on. */
export interface ReadablePerson {
  /** The root's conversation: the person's name in the API. */
  conversationId: string;
  /** The root customer. */
  customerId: string;
  name: string;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  parts: { id: string; rev: number; lastSeq: number; read: number }[];
  /** Queues whose restricted messages this reader sees; 'all' for supervisors. */
  serves: 'all' | string[];
}

/**
 * Who may read a person: a supervisor; an agent one of whose queues has a ticket of the person, or who owns one; where nothing is
 * ticketed yet, the agents of the queues that the person's latest channels lead to. One reading right covers the whole person.
 */
const readable: Statement = {
  name: 'access-readable',
  text: `
select want.id as wanted, top.id as conversation_id, root.id as customer_id, root.name, top.holder, parts.list as parts, served.ids as served
from unnest($3::uuid[]) want(id)
join conversation here on here.id = want.id
join customer mine on mine.id = here.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
join conversation top on top.customer_id = root.id and top.erased_at is null
cross join lateral (select array(select queue_id from queue_member where agent_id = $1) as ids) served
cross join lateral (
  select array_agg(c.id) as ids,
         jsonb_agg(jsonb_build_object('id', c.id, 'rev', c.rev, 'lastSeq', c.last_seq, 'read', coalesce(r.seq, 0)) order by c.id) as list
  from conversation c left join read_cursor r on r.agent_id = $1 and r.conversation_id = c.id
  where c.customer_id in (select root.id union all select k.id from customer k where k.merged_into = root.id)) parts
where $2
   or exists (select 1 from ticket t where t.conversation_id = any (parts.ids) and (t.owner_id = $1 or t.queue_id = any (served.ids)))
   or exists (select 1 from (
        select m.channel_id, m.ticket_id, m.restricted_by from message m where m.conversation_id = any (parts.ids) order by m.at desc limit 20) late
        left join channel ch on ch.id = late.channel_id
        where late.ticket_id is null and (ch.queue_id = any (served.ids) or late.restricted_by = any (served.ids)))`,
};

interface ReadableRow {
  wanted: string;
  conversation_id: string;
  customer_id: string;
  name: string;
  holder: ReadablePerson['holder'];
  parts: ReadablePerson['parts'];
  served: string[];
}

/** The guarded accessors: the only way by which handlers, sockets and exports come to what customers wrote. */
@Injectable()
export class GuardedAccess {
  constructor(private readonly database: Database) {}

  /** Throws notFound both for a person that is not there and for one that the actor may not read. */
  async getPerson(actor: Actor, conversationId: string, sql: Sql = this.database): Promise<ReadablePerson> {
    const [person] = await this.listPersons(actor, [conversationId], sql);
    if (!person) {
      throw notFound('This conversation');
    }
    return person.person;
  }

  /** Those of the conversations that the actor may read, each with the person it belongs to. */
  async listPersons(
    actor: Actor,
    conversationIds: string[],
    sql: Sql = this.database,
  ): Promise<{ wanted: string; person: ReadablePerson }[]> {
    const seesAll = oversees(actor);
    const rows = await sql.query<ReadableRow>(readable, [actor.id, seesAll, conversationIds]);
    return rows.map((row) => ({
      wanted: row.wanted,
      person: {
        conversationId: row.conversation_id,
        customerId: row.customer_id,
        name: row.name,
        holder: row.holder,
        parts: row.parts,
        serves: seesAll ? 'all' : row.served,
      },
    }));
  }
}

/** Whether a message's content is kept from this reader: it belongs to a restricted queue that they do not serve. */
export function isWithheld(
  row: { restricted: boolean; queue_id: string | null },
  reader: Pick<ReadablePerson, 'serves'>,
): boolean {
  return row.restricted && reader.serves !== 'all' && (row.queue_id === null || !reader.serves.includes(row.queue_id));
}
