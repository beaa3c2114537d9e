import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportEncodingView, ImportTermsView } from '#contract';

/** A line of a table. `line`: where it begins in the file, from 1. */
export interface TableLine {
  line: number;
  cells: string[];
}

type Delimiter = ImportTermsView['delimiter'];

/** More than this is no line of a table but a quotation mark that nobody closed. */
const longestLine = 1_000_000;

/**
 * The lines of a file of comma-separated values, one after the other; blank ones are left out. Throws CsvError for what is no table.
 *
 * Nothing is kept but the line that is read, so a file may have any length.
 */
export async function* readTable(
  content: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: { encoding: ImportEncodingView; delimiter: Delimiter },
): AsyncGenerator<TableLine> {
  const parser = Readable.from(decoded(content, encoding), { objectMode: false }).pipe(
    parse({
      delimiter,
      info: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      maxRecordSize: longestLine,
    }),
  );
  let ended = 0;
  for await (const read of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const line = ended + 1;
    ended = read.info.lines;
    if (read.record.some((cell) => cell.trim() !== '')) {
      yield { line, cells: read.record.map((cell) => cell.trim()) };
    }
  }
}

/** Text of any of these encodings, without its byte order mark. A sequence that means nothing becomes U+FFFD. */
async function* decoded(content: AsyncIterable<Uint8Array>, encoding: ImportEncodingView): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') {
      yield text;
    }
  }
  const rest = decoder.decode();
  if (rest !== '') {
    yield rest;
  }
}

/** How the beginning of a file is written. Persian office programs write Windows-1256 where they do not write UTF-8. */
export function guessEncoding(head: Uint8Array): ImportEncodingView {
  if (head[0] === 0xff && head[1] === 0xfe) {
    return 'utf-16le';
  }
  if (head[0] === 0xfe && head[1] === 0xff) {
    return 'utf-16be';
  }
  const zeroes = (parity: number): number => head.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  if (zeroes(0) + zeroes(1) > head.length / 10) {
    return zeroes(1) >= zeroes(0) ? 'utf-16le' : 'utf-16be';
  }
  try {
    // The last character may be cut off.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1256';
  }
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** What parts the first line of a table most often. */
export function guessDelimiter(head: Uint8Array, encoding: ImportEncodingView): Delimiter {
  const text = new TextDecoder(encoding).decode(head);
  const [first = ''] = text.replace(/"(?:[^"]|"")*"/gu, '').split(/[\r\n]/u, 1);
  const counts = delimiters.map((delimiter) => first.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}
