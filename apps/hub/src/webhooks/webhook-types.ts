import type { WebhookType } from '#contract';

/** Every type of fact that can be told. The record makes the compiler complain when the contract knows one more. */
const known: Record<WebhookType, true> = {
  'message.received': true,
  'message.edited': true,
  'message.sent': true,
  'message.moved': true,
  'note.written': true,
  'delivery.sent': true,
  'delivery.unconfirmed': true,
  'delivery.parked': true,
  'delivery.failed': true,
  'ticket.opened': true,
  'ticket.assigned': true,
  'ticket.released': true,
  'ticket.changed': true,
  'ticket.reopened': true,
  'ticket.merged': true,
  'ticket.unmerged': true,
  'ticket.split': true,
  'ticket.unsplit': true,
  'ticket.field_changed': true,
  'ticket.snoozed': true,
  'ticket.woken': true,
  'ticket.spam': true,
  'ticket.called': true,
  'sla.warned': true,
  'sla.breached': true,
  'sla.escalated': true,
  'customer.merged': true,
  'customer.parted': true,
  'customer.blocked': true,
  'customer.unblocked': true,
  'customer.deletion_requested': true,
  'survey.asked': true,
  'survey.answered': true,
  'survey.commented': true,
  'bot.started': true,
  'bot.handed_over': true,
  'bot.returned': true,
  'bot.ended': true,
  'bot.failed': true,
  'outreach.started': true,
  'outreach.finished': true,
  'outreach.stopped': true,
  'channel.alarm': true,
  'channel.recovered': true,
};

export const webhookTypes = Object.keys(known) as WebhookType[];

/** What a webhook is told of when its maker names nothing: all but what colleagues write for themselves, and calls of rules to other webhooks. */
export const usualTypes = webhookTypes.filter((type) => type !== 'note.written' && type !== 'ticket.called');
