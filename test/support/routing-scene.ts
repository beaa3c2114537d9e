import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { matchWork, openWork, type Matched, type WorkWish } from '#tickets';
import type { Database } from '../../apps/hub/src/database/database.js';
import { buildAgent } from './build-rows.js';

/** What an agent of a scene is besides being there, online, with an open console. Columns of `agent`, and what hangs from it. */
export interface PresentWish {
  queues?: string[];
  level?: number;
  skills?: Record<string, number>;
  /** Caps by class of work. */
  caps?: Record<string, number>;
  columns?: Record<string, unknown>;
  isPresent?: boolean;
  /** The extension that calls ring; without one they get none. */
  phone?: string | null;
}

export interface WaitingWish extends WorkWish {
  queueId: string;
  priority?: number;
  tier?: number;
  /** Columns of its work item, set after it was queued. */
  columns?: Record<string, unknown>;
}

/** Waiting work of a ticket of a customer of its own. */
export interface Waiting {
  ticketId: string;
  workId: string;
  conversationId: string;
}

/** What routing works on, straight in a database: queues, agents who are there, work that waits. */
export class RoutingScene {
  constructor(readonly database: Database) {}

  async buildQueue(columns: Record<string, unknown> = {}): Promise<string> {
    const id = uuid();
    await this.database.query('insert into queue (id, name) values ($1::uuid, $1::text)', [id]);
    await this.set('queue', id, columns);
    return id;
  }

  async buildSkill(): Promise<string> {
    const id = uuid();
    await this.database.query('insert into skill (id, name) values ($1::uuid, $1::text)', [id]);
    return id;
  }

  /** A calendar in UTC that is open on every day in these minutes, an int4range. */
  async buildCalendar(minutes: string | null): Promise<string> {
    const id = uuid();
    await this.database.query(`insert into calendar (id, name, tz) values ($1::uuid, $1::text, 'UTC')`, [id]);
    await this.database.query(
      `insert into calendar_window (calendar_id, valid, dow, minutes)
       select $1, '(,)', dow, $2::int4range from generate_series(1, 7) dow where $2 is not null`,
      [id, minutes],
    );
    return id;
  }

  async buildPresent(wish: PresentWish): Promise<string> {
    const { id } = await buildAgent(this.database, { email: `${uuid()}@peyk.test` });
    await this.setPhone(id, wish.phone);
    await this.set('agent', id, { status: 'online', ...wish.columns });
    for (const queue of wish.queues ?? []) {
      const row = [queue, id, wish.level ?? 1];
      await this.database.query('insert into queue_member (queue_id, agent_id, level) values ($1, $2, $3)', row);
    }
    for (const [skill, level] of Object.entries(wish.skills ?? {})) {
      await this.database.query('insert into agent_skill (agent_id, skill_id, level) values ($1, $2, $3)', [
        id,
        skill,
        level,
      ]);
    }
    for (const [work, cap] of Object.entries(wish.caps ?? {})) {
      await this.database.query('insert into agent_capacity (agent_id, class, cap) values ($1, $2, $3)', [
        id,
        work,
        cap,
      ]);
    }
    if (wish.isPresent ?? true) {
      await this.arrive(id);
    }
    return id;
  }

  /** The extension that calls ring; null: none does. */
  async setPhone(agentId: string, extension: string | null = null): Promise<void> {
    await this.database.query(
      `update agent set phone_kind = case when $2::text is not null then 'extension' end, phone_address = $2 where id = $1`,
      [agentId, extension],
    );
  }

  /** A console is opened. */
  async arrive(agentId: string): Promise<void> {
    await this.database.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'scene', clock_timestamp() + interval '4 minutes')`,
      [uuid(), agentId],
    );
  }

  /** The node of all the agent's consoles died: nobody renews their leases. */
  async lapse(agentId: string): Promise<void> {
    await this.database.query('update agent_presence set lease_until = clock_timestamp() where agent_id = $1', [
      agentId,
    ]);
  }

  async buildWaiting({ queueId, priority = 2, tier = 0, columns = {}, ...work }: WaitingWish): Promise<Waiting> {
    const [customerId, conversationId, ticketId] = [uuid(), uuid(), uuid()];
    const workId = await this.database.transaction(async (tx) => {
      await tx.query('insert into customer (id, tier) values ($1, $2)', [customerId, tier]);
      await tx.query('insert into conversation (id, customer_id) values ($1, $2)', [conversationId, customerId]);
      await tx.query('insert into ticket (id, conversation_id, queue_id, priority) values ($1, $2, $3, $4)', [
        ticketId,
        conversationId,
        queueId,
        priority,
      ]);
      return openWork(tx, { id: ticketId, queueId }, work);
    });
    await this.set('work_item', workId, columns);
    return { ticketId, workId, conversationId };
  }

  match(queueId: string): Promise<Matched | null> {
    return this.database.transaction((tx) => matchWork(tx, queueId));
  }

  /** Matches until nothing can be matched. */
  async matchAll(queueId: string): Promise<void> {
    while ((await this.match(queueId)) !== null) {
      // There may be more.
    }
  }

  /** Who holds or is offered each ticket, in the order of the tickets. */
  async holders(...ticketIds: string[]): Promise<(string | null)[]> {
    const rows = await this.database.query<{ ticket: string; agent: string }>(
      `select w.ticket_id as ticket, a.agent_id as agent from assignment a join work_item w on w.id = a.work_item_id
       where w.ticket_id = any ($1::uuid[]) and a.state in ('offered', 'accepted')`,
      [ticketIds],
    );
    return ticketIds.map((id) => rows.find(({ ticket }) => ticket === id)?.agent ?? null);
  }

  async ownerOf(ticketId: string): Promise<string | null> {
    const [row] = await this.database.query<{ owner: string | null }>(
      'select owner_id as owner from ticket where id = $1',
      [ticketId],
    );
    return row?.owner ?? null;
  }

  /** What was recorded about a ticket's work, oldest first. */
  async facts(ticketId: string): Promise<{ type: string; payload: Record<string, unknown> }[]> {
    return this.database.query(
      `select type, payload from event_log where subject_id = $1 and (type like 'work.%' or type like 'agent.%') order by position`,
      [ticketId],
    );
  }

  async loadOf(agentId: string): Promise<{ units: number; classes: Record<string, number> }> {
    const [row] = await this.database.query<{ units: number; classes: Record<string, number> }>(
      `select used_units as units, (select coalesce(jsonb_object_agg(c.class, c.used) filter (where c.used > 0), '{}') from agent_capacity c where c.agent_id = a.id) as classes
       from agent a where id = $1`,
      [agentId],
    );
    return row as { units: number; classes: Record<string, number> };
  }

  async set(table: string, id: string, columns: Record<string, unknown>): Promise<void> {
    for (const [column, value] of Object.entries(columns)) {
      await this.database.query(`update ${table} set ${column} = $2 where id = $1`, [id, value]);
    }
  }
}

/** Agents whose counters are not what their live holds add up to, and those whom matching filled beyond their caps: there must be none. */
export async function findLoadDrift(sql: Sql): Promise<object[]> {
  return sql.query(
    `with held as (
       select h.agent_id, w.class, h.units from assignment h join work_item w on w.id = h.work_item_id
       where h.state in ('offered', 'accepted') and h.units > 0)
     select a.id, a.used_units, a.cap_units from agent a
     where a.used_units <> (select coalesce(sum(h.units), 0) from held h where h.agent_id = a.id)
        or exists (
          select 1 from unnest('{voice,chat,async}'::text[]) k(class)
          where (select count(*) from held h where h.agent_id = a.id and h.class = k.class)
             <> coalesce((select c.used from agent_capacity c where c.agent_id = a.id and c.class = k.class), 0))`,
  );
}

/** Agents who hold more than they can. By hand that is allowed. */
export async function findOverfull(sql: Sql): Promise<object[]> {
  return sql.query(
    `select a.id from agent a left join agent_capacity c on c.agent_id = a.id
     where a.used_units > a.cap_units or c.used > coalesce(c.cap, class_cap(c.class))`,
  );
}
