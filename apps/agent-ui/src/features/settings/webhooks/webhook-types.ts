import type { WebhookType } from '#contract';

/** What a webhook can be told of, as the form groups it. */
export const typeGroups = {
  messages: ['message.received', 'message.edited', 'message.sent', 'note.written'],
  deliveries: ['delivery.sent', 'delivery.unconfirmed', 'delivery.parked', 'delivery.failed'],
  tickets: ['ticket.opened', 'ticket.assigned', 'ticket.released', 'ticket.changed'],
  promises: ['sla.warned', 'sla.breached', 'sla.escalated'],
  customers: [
    'customer.merged',
    'customer.parted',
    'customer.blocked',
    'customer.unblocked',
    'customer.deletion_requested',
  ],
  channels: ['channel.alarm', 'channel.recovered'],
} as const satisfies Record<string, readonly WebhookType[]>;

export type TypeGroup = keyof typeof typeGroups;
export const groupNames = Object.keys(typeGroups) as TypeGroup[];

/** What colleagues write for themselves is told only to whoever asks for it. */
export const usualTypes: WebhookType[] = Object.values(typeGroups)
  .flat()
  .filter((type) => type !== 'note.written');

/** The text that names a type: dots would divide its key. */
export function typeKey(type: WebhookType): 'webhooks.type_ticket_opened' {
  return `webhooks.type_${type.replace('.', '_')}` as 'webhooks.type_ticket_opened';
}
