import type { CallDetails, CallLeg, CallRecordingRef, CallSource } from '../message.js';
import { fuller, greatest, highest, least } from './grow-call-order.js';

type PathStep = NonNullable<CallDetails['path']>[number];

/**
 * Whose word a call is known by when several told of it: whoever held the line, then who watched the exchange at work, then what the
 * exchange reports, then its records, and last what somebody wrote down.
 */
const sourceRank: Record<CallSource, number> = { manual: 0, cdr: 1, cti: 2, ami: 3, agi: 4, jambonz: 5, twilio: 6 };

/** How a leg's id begins that is known from the records of an exchange only. Such legs are left out once anybody told of them live. */
export const recordedLeg = 'cdr ';

const legRank: Record<NonNullable<CallLeg['outcome']>, number> = {
  ringing: 0,
  cancelled: 1,
  no_answer: 2,
  failed: 3,
  busy: 4,
  answered: 5,
};

const wordFields = ['line', 'queue', 'cause', 'transcript', 'disposition'] as const;

/**
 * What two reports of a call tell together, in any order; undefined where neither tells anything.
 *
 * Legs and recordings are joined by id, steps of the path by node and instant, and each of their fields grows. Of words the fuller ones
 * stay, of waits the longer one.
 */
export function joinDetails(a: CallDetails | undefined, b: CallDetails | undefined): CallDetails | undefined {
  const told = [a ?? {}, b ?? {}];
  const [one, other] = told as [CallDetails, CallDetails];
  const joined: CallDetails = {
    ...joinWords(one, other),
    ...some('source', highest(one.source ?? null, other.source ?? null, sourceRank)),
    ...some('waitSeconds', greatest(one.waitSeconds ?? null, other.waitSeconds ?? null)),
    ...some('legs', filled(joinLegs(told.flatMap(({ legs = [] }) => legs)))),
    ...some('recordings', filled(joinRecordings(told.flatMap(({ recordings = [] }) => recordings)))),
    ...some('path', filled(joinPath(told.flatMap(({ path = [] }) => path)))),
  };
  return Object.keys(joined).length === 0 ? undefined : joined;
}

function joinWords(a: CallDetails, b: CallDetails): CallDetails {
  const words = wordFields.map((field) => [field, fuller(a[field] ?? '', b[field] ?? '')] as const);
  return Object.fromEntries(words.filter(([, value]) => value !== ''));
}

function joinLegs(legs: CallLeg[]): CallLeg[] {
  const joined = joinBy(legs, ({ id }) => id, joinLeg);
  const live = joined.filter(({ id }) => !id.startsWith(recordedLeg));
  // Legs that nobody knows the beginning of come last.
  const orderOf = ({ startedAt, id }: CallLeg) => `${startedAt ?? '~'} ${id}`;
  return sorted(live.length > 0 ? live : joined, orderOf);
}

function joinLeg(a: CallLeg, b: CallLeg): CallLeg {
  return {
    id: a.id,
    to: fuller(a.to, b.to),
    agentId: least(a.agentId, b.agentId),
    startedAt: least(a.startedAt, b.startedAt),
    answeredAt: least(a.answeredAt, b.answeredAt),
    endedAt: greatest(a.endedAt, b.endedAt),
    outcome: highest(a.outcome, b.outcome, legRank),
  };
}

function joinRecordings(recordings: CallRecordingRef[]): CallRecordingRef[] {
  const joined = joinBy(
    recordings,
    ({ id }) => id,
    (a, b) => ({ id: a.id, url: fuller(a.url, b.url), seconds: greatest(a.seconds, b.seconds) }),
  );
  return sorted(joined, ({ id }) => id);
}

function joinPath(steps: PathStep[]): PathStep[] {
  const orderOf = ({ node, at }: PathStep) => `${at} ${node}`;
  const joined = joinBy(steps, orderOf, (a, b) => {
    const heard = fuller(a.heard ?? '', b.heard ?? '');
    return { node: a.node, at: a.at, ...some('heard', heard === '' ? null : heard) };
  });
  return sorted(joined, orderOf);
}

/** One for each key; every one passes through `join`, so that a lone one has the form that it would have beside its like. */
function joinBy<One>(all: readonly One[], keyOf: (one: One) => string, join: (a: One, b: One) => One): One[] {
  const byKey = new Map<string, One>();
  for (const one of all) {
    const key = keyOf(one);
    byKey.set(key, join(byKey.get(key) ?? one, one));
  }
  return [...byKey.values()];
}

/** By code units, as databases and other nodes would sort them too. */
function sorted<One>(all: One[], orderOf: (one: One) => string): One[] {
  return all.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function filled<One>(all: One[]): One[] | null {
  return all.length === 0 ? null : all;
}

/** The field, where there is something to put into it. */
function some<Name extends string, Value>(name: Name, value: Value | null): Partial<Record<Name, Value>> {
  return value === null ? {} : ({ [name]: value } as Record<Name, Value>);
}
