import { createHash } from 'node:crypto';
import type { CallDetails, CallLeg, CallOutcome, InboundCall } from '../../message.js';
import { callParty } from '../call-party.js';
import { recordedLeg } from '../grow-call-details.js';
import type { CdrRow } from './read-cdr-row.js';

const longestId = 200;

/** Which call a row is of: by the exchange's id of the whole call, else of its first channel, else by when it began and who called. */
export function callKeyOf({ record, start }: CdrRow): string {
  const told = record.linkedid || record.uniqueid;
  if (told !== '') {
    // Exchanges take 150 signs at most; what is longer stands in the wrong column, and would be too long to look calls up by.
    return told.length <= longestId ? told : `cdr-${hashOf([told])}`;
  }
  const from = record.cnum || record.src;
  return `cdr-${hashOf([start.toISOString(), from, from === '' ? record.dst : ''])}`;
}

/** Rows by the call that they are of, in the order of their first ones. */
export function groupCdrRows(rows: readonly CdrRow[]): CdrRow[][] {
  return [...Map.groupBy(rows, callKeyOf).values()];
}

/**
 * The rows of one call as the call; null for one between two of ours, which concerns no customer.
 *
 * A call has a row for each telephone that it rang. The same rows give the same event in any order, so records that are read again are
 * known.
 */
export function callOfRows(unordered: readonly CdrRow[], where: { defaultCountry: string }): InboundCall | null {
  const rows = unordered.toSorted(byTime);
  const lead = rows.find(({ direction }) => direction !== 'internal');
  if (!lead || lead.direction === 'internal') {
    return null;
  }
  const callId = callKeyOf(lead);
  const talks = rows.filter(({ isTalk }) => isTalk);
  const answeredAt = earliest(talks.flatMap(({ answer }) => answer ?? []));
  const { direction, record } = lead;
  const number = direction === 'in' ? record.cnum || record.src || numberIn(record.clid) : record.dst;
  const name = direction === 'in' ? record.cnam || nameIn(record.clid) : record.dst_cnam;
  return {
    type: 'call',
    externalId: `cdr ${callId} ${hashOf(rows.map((row) => row.record.raw).toSorted())}`,
    raw: Buffer.from(rows.map((row) => row.record.raw).join('\n')),
    callId,
    order: 3,
    party: callParty(number, callId, { ...where, name }),
    direction,
    state: 'ended',
    outcome: outcomeOf(rows, direction),
    startedAt: earliest(rows.map(({ start }) => start)),
    answeredAt,
    endedAt: latest(rows.map(({ end }) => end)),
    durationSeconds: answeredAt === null ? 0 : secondsBetween(answeredAt, latest(talks.map(({ end }) => end))),
    recordingUrl: null,
    note: '',
    details: detailsOf(rows, lead, answeredAt),
  };
}

function byTime(a: CdrRow, b: CdrRow): number {
  const order = a.start.getTime() - b.start.getTime();
  return order === 0 ? (keyOf(a) < keyOf(b) ? -1 : 1) : order;
}

function keyOf({ record }: CdrRow): string {
  return `${record.sequence.padStart(12, '0')} ${record.raw}`;
}

const outcomes: [RegExp, CallOutcome][] = [
  [/busy|مشغول/iu, 'busy'],
  [/fail|congestion|ناموفق/iu, 'failed'],
];

/** Nobody answered where only a menu, a queue or a mailbox did. */
function outcomeOf(rows: readonly CdrRow[], direction: 'in' | 'out'): CallOutcome {
  if (rows.some(({ isTalk }) => isTalk)) {
    return 'answered';
  }
  if (rows.some(({ record, answer }) => answer !== null && /^voicemail/iu.test(record.lastapp))) {
    return 'voicemail';
  }
  if (rows.some(({ answer }) => answer !== null)) {
    return direction === 'in' ? 'abandoned' : 'cancelled';
  }
  const last = rows.at(-1)?.record.disposition ?? '';
  return outcomes.find(([words]) => words.test(last))?.[1] ?? 'missed';
}

function detailsOf(rows: readonly CdrRow[], lead: CdrRow, answeredAt: Date | null): CallDetails {
  const start = earliest(rows.map((row) => row.start)) ?? lead.start;
  const end = latest(rows.map((row) => row.end));
  const words = { line: lineOf(lead), queue: queueOf(rows), cause: rows.at(-1)?.record.disposition ?? '' };
  const lists = { legs: legsOf(rows, lead), recordings: recordingsOf(rows) };
  return {
    source: 'cdr',
    waitSeconds: secondsBetween(start, answeredAt ?? end),
    ...Object.fromEntries(Object.entries({ ...words, ...lists }).filter(([, value]) => value.length > 0)),
  };
}

function lineOf({ record, direction }: CdrRow): string {
  return direction === 'in' ? record.did : record.outbound_cnum;
}

function queueOf(rows: readonly CdrRow[]): string {
  const told = rows.find(({ record }) => record.queue !== '' || /^queue$/iu.test(record.lastapp))?.record;
  if (told) {
    return told.queue || (told.lastdata.split(',')[0] ?? '');
  }
  return rows.find(({ record }) => record.dcontext === 'ext-queues')?.record.dst ?? '';
}

/** A leg for each telephone of ours. What the exchange only joins channels by (`Local/`) counts where there is nothing else. */
function legsOf(rows: readonly CdrRow[], lead: CdrRow): CallLeg[] {
  const ours = lead.direction === 'in' ? 'dstchannel' : 'channel';
  const known = rows.filter(({ record }) => record[ours] !== '' || extensionOf(record[ours], record.dst) !== '');
  const real = known.filter(({ record }) => !record[ours].startsWith('Local/'));
  return (real.length > 0 ? real : known).map(({ record, start, answer, end, isTalk }) => ({
    id: `${recordedLeg}${record[ours] || `${record.uniqueid} ${record.dst}`}`,
    to: extensionOf(record[ours], lead.direction === 'in' ? record.dst : record.src),
    agentId: null,
    startedAt: start.toISOString(),
    answeredAt: isTalk ? (answer?.toISOString() ?? null) : null,
    endedAt: end.toISOString(),
    outcome: legOutcomeOf(record.disposition, isTalk),
  }));
}

function legOutcomeOf(disposition: string, isTalk: boolean): CallLeg['outcome'] {
  if (isTalk) {
    return 'answered';
  }
  return /busy/iu.test(disposition) ? 'busy' : /fail|congestion/iu.test(disposition) ? 'failed' : 'no_answer';
}

/** `PJSIP/101-00000a3b` is extension 101; a trunk's channel names no extension, and what was dialled counts. */
function extensionOf(channel: string, dialled: string): string {
  const [, named = ''] = /^[\w]+\/(\d{2,8})(?:[-@]|$)/u.exec(channel) ?? [];
  return named || (/^\d{2,8}$/u.test(dialled) ? dialled : '');
}

/** Only what can be fetched: most exchanges write the name of a file that lies on their own disk. */
function recordingsOf(rows: readonly CdrRow[]): NonNullable<CallDetails['recordings']> {
  const files = rows.flatMap(({ record }) => record.recordingfile.split('@')).map((file) => file.trim());

  return (
    [...new Set(files)]
      .filter((file) => /^https?:\/\//iu.test(file))
      // Readers see the id, and nobody is to see the address.
      .map((file) => ({ id: hashOf([file]), url: file, seconds: null }))
  );
}

/** Of `"Sara" <0912…>`. */
function numberIn(clid: string): string {
  return /<([^>]*)>/u.exec(clid)?.[1] ?? '';
}

function nameIn(clid: string): string {
  const name = (/^"?([^"<]*)"?\s*</u.exec(clid)?.[1] ?? '').trim();
  // Exchanges write the number for a name where they know none.
  return /^[+\d\s()-]*$/u.test(name) ? '' : name;
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.min(...dates.map(Number)));
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map(Number)));
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
}
