import { z } from 'zod';
import { readTerms } from './read-terms.js';

/** What one step of a rule or macro does to a ticket. Closed: whatever reads actions knows all of them. */
export type TicketAction =
  /** `stateName`: one of the organisation's own names of this state, by its id. */
  | { do: 'set_state'; state: 'open' | 'pending' | 'on_hold' | 'solved'; stateName?: string | undefined }
  | { do: 'set_priority'; priority: 1 | 2 | 3 | 4 }
  | { do: 'add_tags'; tags: string[] }
  | { do: 'remove_tags'; tags: string[] }
  /** `field`: the field's key; null empties it. */
  | { do: 'set_field'; field: string; value: string | number | boolean | string[] | null }
  | { do: 'move_to_queue'; queueId: string }
  /** 'actor': whoever runs the macro, or caused what a rule follows; null gives the ticket back to its queue. */
  | { do: 'assign'; agentId: string | null }
  | { do: 'snooze'; until: { at: string } | { workDays: number } | { reply: true } }
  | { do: 'follow'; agentId: string }
  | { do: 'note'; text: string }
  /** Written in the customer's language where it is there, else in the other one. */
  | { do: 'reply'; text: { en?: string | undefined; fa?: string | undefined } }
  | { do: 'canned_reply'; cannedReplyId: string }
  | { do: 'ask_survey'; surveyId: string }
  | { do: 'call_webhook'; webhookId: string };

export type ActionKind = TicketAction['do'];
export type ActionOf<Kind extends ActionKind> = Extract<TicketAction, { do: Kind }>;

const sayingKinds = ['note', 'reply', 'canned_reply', 'ask_survey', 'call_webhook'] as const;

/** Actions that write or ask something and leave the ticket as it is. */
export type SayingAction = ActionOf<(typeof sayingKinds)[number]>;
/** Actions that change the ticket. */
export type StepAction = Exclude<TicketAction, SayingAction>;

export function isSaying(action: TicketAction): action is SayingAction {
  return (sayingKinds as readonly ActionKind[]).includes(action.do);
}

/** How many actions one rule or macro may have: what it does is one transaction, which holds the person's conversations. */
export const maxActions = 20;

const words = (most: number): z.ZodString => z.string().trim().min(1, 'Write something.').max(most);
const tags = z.array(words(50)).min(1, 'Name at least one tag.').max(20);
const chosen = z.uuid('Choose one.');
const someone = z.literal('actor', 'Choose one.').or(chosen);
const twoTexts = z
  .strictObject({ en: words(10_000).optional(), fa: words(10_000).optional() })
  .refine(({ en, fa }) => en !== undefined || fa !== undefined, 'Write it in one language at least.');

const action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('set_state'),
    state: z.enum(['open', 'pending', 'on_hold', 'solved']),
    stateName: z.uuid().optional(),
  }),
  z.strictObject({
    do: z.literal('set_priority'),
    priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  }),
  z.strictObject({ do: z.literal('add_tags'), tags }),
  z.strictObject({ do: z.literal('remove_tags'), tags }),
  z.strictObject({
    do: z.literal('set_field'),
    field: words(60),
    value: z.union([z.string().max(4000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)]).nullable(),
  }),
  z.strictObject({ do: z.literal('move_to_queue'), queueId: chosen }),
  z.strictObject({ do: z.literal('assign'), agentId: someone.nullable() }),
  z.strictObject({
    do: z.literal('snooze'),
    until: z.union([
      z.strictObject({ at: z.iso.datetime({ offset: true }) }),
      z.strictObject({ workDays: z.int().min(1).max(365) }),
      z.strictObject({ reply: z.literal(true) }),
    ]),
  }),
  z.strictObject({ do: z.literal('follow'), agentId: someone }),
  z.strictObject({ do: z.literal('note'), text: words(10_000) }),
  z.strictObject({ do: z.literal('reply'), text: twoTexts }),
  z.strictObject({ do: z.literal('canned_reply'), cannedReplyId: chosen }),
  z.strictObject({ do: z.literal('ask_survey'), surveyId: chosen }),
  z.strictObject({ do: z.literal('call_webhook'), webhookId: chosen }),
]);

const actionList = z.array(action).min(1, 'Say what is to be done.').max(maxActions);

/**
 * Actions as somebody wrote or stored them.
 *
 * @param at where they stand in what was sent: the first part of the path that an error names.
 * @throws Unreadable naming the first thing that is wrong and where, e.g. `actions.2.queueId`.
 */
export function readActions(written: unknown, at = 'actions'): TicketAction[] {
  return readTerms(actionList, written, at);
}
