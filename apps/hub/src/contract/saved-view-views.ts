import type { ChannelKind, ListRow, TicketState } from './views.js';

/** One question of a saved view about a ticket. `me` is whoever reads the view. */
export type ViewTest =
  | { field: 'state'; op: 'is' | 'is_not'; value: TicketState[] }
  | { field: 'queue'; op: 'is' | 'is_not'; value: string[] }
  /** 'me', 'nobody', or ids of agents. */
  | { field: 'assignee'; op: 'is' | 'is_not'; value: string[] }
  /** Over what its customer last wrote about it. */
  | { field: 'channel'; op: 'is' | 'is_not'; value: ChannelKind[] }
  | { field: 'tag'; op: 'has_any' | 'has_all' | 'has_none'; value: string[] }
  | { field: 'priority' | 'tier'; op: 'is' | 'at_least' | 'at_most'; value: number }
  /** Its customer has had the last word for so long. */
  | { field: 'waiting'; op: 'at_least'; minutes: number }
  /** 'at_risk': a promise comes due within a quarter of an hour; 'breached': one is overdue. */
  | { field: 'sla'; op: 'is'; value: ('at_risk' | 'breached')[] }
  | { field: 'unread' | 'snoozed'; op: 'is'; value: boolean }
  | { field: 'created'; op: 'within' | 'before'; days: number }
  | { field: 'language'; op: 'is' | 'is_not'; value: string[] }
  /** A field of the ticket, by its key. */
  | { field: 'field'; key: string; op: 'is' | 'is_not'; value: (string | number | boolean)[] }
  | { field: 'field'; key: string; op: 'at_least' | 'at_most'; value: number }
  | { field: 'field'; key: string; op: 'is_empty' };

export type ViewGroup = { all: ViewTest[] } | { any: ViewTest[] };

/**
 * What a view shows: tickets of which all, or any, holds; groups stand one deep. A view that asks nothing about states shows what is not
 * done, and one that asks nothing about sleep shows what is awake.
 */
export type ViewFilter = { all: (ViewTest | ViewGroup)[] } | { any: (ViewTest | ViewGroup)[] };

/** All but `newest` are for views of tickets that are not done. */
export type ViewSort = 'newest' | 'waiting' | 'priority' | 'deadline';

export interface SavedView {
  id: string;
  name: string;
  filter: ViewFilter;
  sort: ViewSort;
  /** 'me', 'everyone', or the queues whose agents see it. */
  sharedWith: 'me' | 'everyone' | string[];
  owner: { id: string; name: string };
  /** Its reader may change and remove it. */
  mayChange: boolean;
  position: number;
  version: number;
}

/** How many tickets a view shows: as many as were counted, and whether there may be more. */
export interface ViewCount {
  count: number;
  isMore: boolean;
}

/** Counts of an agent's lists, by what they stand under in the address: a fixed view, `v-` and a saved view, `q-` and a queue. */
export type ViewCounts = Record<string, ViewCount>;

/** What a filter that is being written would show. */
export interface ViewPreview extends ViewCount {
  rows: ListRow[];
}
