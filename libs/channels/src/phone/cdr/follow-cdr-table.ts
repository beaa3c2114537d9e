import { createHash } from 'node:crypto';
import type { InboundCall } from '../../message.js';
import { callKeyOf } from './cdr-call.js';
import type { CdrTableSettings } from './cdr-settings.js';
import { defaultInContexts, defaultOutContexts, type CdrRecord, type CdrTerms } from './cdr-terms.js';
import { readRecords } from './read-cdr-calls.js';
import { namedRecord } from './read-cdr-lines.js';
import { readCdrRow } from './read-cdr-row.js';

/** How far a table is read: the time of its last record, on the exchange's clock, and marks of the records that are known near it. */
export interface CdrTableCursor {
  at: string;
  seen: string[];
}

/** A row of a table as text; `peyk_at` is when its call began, on the exchange's clock: `YYYY-MM-DD HH:MM:SS`. */
export type CdrTableRow = Record<string, unknown> & { peyk_at: string };

/** Asks for so many records that began at `$1` or later, oldest first. Names were checked by the settings' schema. */
export function cdrQuery({ engine, table, timeColumn }: CdrTableSettings, limit: number): string {
  return engine === 'mysql'
    ? `select t.*, date_format(t.\`${timeColumn}\`, '%Y-%m-%d %H:%i:%s') as peyk_at from \`${table}\` t where t.\`${timeColumn}\` >= ? order by t.\`${timeColumn}\` limit ${String(limit)}`
    : `select t.*, to_char(t."${timeColumn}", 'YYYY-MM-DD HH24:MI:SS') as peyk_at from "${table}" t where t."${timeColumn}" >= $1::timestamp order by t."${timeColumn}" limit ${String(limit)}`;
}

/** Where a look begins: so long before the last record, because records are written when calls end. */
export function cdrSince(cursor: CdrTableCursor | null, now: string, { overlapMinutes }: CdrTableSettings): string {
  return moved(earlier(cursor?.at ?? now, now), -overlapMinutes * 60_000);
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** A time of the exchange's clock by so many milliseconds later; clocks that are changed meanwhile move the look's beginning and nothing else. */
function moved(at: string, ms: number): string {
  return new Date(Date.parse(`${at.replace(' ', 'T')}Z`) + ms).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * What a look found: the calls that some new row is of, whole, and how far the table is read now. `rows` are all that the look saw, so that
 * a late row of a call is read beside its others. `now` is on the exchange's clock: a record that an exchange wrote while its clock was
 * wrong, of a day to come, must not move the reading past all that follow.
 */
export function followCdrTable(
  rows: readonly CdrTableRow[],
  cursor: CdrTableCursor | null,
  settings: CdrTableSettings,
  { defaultCountry, now }: { defaultCountry: string; now: string },
): { calls: InboundCall[]; cursor: CdrTableCursor | null; faults: number } {
  const terms = termsOf(settings, defaultCountry);
  const seen = new Set(cursor?.seen);
  const fresh = rows.filter((row) => !seen.has(markOf(row))).map(recordOf);
  const keys = new Set(
    fresh.flatMap((record) => {
      const row = readCdrRow(record, terms);
      return 'code' in row ? [] : [callKeyOf(row)];
    }),
  );
  const reading = readRecords(rows.map(recordOf), terms);
  return {
    calls: reading.calls.filter(({ callId }) => keys.has(callId)),
    cursor: cursorOf(rows, cursor, settings, now),
    faults: reading.faults.length,
  };
}

function cursorOf(
  rows: readonly CdrTableRow[],
  before: CdrTableCursor | null,
  settings: CdrTableSettings,
  now: string,
): CdrTableCursor | null {
  const last = rows.reduce((latest, row) => (row.peyk_at > latest ? row.peyk_at : latest), before?.at ?? '');
  if (last === '') {
    return null;
  }
  const at = earlier(last, now);
  const from = moved(at, -settings.overlapMinutes * 60_000);
  return { at, seen: [...new Set(rows.filter((row) => row.peyk_at >= from).map(markOf))] };
}

function recordOf(row: CdrTableRow): CdrRecord {
  return { ...namedRecord(row), start: row.peyk_at, line: 0, raw: JSON.stringify(row) };
}

function markOf(row: CdrTableRow): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 12);
}

function termsOf(settings: CdrTableSettings, defaultCountry: string): CdrTerms {
  return {
    preset: 'json',
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: false,
    columns: [],
    timeZone: settings.timeZone,
    calendar: 'gregorian',
    defaultCountry,
    inContexts: settings.inContexts ?? defaultInContexts,
    outContexts: settings.outContexts ?? defaultOutContexts,
  };
}
