import { columnOf, columnsOf, type CdrPreset } from './cdr-columns.js';
import { cdrDelimiters, defaultInContexts, defaultOutContexts, type CdrEncoding, type CdrTerms } from './cdr-terms.js';
import { splitCdrLine } from './read-cdr-lines.js';

type Delimiter = CdrTerms['delimiter'];

/** How a file is written, as its beginning suggests; whoever imports it may say otherwise. */
export function sniffCdr(head: Uint8Array, given: Pick<CdrTerms, 'timeZone' | 'defaultCountry'>): CdrTerms {
  const encoding = sniffEncoding(head);
  const lines = new TextDecoder(encoding)
    .decode(head)
    .split(/\r?\n/u)
    .filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  const common = {
    ...given,
    encoding,
    calendar: 'auto' as const,
    inContexts: defaultInContexts,
    outContexts: defaultOutContexts,
  };
  if (/^\s*\{/u.test(first)) {
    return { ...common, preset: 'json', delimiter: ',', hasHeader: false, columns: [] };
  }
  const delimiter = sniffDelimiter(first);
  const cells = splitCdrLine(first, delimiter) ?? [];
  const hasHeader = cells.filter((cell) => columnOf(cell) !== '').length >= Math.max(2, cells.length / 3);
  const preset = hasHeader ? presetOfHeader(cells) : presetOfRow(cells);
  return {
    ...common,
    preset,
    delimiter,
    hasHeader,
    columns: columnsFor(preset, hasHeader ? cells : null, cells.length),
  };
}

function columnsFor(preset: CdrPreset, header: string[] | null, width: number): CdrTerms['columns'] {
  const known = columnsOf(preset, header);
  return known.length > 0 ? known : Array.from({ length: width }, () => '' as const);
}

/** UTF-8 where it can be; else the Arabic page where the letters come in words, and the Latin one where they stand between ASCII. */
function sniffEncoding(head: Uint8Array): CdrEncoding {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head.length > 1 && head[1] === 0)) {
    return 'utf-16le';
  }
  try {
    // The last character may be cut off.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    const high = head.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
    const pairs = head.reduce((count, byte, at) => count + (byte > 0x7f && (head[at - 1] ?? 0) > 0x7f ? 1 : 0), 0);
    return pairs * 2 > high ? 'windows-1256' : 'windows-1252';
  }
}

/** What parts a line most often, quoted parts aside. */
function sniffDelimiter(line: string): Delimiter {
  const bare = line.replace(/"(?:[^"]|"")*"/gu, '');
  const counts = cdrDelimiters.map((delimiter) => bare.split(delimiter).length);
  return cdrDelimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

function presetOfHeader(header: readonly string[]): CdrPreset {
  const names = new Set(header.map((name) => name.toLowerCase().replace(/[\s_]+/gu, '')));
  if (names.has('acctid') || names.has('channelext') || names.has('callernumber')) {
    return 'grandstream';
  }
  return names.has('calldate') ? 'freepbx' : names.has('amaflags') ? 'cdr_csv' : 'other';
}

const instant = /^\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}/u;

/** Without a header the place of the first instant tells: each writer has its own order. */
function presetOfRow(cells: readonly string[]): CdrPreset {
  const at = cells.findIndex((cell) => instant.test(cell));
  if (at === 0) {
    return cells.length >= 20 ? 'freepbx' : 'other';
  }
  if (at === 9) {
    return 'cdr_csv';
  }
  return at > 9 && /^\d+$/u.test(cells[0] ?? '') ? 'grandstream' : 'other';
}
