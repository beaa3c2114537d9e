import type { WebhookType } from '#contract';

/** What a webhook can be told of, as the form groups it. */
export const typeGroups = {
  messages: ['message.received', 'message.edited', 'message.sent', 'message.moved', 'note.written'],
  deliveries: ['delivery.sent', 'delivery.unconfirmed', 'delivery.parked', 'delivery.failed'],
  tickets: [
    'ticket.opened',
    'ticket.assigned',
    'ticket.released',
    'ticket.changed',
    'ticket.reopened',
    'ticket.merged',
    'ticket.unmerged',
    'ticket.split',
    'ticket.unsplit',
    'ticket.field_changed',
    'ticket.snoozed',
    'ticket.woken',
    'ticket.spam',
    'ticket.called',
  ],
  promises: ['sla.warned', 'sla.breached', 'sla.escalated', 'queue.alert'],
  customers: [
    'customer.merged',
    'customer.parted',
    'customer.blocked',
    'customer.unblocked',
    'customer.deletion_requested',
    'survey.asked',
    'survey.answered',
    'survey.commented',
    'outreach.started',
    'outreach.finished',
    'outreach.stopped',
    'bot.started',
    'bot.handed_over',
    'bot.returned',
    'bot.ended',
    'bot.failed',
  ],
  channels: ['channel.alarm', 'channel.recovered'],
} as const satisfies Record<string, readonly WebhookType[]>;

export type TypeGroup = keyof typeof typeGroups;
export const groupNames = Object.keys(typeGroups) as TypeGroup[];

/** What colleagues write for themselves, and what rules call others for, is told only to whoever asks for it. */
export const usualTypes: WebhookType[] = Object.values(typeGroups)
  .flat()
  .filter((type) => type !== 'note.written' && type !== 'ticket.called');

/** The text that names a type: dots would divide its key. */
export function typeKey(type: WebhookType): 'webhooks.type_ticket_opened' {
  return `webhooks.type_${type.replace('.', '_')}` as 'webhooks.type_ticket_opened';
}
