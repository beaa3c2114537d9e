import type { SavedView, TicketFieldView, ViewFilter, ViewTest } from '#contract';
import { isGroup, type Group as ConditionGroup } from '../../../ui/conditions/condition-group.js';

export type Field = ViewTest['field'];
export type Op = ViewTest['op'];

/** A question while it is written: which parts it has depends on what it is about. */
export interface Test {
  field: Field;
  op: Op;
  value?: unknown;
  minutes?: number;
  days?: number;
  key?: string;
}

type GroupKind = 'all' | 'any';
export type Group = ConditionGroup<Test, GroupKind>;

/** What is being written. `id` is of the view that it changes; null for a new one. */
export interface Draft {
  id: string | null;
  version: number;
  name: string;
  group: Group;
  sort: SavedView['sort'];
  sharedWith: SavedView['sharedWith'];
}

export const groupKinds: readonly GroupKind[] = ['all', 'any'];
export const sorts: readonly SavedView['sort'][] = ['newest', 'waiting', 'priority', 'deadline'];

const beginnings: Record<Field, Omit<Test, 'field'>> = {
  state: { op: 'is', value: ['new', 'open'] },
  queue: { op: 'is', value: [] },
  assignee: { op: 'is', value: ['me'] },
  channel: { op: 'is', value: [] },
  tag: { op: 'has_any', value: [] },
  priority: { op: 'at_least', value: 3 },
  tier: { op: 'at_least', value: 1 },
  waiting: { op: 'at_least', minutes: 30 },
  sla: { op: 'is', value: ['breached', 'at_risk'] },
  unread: { op: 'is', value: true },
  snoozed: { op: 'is', value: true },
  created: { op: 'within', days: 7 },
  language: { op: 'is', value: ['fa'] },
  field: { op: 'is', key: '', value: [] },
};

export const fieldNames = Object.keys(beginnings) as Field[];

export function testOf(field: Field): Test {
  return { field, ...beginnings[field] };
}

const either: readonly Op[] = ['is', 'is_not'];
const measured: readonly Op[] = ['is', 'at_least', 'at_most'];
const fixed: readonly Op[] = ['is'];
const ops: Record<Exclude<Field, 'field'>, readonly Op[]> = {
  state: either,
  queue: either,
  assignee: either,
  channel: either,
  language: either,
  tag: ['has_any', 'has_all', 'has_none'],
  priority: measured,
  tier: measured,
  waiting: ['at_least'],
  sla: fixed,
  unread: fixed,
  snoozed: fixed,
  created: ['within', 'before'],
};

/** How something may be asked; of a field of the ticket it depends on what the field holds. */
export function opsOf({ field }: Test, kind: TicketFieldView['kind'] | undefined): readonly Op[] {
  if (field !== 'field') {
    return ops[field];
  }
  return kind === 'number' ? ['at_least', 'at_most', 'is', 'is_not', 'is_empty'] : ['is', 'is_not', 'is_empty'];
}

/** The same question asked in another way: what was answered stays where it still fits. */
export function withOp(test: Test, op: Op): Test {
  if (test.field !== 'field') {
    return { ...test, op };
  }
  const { value, ...rest } = test;
  if (op === 'is_empty') {
    return { ...rest, op };
  }
  if (op === 'is' || op === 'is_not') {
    return { ...rest, op, value: Array.isArray(value) ? value : [] };
  }
  return { ...rest, op, value: typeof value === 'number' ? value : 0 };
}

/** Whether every question is answered, so that the hub can take it. */
export function isComplete({ members }: Group): boolean {
  return members.every((member) => (isGroup(member) ? isComplete(member) : isAnswered(member)));
}

function isAnswered({ value, field, key }: Test): boolean {
  return !(Array.isArray(value) && value.length === 0) && (field !== 'field' || (key ?? '') !== '');
}

/** Whether what it shows may be done already: it has no waits and deadlines to be sorted by. */
export function asksForDone({ members }: Group): boolean {
  return members.some((member) =>
    isGroup(member)
      ? asksForDone(member)
      : member.field === 'state' &&
        ['solved', 'closed'].some((state) => (member.value as string[]).includes(state) === (member.op === 'is')),
  );
}

type Written = ViewFilter | { all: ViewTest[] } | { any: ViewTest[] };

export function toGroup(filter: Written): Group {
  const [kind, members] = 'all' in filter ? (['all', filter.all] as const) : (['any', filter.any] as const);
  return { kind, members: members.map((member) => ('field' in member ? { ...member } : toGroup(member))) };
}

export function fromGroup({ kind, members }: Group): ViewFilter {
  const written = members.map((member) => (isGroup(member) ? fromGroup(member) : member));
  return { [kind]: written } as unknown as ViewFilter;
}

/** Words with commas between them, of whichever alphabet. */
export function readWords(typed: string): string[] {
  return [...new Set(typed.split(/[,،\n]/u).map((word) => word.trim()))].filter((word) => word !== '');
}
