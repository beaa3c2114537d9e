import { readMark, type Arrived, type ChannelName, type History, type TimelineRow } from './history.js';

/** All promises, for reports. */
export const rules = [
  'lost',
  'stored twice',
  'never said',
  'shown twice',
  'not shown',
  'out of order',
  'seq gap',
  'seq reused',
  'reply lost',
  'duplicate at the customer',
  'out of order at the customer',
  'arrived without a row',
  'marked but never sent',
  'doubt hidden',
  'stuck',
  'not delivered',
  'call unfinished',
] as const;

export type Rule = (typeof rules)[number];

export interface Fault {
  rule: Rule;
  detail: string;
}

type Check = (history: History) => Fault[];

/** What providers of these cannot tell apart: a second copy is a second message. */
const blind: ReadonlySet<ChannelName> = new Set(['sms', 'telegram']);

/** States that say a reply has left. */
const left: ReadonlySet<string> = new Set(['sent', 'delivered', 'read']);

/** Every promise that the history breaks. Pure: the same history always gives the same faults. */
export function checkHistory(history: History): Fault[] {
  return checks.flatMap((check) => check(history));
}

const checks: Check[] = [
  lostMessages,
  rowsOfMarks,
  shownToTheAgent,
  orderInTimelines,
  seqsOfConversations,
  copiesAtCustomers,
  orderAtCustomers,
  truthOfStates,
  hiddenDoubts,
  unfinishedWork,
];

/** Whatever was acknowledged, to a provider or to an agent, is in a timeline. */
function lostMessages({ said, replied, rows }: History): Fault[] {
  const stored = new Set(rows.map(({ mark }) => mark));
  const gone = <T extends { mark: string; outcome: string }>(list: T[]) =>
    list.filter(({ mark, outcome }) => outcome === 'ok' && !stored.has(mark)).map(({ mark }) => mark);
  return [
    ...gone(said).map((mark): Fault => ({ rule: 'lost', detail: `${mark} was acknowledged and is in no timeline` })),
    ...gone(replied).map((mark): Fault => ({
      rule: 'reply lost',
      detail: `${mark} was acknowledged and is in no timeline`,
    })),
  ];
}

/** A mark is one row, and a row's mark was really said. */
function rowsOfMarks({ said, replied, rows }: History): Fault[] {
  const known = new Set([...said, ...replied].map(({ mark }) => mark));
  const marked = rows.filter(({ mark }) => mark !== null);
  const byMark = Map.groupBy(marked, ({ mark }) => mark as string);
  return [...byMark].flatMap(([mark, found]): Fault[] => [
    ...(found.length > 1 ? [{ rule: 'stored twice' as const, detail: `${mark} is in ${places(found)}` }] : []),
    ...(known.has(mark) ? [] : [{ rule: 'never said' as const, detail: `${mark} is in ${places(found)}` }]),
  ]);
}

/** The agent sees each message once, at one place, and in the end everything that there is. */
function shownToTheAgent({ shown, rows }: History): Fault[] {
  const marked = shown.filter(({ mark }) => mark !== null);
  const twice = [...Map.groupBy(marked, ({ mark }) => mark)].filter(
    ([, list]) => new Set(list.map(({ id }) => id)).size > 1,
  );
  const samePlace = [...Map.groupBy(shown, placeOf)].filter(([, list]) => new Set(list.map(({ id }) => id)).size > 1);
  const seen = new Set(shown.map(({ id }) => id));
  return [
    ...twice.map(([mark]): Fault => ({ rule: 'shown twice', detail: `${String(mark)} was shown as two messages` })),
    ...samePlace.map(([place]): Fault => ({ rule: 'seq reused', detail: `two messages were shown as ${place}` })),
    ...rows
      .filter(({ id }) => !seen.has(id))
      .map((row): Fault => ({
        rule: 'not shown',
        detail: `${row.mark ?? row.kind} at ${placeOf(row)} never reached the agent`,
      })),
  ];
}

/** What one customer said stands in the order in which they said it, and so do the replies to them. */
function orderInTimelines({ rows }: History): Fault[] {
  const lines = Map.groupBy(
    rows.filter(({ mark }) => mark !== null).toSorted((a, b) => a.seq - b.seq),
    ({ conversation, mark }) => `${conversation} ${(mark as string).split('/', 2).join('/')}`,
  );
  return [...lines.values()].flatMap((line) => inversions(line, ({ mark }) => mark as string, 'out of order'));
}

/** Seqs are gap-free and belong to one message each. */
function seqsOfConversations({ rows }: History): Fault[] {
  return [...Map.groupBy(rows, ({ conversation }) => conversation)].flatMap(([conversation, list]) => {
    const seqs = new Set(list.map(({ seq }) => seq));
    const last = Math.max(...seqs);
    const reused = [...Map.groupBy(list, ({ seq }) => seq)].filter(([, same]) => same.length > 1);
    return [
      ...reused.map(([seq]): Fault => ({
        rule: 'seq reused',
        detail: `two messages are ${conversation}/${String(seq)}`,
      })),
      ...(seqs.size === last
        ? []
        : [{ rule: 'seq gap' as const, detail: `${conversation} has ${String(seqs.size)} of ${String(last)} seqs` }]),
    ];
  });
}

/** A reply is one message at the customer, and one that the hub knows of. */
function copiesAtCustomers({ arrived, rows }: History): Fault[] {
  const stored = new Set(rows.map(({ mark }) => mark));
  return [...Map.groupBy(arrived, ({ mark }) => mark)].flatMap(([mark, copies]): Fault[] => {
    const distinct = new Set(copies.map(({ key }) => key)).size;
    return [
      ...(distinct > 1
        ? [{ rule: 'duplicate at the customer' as const, detail: `${mark} arrived as ${String(distinct)} messages` }]
        : []),
      ...(stored.has(mark)
        ? []
        : [{ rule: 'arrived without a row' as const, detail: `${mark} reached its customer and is in no timeline` }]),
    ];
  });
}

/** Replies of one line arrive in the order in which they were written; of repeats the first copy counts. */
function orderAtCustomers({ arrived }: History): Fault[] {
  const lines = Map.groupBy(firstCopies(arrived), ({ customer }) => customer);
  return [...lines.values()].flatMap((line) => inversions(line, ({ mark }) => mark, 'out of order at the customer'));
}

/** "Sent" means that it arrived; nothing that failed or was put aside had a reason to. */
function truthOfStates({ rows, arrived }: History): Fault[] {
  const there = new Set(arrived.map(({ mark }) => mark));
  const out = rows.filter(({ direction, mark }) => direction === 'out' && mark !== null);
  return out.flatMap((row): Fault[] => {
    const detail = `${String(row.mark)} is ${String(row.delivery)} at ${placeOf(row)}`;
    if (left.has(row.delivery ?? '') && !there.has(row.mark as string)) {
      return [{ rule: 'marked but never sent', detail }];
    }
    return row.delivery === 'failed' || row.delivery === 'parked' ? [{ rule: 'not delivered', detail }] : [];
  });
}

/**
 * Where a repeat would be a second message, a send in doubt is `unconfirmed`: never tried again, never called sent, unless the provider
 * had it before the hub died and its books say so. What could not be read for its first attempt had not left, and is tried again.
 */
function hiddenDoubts({ deliveries, doubtful, taken, rows }: History): Fault[] {
  const ended = new Set(
    deliveries.flatMap(({ mark, reason }) =>
      mark !== null && reason === 'interrupted' && taken.includes(mark) ? [mark] : [],
    ),
  );
  const again = deliveries.filter(
    ({ mark, channel, state, attempts, reason }) =>
      blind.has(channel) && state === 'sent' && attempts > 1 && reason !== 'not_prepared' && !ended.has(mark ?? ''),
  );
  const states = new Map(rows.map((row) => [row.mark, row.delivery]));
  return [
    ...again.map(({ mark, attempts }): Fault => ({
      rule: 'doubt hidden',
      detail: `${String(mark)} was sent in attempt ${String(attempts)}`,
    })),
    ...doubtful
      .filter((mark) => states.has(mark) && states.get(mark) !== 'unconfirmed' && !ended.has(mark))
      .map((mark): Fault => ({
        rule: 'doubt hidden',
        detail: `${mark} was being sent when the hub died and is ${String(states.get(mark))}`,
      })),
  ];
}

/** At the end nothing is on its way any more. */
function unfinishedWork({ rows, deliveries }: History): Fault[] {
  return [
    ...rows
      .filter(({ delivery }) => delivery === 'queued')
      .map((row): Fault => ({ rule: 'stuck', detail: `${row.mark ?? row.id} is still queued` })),
    ...deliveries
      .filter(({ state }) => state === 'queued' || state === 'sending')
      .map(({ mark, state }): Fault => ({
        rule: 'stuck',
        detail: `the delivery of ${String(mark)} is still ${state}`,
      })),
    ...rows
      .filter(({ callState }) => callState !== null && callState !== 'ended')
      .map((row): Fault => ({
        rule: 'call unfinished',
        detail: `${String(row.mark)} is still ${String(row.callState)}`,
      })),
  ];
}

function inversions<T>(line: T[], markOf: (one: T) => string, rule: Rule): Fault[] {
  let highest = 0;
  return line.flatMap((one) => {
    const { n } = readMark(markOf(one));
    const isLate = n < highest;
    highest = Math.max(highest, n);
    return isLate ? [{ rule, detail: `${markOf(one)} comes after number ${String(highest)}` }] : [];
  });
}

function firstCopies(arrived: Arrived[]): Arrived[] {
  const seen = new Set<string>();
  return arrived.filter(({ mark }) => !seen.has(mark) && seen.add(mark));
}

function placeOf({ conversation, seq }: { conversation: string; seq: number }): string {
  return `${conversation}/${String(seq)}`;
}

function places(rows: TimelineRow[]): string {
  return rows.map(placeOf).join(' and ');
}
