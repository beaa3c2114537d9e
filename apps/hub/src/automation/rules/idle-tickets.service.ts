import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';

const lookMs = 15_000;
/** A look reads every ticket that waits; where those are many, it rests this many times as long as it took. */
const restShare = 50;
const mostAtOnce = 200;

/**
 * Writes the fact that a ticket was idle, for each rule that waits for it and once for each time that it went quiet: since its last
 * message, or since it came into its state. Only what became due while the rule was on counts.
 */
const noteIdle: Statement = {
  name: 'rules-note-idle',
  text: `
with quiet as (
  select r.id as rule_id, r.terms, t.id as ticket_id, t.conversation_id, greatest(t.last_message_at, coalesce(came.at, t.opened_at)) as since
  from rule r
  cross join queue q
  join ticket t on t.queue_id = q.id and t.state = r.terms ->> 'state'
    and t.last_message_at <= clock_timestamp() - (r.terms ->> 'hours')::float8 * interval '1 hour'
  left join lateral (
    select p.at from past_state p where p.subject_id = t.id and p.was ->> 'state' <> t.state order by p.position desc limit 1) came on true
  where r.enabled and r.event = 'idle'),
due as (
  select * from quiet u join lateral (select r.since as on_since from rule r where r.id = u.rule_id) r on true
  where u.since + (u.terms ->> 'hours')::float8 * interval '1 hour' <= clock_timestamp()
    and u.since + (u.terms ->> 'hours')::float8 * interval '1 hour' > r.on_since
    and not exists (select 1 from rule_idle i where i.rule_id = u.rule_id and i.ticket_id = u.ticket_id and i.since = u.since)
  order by u.since limit ${mostAtOnce}),
noted as (
  insert into rule_idle (rule_id, ticket_id, since) select rule_id, ticket_id, since from due on conflict do nothing returning *)
insert into event_log (type, conversation_id, subject_id, payload)
select 'ticket.idle', d.conversation_id, d.ticket_id, d.terms || jsonb_build_object('rule', d.rule_id, 'since', d.since)
from noted n join due d on d.rule_id = n.rule_id and d.ticket_id = n.ticket_id
returning position`,
};

/** A ticket that has been closed for so long is idle for nobody any more: no merge that closed it is undone as late as that. */
const forgetClosed = `
delete from rule_idle where (rule_id, ticket_id, since) in (
  select i.rule_id, i.ticket_id, i.since from rule_idle i join ticket t on t.id = i.ticket_id
  where t.closed_at < clock_timestamp() - interval '30 days' limit 50000)`;

/** Finds tickets in which nobody has written for as long as a rule waits. What is due stands in the tickets' rows, on the database clock. */
@Injectable()
export class IdleTickets {
  private lookAt = 0;

  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('idle tickets of rules', () => database.query(forgetClosed));
  }

  /** Looks, when it is time to; whether anything was found. Nodes that look at once find it once. */
  async look(isNow = false): Promise<boolean> {
    const now = performance.now();
    if (!isNow && now < this.lookAt) {
      return false;
    }
    this.lookAt = now + lookMs;
    const found = await this.database.query(noteIdle);
    const tookMs = performance.now() - now;
    this.lookAt = now + Math.max(lookMs, restShare * tookMs);
    return found.length > 0;
  }
}
