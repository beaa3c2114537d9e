/** What a webhook may be told of. `note.written` carries what colleagues write for themselves. */
export type WebhookType =
  | 'message.received'
  | 'message.edited'
  | 'message.sent'
  | 'message.moved'
  | 'note.written'
  | 'delivery.sent'
  | 'delivery.unconfirmed'
  | 'delivery.parked'
  | 'delivery.failed'
  | 'ticket.opened'
  | 'ticket.assigned'
  | 'ticket.released'
  | 'ticket.changed'
  | 'ticket.reopened'
  | 'ticket.merged'
  | 'ticket.unmerged'
  | 'ticket.split'
  | 'ticket.unsplit'
  | 'ticket.field_changed'
  | 'ticket.snoozed'
  | 'ticket.woken'
  | 'ticket.spam'
  | 'ticket.called'
  | 'sla.warned'
  | 'sla.breached'
  | 'sla.escalated'
  | 'customer.merged'
  | 'customer.parted'
  | 'customer.blocked'
  | 'customer.unblocked'
  | 'customer.deletion_requested'
  | 'survey.asked'
  | 'survey.answered'
  | 'survey.commented'
  | 'bot.started'
  | 'bot.handed_over'
  | 'bot.returned'
  | 'bot.ended'
  | 'bot.failed'
  | 'outreach.started'
  | 'outreach.finished'
  | 'outreach.stopped'
  | 'channel.alarm'
  | 'channel.recovered'
  | 'queue.alert';

/** An address that facts are told to. */
export interface WebhookView {
  id: string;
  name: string;
  url: string;
  /** Whoever made it: nothing is told that they may not read. */
  owner: { id: string; name: string };
  types: WebhookType[];
  /** One at a time, oldest first. */
  ordered: boolean;
  enabled: boolean;
  /** Set where Peyk itself switched it off: after days of failures, because the address says it is gone, or with its owner's rights. */
  off: { reason: 'failing' | 'gone' | 'owner'; at: string } | null;
  /** Nothing went well since then; null while all is well. */
  failingSince: string | null;
  /** Deliveries that wait, counted up to a thousand. */
  waiting: number;
  lastTry: { at: string; status: number | null; error: string | null } | null;
  /** Until when the secret before this one signs as well. */
  formerSecretUntil: string | null;
  createdAt: string;
}

/** The answer in which a secret is shown, once. */
export interface WebhookSecretView {
  webhook: WebhookView;
  /** `whsec_` and base64. */
  secret: string;
}

export interface WebhookDeliveryView {
  /** The `webhook-id` that its receiver sees. */
  id: string;
  type: WebhookType;
  happenedAt: string;
  /** skipped: the owner may not read what it is about. */
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped';
  /** How often it was tried, replays included. */
  attempts: number;
  /** When it is tried next; null when it is not. */
  dueAt: string | null;
  last: WebhookAttemptView | null;
}

/** One try. `status` is null where no answer came; `error` says then why. */
export interface WebhookAttemptView {
  at: string;
  ms: number;
  status: number | null;
  error: string | null;
  /** How the answer began, at most 500 characters. */
  answer: string;
}
