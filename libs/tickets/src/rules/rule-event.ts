import { z } from 'zod';
import { readTerms } from '../actions/read-terms.js';

/** What a rule waits for. `idle`: a ticket in this state in which nobody has written for so many hours. */
export type RuleEvent =
  | {
      on:
        | 'ticket_created'
        | 'message_received'
        | 'message_sent'
        | 'state_changed'
        | 'assigned'
        | 'sla_warned'
        | 'sla_breached'
        | 'survey_answered'
        | 'customer_changed';
    }
  | { on: 'idle'; state: 'new' | 'open' | 'pending' | 'on_hold' | 'solved'; hours: number };

export type RuleEventKind = RuleEvent['on'];

/** The facts of event_log that are each of these events. */
export const factsOfEvent: Record<RuleEventKind, readonly string[]> = {
  ticket_created: ['ticket.opened'],
  message_received: ['message.received'],
  message_sent: ['message.sent'],
  state_changed: ['ticket.changed'],
  assigned: ['ticket.assigned'],
  sla_warned: ['sla.warned'],
  sla_breached: ['sla.breached'],
  survey_answered: ['survey.answered'],
  idle: ['ticket.idle'],
  customer_changed: [
    'customer.changed',
    'customer.merged',
    'customer.parted',
    'customer.blocked',
    'customer.unblocked',
    'customer.deletion_requested',
  ],
};

export const ruleEventKinds = Object.keys(factsOfEvent) as RuleEventKind[];

const kindOfFact = new Map(
  ruleEventKinds.flatMap((kind) => factsOfEvent[kind].map((type): [string, RuleEventKind] => [type, kind])),
);

/** The event that a fact is for rules; null where it is none. A change of a ticket that leaves its state as it was is none. */
export function eventOfFact(type: string, payload: Readonly<Record<string, unknown>>): RuleEventKind | null {
  const kind = kindOfFact.get(type) ?? null;
  return kind === 'state_changed' && payload['from'] === payload['to'] ? null : kind;
}

const event = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.enum([
      'ticket_created',
      'message_received',
      'message_sent',
      'state_changed',
      'assigned',
      'sla_warned',
      'sla_breached',
      'survey_answered',
      'customer_changed',
    ]),
  }),
  z.strictObject({
    on: z.literal('idle'),
    state: z.enum(['new', 'open', 'pending', 'on_hold', 'solved']),
    hours: z.number().min(0.25).max(8_760),
  }),
]);

/** @throws Unreadable */
export function readRuleEvent(written: unknown, at = 'event'): RuleEvent {
  return readTerms(event, written, at);
}
