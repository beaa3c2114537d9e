import type { ViewFilter, ViewSort } from '#tickets';

export interface ViewDefinition {
  filter: ViewFilter;
  sort: ViewSort;
}

/** Views that everybody has and that are asked for like saved ones. */
export const fixedViews = {
  /** A customer has the last word. */
  waiting: { filter: { all: [{ field: 'waiting', op: 'at_least', minutes: 0 }] }, sort: 'waiting' },
  /** A promise is broken, or about to be. */
  overdue: { filter: { all: [{ field: 'sla', op: 'is', value: ['breached', 'at_risk'] }] }, sort: 'deadline' },
} satisfies Record<string, ViewDefinition>;

export type FixedView = keyof typeof fixedViews;

/** Every list that says how many are in it, besides those that are saved. */
export const countedViews: Record<string, ViewFilter> = {
  mine: { all: [{ field: 'assignee', op: 'is', value: ['me'] }] },
  unassigned: { all: [{ field: 'assignee', op: 'is', value: ['nobody'] }] },
  open: { all: [] },
  waiting: fixedViews.waiting.filter,
  overdue: fixedViews.overdue.filter,
  snoozed: { all: [{ field: 'snoozed', op: 'is', value: true }] },
};

export function isFixedView(name: string): name is FixedView {
  return Object.hasOwn(fixedViews, name);
}
