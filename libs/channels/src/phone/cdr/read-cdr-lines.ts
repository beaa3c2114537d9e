import { storableText } from '../../storable-text.js';
import type { CdrColumn } from './cdr-columns.js';
import { cdrColumns, columnOf } from './cdr-columns.js';
import type { CdrFault, CdrFaultCode, CdrRecord, CdrTerms } from './cdr-terms.js';

/** A line of a file, from 1, without its ending. */
export interface CdrLine {
  line: number;
  text: string;
}

/** A record takes a few hundred bytes; a line longer than this is no record. */
const longestLine = 64 * 1024;

/**
 * The lines of a file, one after the other. Records are one line each, so what a broken one leaves open ends with its line and takes none
 * of the next with it. Of a line that is too long only its beginning is kept.
 */
export async function* readCdrLines(
  content: AsyncIterable<Uint8Array>,
  encoding: CdrTerms['encoding'],
): AsyncGenerator<CdrLine> {
  const decoder = new TextDecoder(encoding);
  let line = 0;
  let rest = '';
  for await (const chunk of content) {
    const parts = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = (parts.pop() ?? '').slice(0, longestLine + 1);
    for (const part of parts) {
      line += 1;
      yield { line, text: part.replace(/\r$/u, '') };
    }
  }
  rest += decoder.decode();
  if (rest !== '') {
    yield { line: line + 1, text: rest.replace(/\r$/u, '') };
  }
}

/** The cells of a line; null when a quotation mark is left open: the line was cut off. */
export function splitCdrLine(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at, delimiter) : bareCell(text, at, delimiter);
    if (cell === null) {
      return null;
    }
    cells.push(cell.value.trim());
    at = cell.next;
  }
  return cells;
}

interface Cell {
  value: string;
  /** Where the next one begins. */
  next: number;
}

function bareCell(text: string, from: number, delimiter: string): Cell {
  const end = text.indexOf(delimiter, from);
  const to = end < 0 ? text.length : end;
  return { value: text.slice(from, to), next: to + 1 };
}

/** A mark is written twice, or behind a backslash where a database wrote the file. */
function quotedCell(text: string, from: number, delimiter: string): Cell | null {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === '""' || two === '\\"') {
      value += '"';
      at += 1;
    } else if (text[at] === '"') {
      const tail = bareCell(text, at + 1, delimiter);
      return { value: value + tail.value, next: tail.next };
    } else {
      value += text[at] ?? '';
    }
  }
  return null;
}

/** A line as a record, or what is wrong with it; null where nothing stands. */
export function readCdrRecord({ line, text }: CdrLine, terms: CdrTerms): CdrRecord | CdrFault | null {
  if (text.trim() === '') {
    return null;
  }
  if (text.length > longestLine) {
    return faultOf('too_long', { line, text });
  }
  return terms.preset === 'json' ? readJson({ line, text }) : readCells({ line, text }, terms);
}

export function isCdrFault(read: CdrRecord | CdrFault): read is CdrFault {
  return 'code' in read;
}

export function faultOf(code: CdrFaultCode, { line, text }: CdrLine): CdrFault {
  return { line, code, value: text.replaceAll('\u0000', '').slice(0, 200).toWellFormed() };
}

function readCells({ line, text }: CdrLine, { delimiter, columns }: CdrTerms): CdrRecord | CdrFault {
  const split = splitCdrLine(text, delimiter);
  const needed =
    1 + Math.max(...(['start', 'src', 'dst', 'disposition'] as const).map((name) => columns.indexOf(name)));
  if (split === null || split.length < needed) {
    return faultOf('truncated', { line, text });
  }
  const cells = realigned(split, columns, delimiter);
  return { ...recordOf((column) => cells[columns.indexOf(column)]), line, raw: text };
}

const beginsLikeTime = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d/u;

/**
 * Some exchanges write the arguments of the last application without quotation marks, so that its commas part cells. The instant behind
 * them says where they end.
 */
function realigned(cells: string[], columns: CdrTerms['columns'], delimiter: string): string[] {
  const [last, start] = [columns.indexOf('lastdata'), columns.indexOf('start')];
  const found = cells.findIndex((cell, at) => at >= start && beginsLikeTime.test(cell));
  if (cells.length <= columns.length || last < 0 || start !== last + 1 || found <= start) {
    return cells;
  }
  return [...cells.slice(0, last), cells.slice(last, found).join(delimiter), ...cells.slice(found)];
}

function readJson({ line, text }: CdrLine): CdrRecord | CdrFault {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faultOf('not_json', { line, text });
  }
  return { ...namedRecord(value as Record<string, unknown>), line, raw: text };
}

function parse(text: string): unknown {
  try {
    // Exports of whole lists differ from lines by a comma at the end.
    return JSON.parse(text.trim().replace(/,$/u, ''));
  } catch {
    return null;
  }
}

/** A row that names its columns itself: of a database, or in JSON. */
export function namedRecord(row: Record<string, unknown>): Record<CdrColumn, string> {
  const byColumn = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    const column = columnOf(name);
    if (column !== '' && !byColumn.has(column)) {
      byColumn.set(column, value);
    }
  }
  return recordOf((column) => {
    const value = byColumn.get(column);
    return ['string', 'number', 'bigint'].includes(typeof value) ? String(value) : '';
  });
}

/** What databases write for nothing. */
const nothing = new Set(['\\N', 'NULL', 'null', '0000-00-00 00:00:00']);

function recordOf(cell: (column: CdrColumn) => string | undefined): Record<CdrColumn, string> {
  return Object.fromEntries(
    cdrColumns.map((column) => {
      const value = storableText(cell(column) ?? '').trim();
      return [column, nothing.has(value) ? '' : value];
    }),
  ) as Record<CdrColumn, string>;
}
