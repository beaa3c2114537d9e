import type { ReportBy, ReportCompare, ReportName } from '#contract';
import type { ReportQuestion } from '../../api/reports.js';
import type { ReaderPlace } from '../../ui/dates/use-reader-place.js';
import { isPreset, rangeOf, type Preset, type Range } from './range.js';

/** What is asked, as it stands in the address: whoever is sent it sees the same. */
export interface ReportSearch {
  /** A range that moves with the days, or `own` with its two ends. */
  range?: Preset | 'own' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  by?: ReportBy | undefined;
  compare?: ReportCompare | undefined;
  queues?: string[] | undefined;
  channels?: string[] | undefined;
  agents?: string[] | undefined;
  tags?: string[] | undefined;
  /** The number that the chart is of. */
  column?: string | undefined;
  view?: 'chart' | 'table' | undefined;
  /** Whose number is looked behind; none: that of the whole. */
  row?: string | undefined;
  behind?: string | undefined;
}

export const filterNames = ['queues', 'channels', 'agents', 'tags'] as const;
export type FilterName = (typeof filterNames)[number];

export const timeBys = ['hour', 'day', 'week', 'month'] as const satisfies readonly ReportBy[];

const ofTickets: readonly ReportBy[] = ['queue', 'channel', 'agent', 'tag'];

/** What each report is cut by at first, and what else it can be cut by beside the time. */
export const reportParts: Record<ReportName, { by: ReportBy; dimensions: readonly ReportBy[] }> = {
  volume: { by: 'day', dimensions: ofTickets },
  times: { by: 'day', dimensions: ofTickets },
  promises: { by: 'day', dimensions: ofTickets },
  backlog: { by: 'day', dimensions: ofTickets },
  agents: { by: 'agent', dimensions: ofTickets },
  queues: { by: 'queue', dimensions: ofTickets },
  channels: { by: 'channel', dimensions: ofTickets },
  tags: { by: 'tag', dimensions: ofTickets },
  surveys: { by: 'survey', dimensions: ['survey', ...ofTickets] },
  rules: { by: 'rule', dimensions: ['rule', ...ofTickets] },
  bots: { by: 'bot', dimensions: ['bot', 'queue', 'channel'] },
  campaigns: { by: 'campaign', dimensions: ['campaign', 'queue', 'channel'] },
};

export const reportNames = Object.keys(reportParts) as ReportName[];

export function isReport(name: string): name is ReportName {
  return Object.hasOwn(reportParts, name);
}

/** Hours are told one by one for two months at most. */
export const mostDaysByHour = 62;

const comparisons: readonly string[] = ['none', 'previous', 'year'] satisfies ReportCompare[];
const allBys: readonly string[] = [...timeBys, ...ofTickets, 'survey', 'rule', 'bot', 'campaign'] satisfies ReportBy[];

/** Reads an address; what it cannot mean is left out. */
export function readSearch(asked: Record<string, unknown>): ReportSearch {
  const range = word(asked['range']);
  return {
    range: range !== undefined && (range === 'own' || isPreset(range)) ? range : undefined,
    from: day(asked['from']),
    to: day(asked['to']),
    by: oneOf<ReportBy>(asked['by'], allBys),
    compare: oneOf<ReportCompare>(asked['compare'], comparisons),
    queues: words(asked['queues']),
    channels: words(asked['channels']),
    agents: words(asked['agents']),
    tags: words(asked['tags']),
    column: word(asked['column']),
    view: oneOf<'chart' | 'table'>(asked['view'], ['chart', 'table']),
    row: word(asked['row']) ?? (asked['row'] === '' ? '' : undefined),
    behind: word(asked['behind']),
  };
}

/** What is kept from one report to another, and for the next time: the range, the comparison and the filters. */
export function keptOf({ range, from, to, compare, queues, channels, agents, tags }: ReportSearch): ReportSearch {
  return { range, from, to, compare, queues, channels, agents, tags };
}

/** The days that an address means; of two ends that are none, the usual ones. */
export function daysOf({ range = 'last30', from, to }: ReportSearch, { today, calendar }: ReaderPlace): Range {
  if (range !== 'own') {
    return rangeOf(range, today, calendar);
  }
  const isRange = from !== undefined && to !== undefined && from <= to;
  return isRange ? { from, to } : rangeOf('last30', today, calendar);
}

/** The question that an address asks, at this reader's place and by their calendar. */
export function questionOf(report: ReportName, search: ReportSearch, place: ReaderPlace): ReportQuestion {
  const days = daysOf(search, place);
  const { compare = 'none', queues = [], channels = [], agents = [], tags = [] } = search;
  return {
    report,
    ...days,
    zone: place.zone,
    by: byOf(report, search.by, days),
    calendar: place.calendar,
    compare,
    queue: queues,
    channel: channels,
    agent: agents,
    tag: tags,
  };
}

function byOf(report: ReportName, wanted: ReportBy | undefined, { from, to }: Range): ReportBy {
  const { by: usual, dimensions } = reportParts[report];
  if (wanted === 'hour' && daysBetween(from, to) > mostDaysByHour) {
    return 'day';
  }
  const isKnown = wanted !== undefined && [...timeBys, ...dimensions].includes(wanted);
  return isKnown ? wanted : usual;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

function word(value: unknown): string | undefined {
  // An address that looks like a number is read as one.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function words(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const found = list.flatMap((one) => word(one) ?? []);
  return found.length > 0 ? found : undefined;
}

function day(value: unknown): string | undefined {
  const text = word(value);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text : undefined;
}

function oneOf<Choice extends string>(value: unknown, choices: readonly string[]): Choice | undefined {
  return typeof value === 'string' && choices.includes(value) ? (value as Choice) : undefined;
}
