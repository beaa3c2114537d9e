import type { WebhookType } from '#contract';

/** Every type of fact that can be told. The record makes the compiler complain when the contract knows one more. */
const known: Record<WebhookType, true> = {
  'message.received': true,
  'message.edited': true,
  'message.sent': true,
  'note.written': true,
  'delivery.sent': true,
  'delivery.unconfirmed': true,
  'delivery.parked': true,
  'delivery.failed': true,
  'ticket.opened': true,
  'ticket.assigned': true,
  'ticket.released': true,
  'ticket.changed': true,
  'sla.warned': true,
  'sla.breached': true,
  'sla.escalated': true,
  'customer.merged': true,
  'customer.parted': true,
  'customer.blocked': true,
  'customer.unblocked': true,
  'customer.deletion_requested': true,
  'channel.alarm': true,
  'channel.recovered': true,
};

export const webhookTypes = Object.keys(known) as WebhookType[];

/** What a webhook is told of when its maker names nothing: all but what colleagues write for themselves. */
export const usualTypes = webhookTypes.filter((type) => type !== 'note.written');
