import type { ActionKind, ActionOf, TicketAction } from '../actions/ticket-action.js';
import { testsOf, type RuleCondition, type RuleTest } from './condition.js';

export type ReferenceKind =
  'queue' | 'agent' | 'channel' | 'field' | 'state_name' | 'canned_reply' | 'survey' | 'webhook';

/** Something of the installation that a rule names. `at`: where, e.g. `actions.0`. */
export interface RuleReference {
  kind: ReferenceKind;
  /** An id, or the key of a custom field. */
  id: string;
  at: string;
}

/** Everything that conditions and actions refer to: once it is gone, they cannot mean what they say. */
export function referencesOf(conditions: RuleCondition, actions: readonly TicketAction[]): RuleReference[] {
  return [
    ...testsOf(conditions).flatMap((test) => ofTest(test).map((one) => ({ ...one, at: 'conditions' }))),
    ...actions.flatMap((action, index) => ofAction(action).map((one) => ({ ...one, at: `actions.${index}` }))),
  ];
}

type Named = Omit<RuleReference, 'at'>;

/** Tests by the list of ids that stands in their value. */
const kindOfField: Record<string, ReferenceKind> = {
  channel: 'channel',
  'ticket.queue': 'queue',
  'ticket.owner': 'agent',
};

function ofTest(test: RuleTest): Named[] {
  if (test.field === 'ticket.field') {
    return named('field', [test.key]);
  }
  const kind = kindOfField[test.field];
  return kind === undefined || !('value' in test) ? [] : named(kind, test.value as (string | null)[]);
}

const ofKind: { [Kind in ActionKind]?: (action: ActionOf<Kind>) => Named[] } = {
  set_state: ({ stateName }) => named('state_name', [stateName ?? null]),
  set_field: ({ field }) => named('field', [field]),
  move_to_queue: ({ queueId }) => named('queue', [queueId]),
  assign: ({ agentId }) => named('agent', [agentId === 'actor' ? null : agentId]),
  follow: ({ agentId }) => named('agent', [agentId === 'actor' ? null : agentId]),
  canned_reply: ({ cannedReplyId }) => named('canned_reply', [cannedReplyId]),
  ask_survey: ({ surveyId }) => named('survey', [surveyId]),
  call_webhook: ({ webhookId }) => named('webhook', [webhookId]),
};

function ofAction(action: TicketAction): Named[] {
  const list = ofKind[action.do] as ((action: TicketAction) => Named[]) | undefined;
  return list?.(action) ?? [];
}

function named(kind: ReferenceKind, ids: readonly (string | null)[]): Named[] {
  return ids.filter((id) => id !== null).map((id) => ({ kind, id }));
}
