import type { Sql } from '#channels';
import { holdTicket, type HeldTicket } from '../work/hold.js';

/** From when on a pending ticket waits without a word from anybody. */
const since = 'greatest(t.pending_since, t.last_message_at)';

/** Pending tickets, awake, of queues that do not wait for ever. One whose children must be solved first cannot be solved for want of a word. */
const waiting = `
from queue q join ticket t on t.queue_id = q.id and t.state = 'pending' and t.snoozed_until is null
where q.idle_days is not null
  and not (q.children_first and exists (
    select 1 from ticket child where child.parent_id = t.id and child.state not in ('solved', 'closed')))`;

/** Pending tickets to warn about: their days without an answer are nearly over, and nobody was warned since they were counted. */
export async function findIdleTickets(sql: Sql, wish: { limit: number; except: string[] }): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select t.id ${waiting}
       and t.last_message_at <= clock_timestamp() - (q.idle_days - q.idle_warn_days) * interval '1 day'
       and ${since} <= clock_timestamp() - (q.idle_days - q.idle_warn_days) * interval '1 day'
       and t.id <> all ($2::uuid[])
       and not exists (select 1 from idle_warning w where w.ticket_id = t.id and w.since = ${since})
     order by t.last_message_at limit $1`,
    [wish.limit, wish.except],
  );
  return rows.map(({ id }) => id);
}

/** A ticket that is about to be solved for want of an answer. */
export interface IdleTicket {
  ticket: HeldTicket;
  closesAt: Date;
}

/**
 * Notes that a ticket will be solved, and when: at the end of its days, and never sooner after the warning than its queue says, so that a hub
 * that was away for a week closes nothing unwarned. Null: it does not wait any more, or somebody else warned.
 */
export async function warnIdleTicket(sql: Sql, ticketId: string): Promise<IdleTicket | null> {
  const ticket = await holdTicket(sql, ticketId);
  const [warned] = await sql.query<{ closes_at: Date }>(
    `insert into idle_warning as old (ticket_id, since, closes_at)
     select t.id, ${since}, greatest(${since} + q.idle_days * interval '1 day', clock_timestamp() + q.idle_warn_days * interval '1 day')
     ${waiting} and t.id = $1 and ${since} <= clock_timestamp() - (q.idle_days - q.idle_warn_days) * interval '1 day'
     on conflict (ticket_id) do update set since = excluded.since, closes_at = excluded.closes_at where old.since <> excluded.since
     returning closes_at`,
    [ticketId],
  );
  return ticket && warned ? { ticket, closesAt: warned.closes_at } : null;
}

/** Warnings whose time is over, whether the ticket still waits or not, the longest overdue first. */
export async function findIdleEnds(sql: Sql, wish: { limit: number; except: string[] }): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select ticket_id as id from idle_warning
     where closes_at <= clock_timestamp() and ticket_id <> all ($2::uuid[]) order by closes_at limit $1`,
    [wish.limit, wish.except],
  );
  return rows.map(({ id }) => id);
}

/** A ticket whose days without an answer are over, under lock, and what its customer is told then. */
export interface EndedWait {
  ticket: HeldTicket;
  texts: { en?: string; fa?: string };
}

/**
 * Takes the end of a ticket's wait: whoever gets it solves the ticket in the same transaction. Null: somebody wrote, it changed, its queue
 * waits longer now, or another node was faster; the warning is gone, and the days are counted anew.
 */
export async function takeIdleEnd(sql: Sql, ticketId: string): Promise<EndedWait | null> {
  const ticket = await holdTicket(sql, ticketId);
  const [ended] = await sql.query<{ texts: EndedWait['texts'] | null }>(
    `with gone as (
       delete from idle_warning where ticket_id = $1 and closes_at <= clock_timestamp() returning ticket_id, since)
     select (select q.idle_texts ${waiting} and t.id = gone.ticket_id and ${since} = gone.since
               and ${since} + q.idle_days * interval '1 day' <= clock_timestamp()) as texts from gone`,
    [ticketId],
  );
  return ticket && ended?.texts ? { ticket, texts: ended.texts } : null;
}
