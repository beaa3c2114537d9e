import type { RuleActionView, RuleEventView, RuleView } from '#contract';
import type { RuleTerms } from '../../../api/rules.js';
import { fromGroup, toGroup, type Group } from '../../../ui/conditions/condition-group.js';

export const eventKinds = [
  'ticket_created',
  'message_received',
  'message_sent',
  'state_changed',
  'assigned',
  'sla_warned',
  'sla_breached',
  'survey_answered',
  'idle',
  'customer_changed',
] as const satisfies RuleEventView['on'][];

/** What a test may ask about, and how its value is typed in. */
export const fields = {
  'message.text': 'words',
  'message.subject': 'words',
  'ticket.subject': 'words',
  'message.author': 'choice',
  'message.has_files': 'yesNo',
  'channel.kind': 'choice',
  channel: 'choice',
  'ticket.state': 'choice',
  'ticket.priority': 'count',
  'ticket.queue': 'choice',
  'ticket.owner': 'choice',
  'ticket.tags': 'tags',
  'ticket.field': 'keyed',
  'customer.tier': 'count',
  'customer.language': 'choice',
  'customer.attribute': 'keyed',
  'event.from': 'choice',
  'event.to': 'choice',
  'event.metric': 'choice',
  'event.score': 'count',
  'hours.open': 'yesNo',
} as const;

export type Field = keyof typeof fields;
export type FieldType = (typeof fields)[Field];

export const fieldNames = Object.keys(fields) as Field[];

export const operators = {
  words: ['has_any', 'has_all', 'starts_with', 'is', 'matches', 'is_empty'],
  choice: ['is', 'is_not'],
  count: ['is', 'at_least', 'at_most'],
  tags: ['has_any', 'has_all', 'has_none'],
  yesNo: ['is'],
  keyed: ['is', 'is_not', 'has_any', 'at_least', 'at_most', 'is_empty'],
} as const;

export type Operator = (typeof operators)[FieldType][number];

export interface Test {
  field: Field;
  op: Operator;
  key?: string;
  value?: unknown;
}

/** A test of a field as it begins: with the first operator and a value that can be saved, where there is one. */
export function testOf(field: Field): Test {
  return withOperator({ field, op: operators[fields[field]][0] }, operators[fields[field]][0]);
}

/** The same test by another operator; a value of another shape begins anew. */
export function withOperator(test: Test, op: Operator): Test {
  const { field, key } = test;
  const next: Test = { field, op, ...(fields[field] === 'keyed' && { key: key ?? '' }) };
  const value = emptyValue(field, op);
  const isAlike = typeof value === typeof test.value && Array.isArray(value) === Array.isArray(test.value);
  return value === undefined ? next : { ...next, value: isAlike ? test.value : value };
}

function emptyValue(field: Field, op: Operator): unknown {
  if (op === 'is_empty') {
    return undefined;
  }
  if (op === 'matches') {
    return '';
  }
  const isCount = op === 'at_least' || op === 'at_most';
  return isCount ? beginnings.count : beginnings[fields[field]];
}

const beginnings: Record<FieldType, unknown> = { count: 1, yesNo: true, keyed: [], words: [], choice: [], tags: [] };

export const actionKinds = [
  'add_tags',
  'remove_tags',
  'set_priority',
  'set_state',
  'set_field',
  'move_to_queue',
  'assign',
  'follow',
  'snooze',
  'note',
  'reply',
  'canned_reply',
  'ask_survey',
  'call_webhook',
] as const;
export type ActionKind = (typeof actionKinds)[number];

const emptyActions: Record<ActionKind, Record<string, unknown>> = {
  add_tags: { tags: [] },
  remove_tags: { tags: [] },
  set_priority: { priority: 3 },
  set_state: { state: 'pending' },
  set_field: { field: '', value: null },
  move_to_queue: { queueId: '' },
  assign: { agentId: null },
  follow: { agentId: '' },
  snooze: { until: { reply: true } },
  note: { text: '' },
  reply: { text: {} },
  canned_reply: { cannedReplyId: '' },
  ask_survey: { surveyId: '' },
  call_webhook: { webhookId: '' },
};

export function actionOf(kind: ActionKind): RuleActionView {
  return { do: kind, ...structuredClone(emptyActions[kind]) };
}

/** What is being written: a rule, whole. */
export interface RuleDraft extends Omit<RuleTerms, 'conditions'> {
  name: string;
  enabled: boolean;
  conditions: Group<Test>;
}

export function draftOf(rule: RuleView | null): RuleDraft {
  if (!rule) {
    return {
      name: '',
      enabled: false,
      event: { on: 'message_received' },
      conditions: { kind: 'all', members: [testOf('message.text')] },
      actions: [actionOf('add_tags')],
      stops: false,
      maxPerHour: 10,
    };
  }
  const { name, enabled, event, conditions, actions, stops, maxPerHour } = rule;
  return { name, enabled, event, conditions: toGroup(conditions), actions, stops, maxPerHour };
}

export function termsOf({ event, conditions, actions, stops, maxPerHour }: RuleDraft): RuleTerms {
  return { event, conditions: fromGroup(conditions), actions, stops, maxPerHour };
}

/** Lines or comma-separated words, without what is empty. */
export function readWords(typed: string, separator: RegExp): string[] {
  return typed
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A name of a field or operator as a key of texts has it. */
export function textKey<Name extends string>(name: Name): Name extends `${infer A}.${infer B}` ? `${A}_${B}` : Name {
  return name.replace('.', '_') as ReturnType<typeof textKey<Name>>;
}

/** What stands in a field as it is typed; '' for what is no word. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
