import type { InboundCall } from '../../message.js';
import { callOfRows, groupCdrRows } from './cdr-call.js';
import type { CdrFault, CdrRecord, CdrTerms } from './cdr-terms.js';
import { isCdrFault, readCdrRecord, type CdrLine } from './read-cdr-lines.js';
import { readCdrRow, type CdrRow } from './read-cdr-row.js';

/** What some lines tell. Rows are records that can be read, calls what they are together. */
export interface CdrReading {
  rows: number;
  calls: InboundCall[];
  /** Calls between two of ours: no customer took part. */
  internal: number;
  faults: CdrFault[];
  /** Whether a row tells of a call that nobody answered. */
  hasUnanswered: boolean;
}

/** Lines of a file as calls. */
export function readCdrCalls(lines: readonly CdrLine[], terms: CdrTerms): CdrReading {
  return readRecords(
    lines.map((line) => readCdrRecord(line, terms)).filter((read) => read !== null),
    terms,
  );
}

/** The same for records that come from elsewhere. */
export function readRecords(read: readonly (CdrRecord | CdrFault)[], terms: CdrTerms): CdrReading {
  const all = read.map((one) => (isCdrFault(one) ? one : readCdrRow(one, terms)));
  const faults = all.filter((one): one is CdrFault => 'code' in one);
  const rows = all.filter((one): one is CdrRow => !('code' in one));
  const calls = groupCdrRows(rows).map((group) => callOfRows(group, terms));
  return {
    rows: rows.length,
    calls: calls.filter((call) => call !== null),
    internal: calls.filter((call) => call === null).length,
    faults,
    hasUnanswered: rows.some(({ answer }) => answer === null),
  };
}
