import type { Sql, Statement } from '#channels';
import type { WebhookType } from '#contract';
import { offAfterDays } from './webhook-retries.js';

/** A delivery that this process holds, with what its webhook says. */
export interface ClaimedFact {
  id: string;
  webhook_id: string;
  type: WebhookType;
  position: string;
  conversation_id: string | null;
  subject_id: string;
  actor_id: string | null;
  payload: Record<string, unknown>;
  happened_at: Date;
  attempts: number;
  tries: number;
  url: string;
  owner_id: string;
  secret: Buffer;
  /** Null once it no longer signs. */
  former_secret: Buffer | null;
}

/**
 * Takes what is due, at most four at a time for a webhook so that a slow one leaves room, and one for a webhook that fails at present,
 * whose tries may each last their whole time. Where order is promised it is one too, and nothing is taken past one that is not ended. Parameters: lease in milliseconds, how many.
 */
const claim: Statement = {
  name: 'webhook-claim',
  text: `
with due as materialized (
  select d.id from webhook w
  cross join lateral (
    select count(*) as busy from webhook_delivery s where s.webhook_id = w.id and s.state = 'sending' and s.due_at > clock_timestamp()) now
  cross join lateral (
    select d.id from webhook_delivery d
    where d.webhook_id = w.id and d.state in ('queued', 'sending') and d.due_at <= clock_timestamp()
      and (not w.ordered or not exists (
        select 1 from webhook_delivery o
        where o.webhook_id = w.id and o.state in ('queued', 'sending') and o.position < d.position))
    order by d.position limit greatest(0, case when w.ordered or w.failing_since is not null then 1 else 4 end - now.busy)
    for update of d skip locked) d
  where w.enabled and w.rest_until <= clock_timestamp()
  limit $2)
update webhook_delivery d
set state = 'sending', attempts = d.attempts + 1, tries = d.tries + 1, due_at = clock_timestamp() + $1 * interval '1 millisecond'
from due, webhook w
where d.id = due.id and w.id = d.webhook_id
returning d.id, d.webhook_id, d.type, d.position::text, d.conversation_id, d.subject_id, d.actor_id, d.payload, d.happened_at,
          d.attempts, d.tries, w.url, w.owner_id, w.secret,
          case when w.former_until > clock_timestamp() then w.former_secret end as former_secret`,
};

export function claimFacts(sql: Sql, leaseMs: number, room: number): Promise<ClaimedFact[]> {
  return sql.query<ClaimedFact & Record<string, unknown>>(claim, [leaseMs, room]);
}

/** How a try ended. `pauseMs` null: there is no other. */
export interface TryOutcome {
  attemptId: string;
  isTaken: boolean;
  ms: number;
  status: number | null;
  error: string | null;
  answer: string;
  pauseMs: number | null;
  /** How long the receiver wants nothing at all. */
  restMs: number;
  /** The address says that it will never take anything again. */
  isGone: boolean;
}

/**
 * Writes how a try ended, for the delivery and for its webhook, which goes off when it is gone or nothing went well for days. A claim
 * that was overtaken by another worker writes only its attempt. Parameters: see settleFact.
 */
const settle: Statement = {
  name: 'webhook-settle',
  text: `
with hook as materialized (
  select w.id from webhook w where w.id = $3 for no key update),
noted as (
  insert into webhook_attempt (id, delivery_id, at, ms, status, error, answer)
  select $4, d.id, clock_timestamp() - $6 * interval '1 millisecond', $6, $7, $8, $9 from webhook_delivery d, hook where d.id = $1),
done as (
  update webhook_delivery d
  set state = case when $5 then 'sent' when $10::bigint is null then 'failed' else 'queued' end,
      due_at = case when $5 or $10::bigint is null then d.due_at else clock_timestamp() + $10::bigint * interval '1 millisecond' end,
      ended_at = case when $5 or $10::bigint is null then clock_timestamp() end
  from hook where d.id = $1 and d.attempts = $2 and d.state = 'sending')
update webhook w
set failing_since = case when $5 then null else coalesce(w.failing_since, clock_timestamp()) end,
    rest_until = case when $11 > 0 then clock_timestamp() + $11 * interval '1 millisecond' else w.rest_until end,
    enabled = w.enabled and not fate.is_over,
    off_reason = case when w.enabled and fate.is_over then fate.why else w.off_reason end,
    off_at = case when w.enabled and fate.is_over then clock_timestamp() else w.off_at end
from hook, lateral (
  select not $5 and ($12 or coalesce(n.failing_since < clock_timestamp() - interval '${offAfterDays} days', false)) as is_over,
         case when $12 then 'gone' else 'failing' end as why
  from webhook n where n.id = hook.id) fate
where w.id = hook.id
returning w.enabled, w.name`,
};

/** @returns the webhook's name when this try was the one that switched it off or found it so; null otherwise. */
export async function settleFact(sql: Sql, fact: ClaimedFact, how: TryOutcome): Promise<string | null> {
  const [row] = await sql.query<{ enabled: boolean; name: string }>(settle, [
    fact.id,
    fact.attempts,
    fact.webhook_id,
    how.attemptId,
    how.isTaken,
    how.ms,
    how.status,
    how.error,
    how.answer,
    how.pauseMs,
    how.restMs,
    how.isGone,
  ]);
  return row && !row.enabled ? row.name : null;
}

const skip: Statement = {
  name: 'webhook-skip',
  text: `
update webhook_delivery set state = 'skipped', ended_at = clock_timestamp() where id = $1 and attempts = $2 and state = 'sending'`,
};

/** Ends a delivery of which the webhook's owner may read nothing. */
export async function skipFact(sql: Sql, fact: Pick<ClaimedFact, 'id' | 'attempts'>): Promise<void> {
  await sql.query(skip, [fact.id, fact.attempts]);
}

const release: Statement = {
  name: 'webhook-owner-gone',
  text: `
with off as (
  update webhook set enabled = false, off_reason = 'owner', off_at = clock_timestamp() where id = $3 and enabled)
update webhook_delivery set state = 'queued', tries = tries - 1, due_at = clock_timestamp()
where id = $1 and attempts = $2 and state = 'sending'`,
};

/** Switches off a webhook whose owner has no account any more; what it has not told waits for a new one. */
export async function dropOwnerless(
  sql: Sql,
  fact: Pick<ClaimedFact, 'id' | 'attempts' | 'webhook_id'>,
): Promise<void> {
  await sql.query(release, [fact.id, fact.attempts, fact.webhook_id]);
}
