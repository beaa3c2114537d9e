import type { WebhookAttemptView, WebhookDeliveryView, WebhookType, WebhookView } from '#contract';

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  owner_id: string;
  owner_name: string;
  types: WebhookType[];
  ordered: boolean;
  enabled: boolean;
  off_reason: 'failing' | 'gone' | 'owner' | null;
  off_at: Date | null;
  failing_since: Date | null;
  waiting: number;
  tried_at: Date | null;
  tried_status: number | null;
  tried_error: string | null;
  former_until: Date | null;
  created_at: Date;
}

/** Webhooks as they are shown; where and order are for the caller to add. */
export const webhookRows = `
select w.id, w.name, w.url, w.owner_id, a.name as owner_name, w.types, w.ordered, w.enabled, w.off_reason, w.off_at, w.failing_since,
       (select count(*)::int from (
          select 1 from webhook_delivery d where d.webhook_id = w.id and d.state in ('queued', 'sending') limit 1000) few) as waiting,
       last.at as tried_at, last.status as tried_status, last.error as tried_error,
       case when w.former_until > clock_timestamp() then w.former_until end as former_until, w.created_at
from webhook w
join agent a on a.id = w.owner_id
left join lateral (
  select t.at, t.status, t.error
  from (select d.id from webhook_delivery d where d.webhook_id = w.id and d.attempts > 0 order by d.id desc limit 50) late
  join webhook_attempt t on t.delivery_id = late.id order by t.at desc limit 1) last on true`;

export function presentWebhook(row: WebhookRow): WebhookView {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    owner: { id: row.owner_id, name: row.owner_name },
    types: row.types,
    ordered: row.ordered,
    enabled: row.enabled,
    off: row.off_reason === null ? null : { reason: row.off_reason, at: instant(row.off_at) ?? '' },
    failingSince: instant(row.failing_since),
    waiting: row.waiting,
    lastTry: row.tried_at && { at: row.tried_at.toISOString(), status: row.tried_status, error: row.tried_error },
    formerSecretUntil: instant(row.former_until),
    createdAt: row.created_at.toISOString(),
  };
}

export interface DeliveryRow {
  id: string;
  type: WebhookType;
  happened_at: Date;
  state: WebhookDeliveryView['state'];
  attempts: number;
  due_at: Date;
  tried: boolean;
  at: Date;
  ms: number;
  status: number | null;
  error: string | null;
  answer: string;
}

/** A page of a webhook's deliveries, newest first. Parameters: webhook, before (id), state or null, how many. */
export const deliveryPage = {
  name: 'webhook-delivery-page',
  text: `
select d.id, d.type, d.happened_at, d.state, d.attempts, d.due_at, t.id is not null as tried, t.at, t.ms, t.status, t.error, t.answer
from webhook_delivery d
left join lateral (select * from webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) t on true
where d.webhook_id = $1 and d.id < $2
  and ($3::text is null or d.state = $3 or ($3 = 'queued' and d.state = 'sending'))
order by d.id desc limit $4`,
};

export function presentDelivery(row: DeliveryRow): WebhookDeliveryView {
  const isOpen = row.state === 'queued' || row.state === 'sending';
  return {
    id: row.id,
    type: row.type,
    happenedAt: row.happened_at.toISOString(),
    state: row.state,
    attempts: row.attempts,
    dueAt: isOpen ? row.due_at.toISOString() : null,
    last: row.tried ? presentAttempt(row) : null,
  };
}

export function presentAttempt(
  row: Pick<DeliveryRow, 'at' | 'ms' | 'status' | 'error' | 'answer'>,
): WebhookAttemptView {
  return { at: row.at.toISOString(), ms: row.ms, status: row.status, error: row.error, answer: row.answer };
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
