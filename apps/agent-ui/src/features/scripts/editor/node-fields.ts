import type { NodeKind } from '../document/script-words.js';
import type { KnownPlace } from './editor-context.js';

/** How a field of a node is typed in. */
export type FieldShape =
  /** What is said to a customer, in each language. */
  | { shape: 'message'; optional?: true }
  /** A line, or several, for agents and other programs. */
  | { shape: 'line' | 'lines' }
  /** The name of a variable. */
  | { shape: 'variable' }
  | { shape: 'duration' }
  | { shape: 'count'; most: number; least?: number }
  | { shape: 'share' }
  | { shape: 'switch' }
  | { shape: 'choice'; choices: readonly (string | number)[]; optional?: true }
  | { shape: 'place'; place: KnownPlace; optional?: true }
  /** Several words, one on each line. */
  | { shape: 'words' }
  /** Names with a value each. */
  | { shape: 'values' }
  | { shape: 'options' | 'intents' | 'cases' | 'retry' | 'timeout' };

/** Fields are named as the format names them; texts are found by `script.field_<name>`. */
export type FieldName =
  | 'act'
  | 'add'
  | 'agent'
  | 'args'
  | 'calendar'
  | 'cases'
  | 'confirm'
  | 'confirmBetween'
  | 'csat'
  | 'currency'
  | 'fields'
  | 'filler'
  | 'for'
  | 'from'
  | 'intents'
  | 'into'
  | 'margin'
  | 'max'
  | 'maxLength'
  | 'maxWait'
  | 'message'
  | 'min'
  | 'number'
  | 'options'
  | 'outcome'
  | 'pattern'
  | 'priority'
  | 'queue'
  | 'ref'
  | 'remove'
  | 'retries'
  | 'retry'
  | 'scope'
  | 'script'
  | 'sensitive'
  | 'skills'
  | 'source'
  | 'subject'
  | 'summary'
  | 'tags'
  | 'threshold'
  | 'timeout'
  | 'type'
  | 'values'
  | 'window';
export type FieldSpec = FieldShape & { name: FieldName };

const message = { name: 'message', shape: 'message' } as const;
const saidFirst = { name: 'message', shape: 'message', optional: true } as const;
const waiting = [
  { name: 'retry', shape: 'retry' },
  { name: 'timeout', shape: 'timeout' },
] as const;
const into = { name: 'into', shape: 'variable' } as const;
const queue = { name: 'queue', shape: 'place', place: 'queues', optional: true } as const;
const priority = { name: 'priority', shape: 'choice', choices: [1, 2, 3, 4], optional: true } as const;
const summary = { name: 'summary', shape: 'lines' } as const;
const tags = { name: 'tags', shape: 'words' } as const;
const args = { name: 'args', shape: 'values' } as const;

const collectTypes = [
  'text',
  'digits',
  'number',
  'money',
  'phone',
  'email',
  'date',
  'date_jalali',
  'national_id_ir',
  'order_no',
  'yes_no',
  'rating',
] as const;

/** What each kind of node is written with, in the order of its form. Ways out are not among them: they are the same for all. */
export const fieldsOf: Record<NodeKind, readonly FieldSpec[]> = {
  say: [message],
  ask: [message, { name: 'options', shape: 'options' }, into, ...waiting],
  collect: [
    message,
    { name: 'type', shape: 'choice', choices: collectTypes },
    into,
    { name: 'sensitive', shape: 'switch' },
    { name: 'min', shape: 'line' },
    { name: 'max', shape: 'line' },
    { name: 'pattern', shape: 'line' },
    { name: 'currency', shape: 'line' },
    { name: 'confirm', shape: 'message', optional: true },
    ...waiting,
  ],
  match: [
    saidFirst,
    { name: 'from', shape: 'variable' },
    { name: 'intents', shape: 'intents' },
    { name: 'threshold', shape: 'share' },
    { name: 'margin', shape: 'share' },
    { name: 'confirmBetween', shape: 'count', most: 3 },
    ...waiting,
  ],
  lookup: [
    { name: 'source', shape: 'choice', choices: ['http', 'customer', 'tickets', 'kb'] },
    { name: 'ref', shape: 'place', place: 'connectors', optional: true },
    args,
    into,
    { name: 'retries', shape: 'count', most: 3 },
    { name: 'timeout', shape: 'duration' },
    { name: 'filler', shape: 'message', optional: true },
  ],
  branch: [{ name: 'cases', shape: 'cases' }],
  hours: [{ name: 'calendar', shape: 'place', place: 'calendars' }],
  set: [
    {
      name: 'scope',
      shape: 'choice',
      choices: ['session', 'conversation', 'customer', 'ticket'],
      optional: true,
    },
    { name: 'values', shape: 'values' },
  ],
  tag: [
    { name: 'scope', shape: 'choice', choices: ['conversation', 'customer', 'ticket'], optional: true },
    { name: 'add', shape: 'words' },
    { name: 'remove', shape: 'words' },
  ],
  ticket: [
    { name: 'act', shape: 'choice', choices: ['create', 'update', 'solve'] },
    { name: 'subject', shape: 'line' },
    queue,
    priority,
    tags,
    { name: 'fields', shape: 'values' },
    summary,
    into,
  ],
  call: [{ name: 'script', shape: 'place', place: 'scripts' }, args, into],
  wait: [{ name: 'for', shape: 'duration' }],
  handoff: [
    saidFirst,
    queue,
    { name: 'skills', shape: 'words' },
    { name: 'agent', shape: 'place', place: 'agents', optional: true },
    priority,
    summary,
    tags,
    { name: 'maxWait', shape: 'duration' },
  ],
  callback: [saidFirst, queue, { name: 'number', shape: 'line' }, { name: 'window', shape: 'line' }, summary],
  voicemail: [message, queue, { name: 'maxLength', shape: 'duration' }],
  end: [
    saidFirst,
    { name: 'outcome', shape: 'choice', choices: ['resolved', 'unresolved', 'abandoned', 'handed_off'] },
    { name: 'csat', shape: 'switch' },
  ],
};
