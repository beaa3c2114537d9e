import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import {
  BrokenRecords,
  historyReaders,
  isObject,
  peopleColumns,
  readJsonRecords,
  readPeopleLine,
  type HistoryPiece,
  type HistorySystem,
} from '#channels';
import { HubConfig } from '#config';
import { Database, isAway } from '../../database/database.js';
import { guessDelimiter, guessEncoding, readTable } from '../../outreach/imports/read-table.js';
import { Log } from '../../platform/operations/log.js';
import { counted } from '../../platform/storage/counted.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { concludeReading } from './conclude-reading.js';
import { holdHistory, keepHistory } from './history.query.js';
import { emptyStage, stagePiece, type PieceFault, type Staged } from './stage-pieces.js';
import { stageFaults, stageInboxes, stageMessages, stagePeople, stageTickets } from './stage.query.js';

/** Pieces of one portion, and how long their records may be in all. A record is never parted, so a large one makes a larger portion. */
const atOnce = 1_000;
const longestAtOnce = 16 * 1024 * 1024;
const mostFaults = 10_000;
/** Whoever holds an import longer than this without a word is dead. */
const heldMs = 120_000;

interface FileRow {
  position: number;
  name: string;
  key: string;
  recordsDone: number;
}

/** A record as pieces; null: of no kind that is known. `code`: it is none. */
interface RecordRead {
  number: number;
  length: number;
  pieces: HistoryPiece[] | null;
  code?: string;
}

interface Portion {
  staged: Staged;
  faults: ({ record: number } & PieceFault)[];
  pieces: number;
  length: number;
  last: number;
}

/**
 * Reads the files of an import into rows that wait. A portion is one transaction that notes how far it came; whoever goes on after a stop
 * begins behind it. Of a file nothing is in memory but the portion, and once all are read they go.
 */
@Injectable()
export class HistoryReading {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  /** Reads until the end, or until somebody stops it. False where somebody else does it now. */
  async read(id: string): Promise<boolean> {
    if ((await this.database.query(holdHistory, [id, 'reading', heldMs])).length === 0) {
      return (
        (await this.database.query(`select 1 from history_import where id = $1 and state = 'reading'`, [id])).length ===
        0
      );
    }
    try {
      await this.readAll(id);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('A history could not be read.', { import: id, reason: String(error) });
      await this.database.query(
        `update history_import set state = 'failed', why = $2, ended_at = clock_timestamp() where id = $1 and state = 'reading'`,
        [id, error instanceof BrokenRecords ? error.code : 'unreadable'],
      );
    }
    return true;
  }

  private async readAll(id: string): Promise<void> {
    const [row] = await this.database.query<{ system: HistorySystem }>(
      'select system from history_import where id = $1',
      [id],
    );
    const files = await this.database.query<FileRow & Record<string, unknown>>(
      `select position, name, storage_key as key, records_done as "recordsDone" from history_file
       where import_id = $1 and read_at is null order by position`,
      [id],
    );
    for (const file of files) {
      if (!(await this.readFile(id, (row as { system: HistorySystem }).system, file))) {
        return;
      }
    }
    await this.database.transaction(async (tx) => {
      if ((await tx.query(keepHistory, [id, 'reading', heldMs])).length === 0) {
        return;
      }
      await concludeReading(tx, id);
      // The rows say it all from here on; the storage takes the files away.
      await tx.query('update history_file set storage_key = null where import_id = $1', [id]);
      await tx.query(`update history_import set state = 'read', held_until = null where id = $1`, [id]);
    });
  }

  private async readFile(id: string, system: HistorySystem, file: FileRow): Promise<boolean> {
    const counter = { bytes: 0 };
    let portion = emptyPortion(file.recordsDone);
    for await (const record of this.records(system, file, counter)) {
      if (record.number <= file.recordsDone) {
        continue;
      }
      this.add(portion, record);
      if (portion.pieces >= atOnce || portion.length >= longestAtOnce) {
        if (!(await this.keep(id, file, portion, { bytes: counter.bytes, isOver: false }))) {
          return false;
        }
        failpoint('history.after-read-commit');
        portion = emptyPortion(record.number);
      }
    }
    return this.keep(id, file, portion, { bytes: counter.bytes, isOver: true });
  }

  private async *records(system: HistorySystem, file: FileRow, counter: { bytes: number }): AsyncGenerator<RecordRead> {
    const content = counted(this.storage.open(file.key) as AsyncIterable<Uint8Array>, counter);
    if (/\.(?:csv|tsv)$/iu.test(file.name)) {
      yield* this.lines(file, content);
      return;
    }
    const { wrappers, read } = historyReaders[system];
    for await (const { number, text, isListed } of readJsonRecords(content, wrappers)) {
      const parsed = parsedOf(text);
      const pieces = parsed === null ? null : read(parsed);
      yield parsed === null
        ? { number, length: text.length, pieces: [], code: 'not_json' }
        : { number, length: text.length, pieces: pieces ?? (isListed ? null : []) };
    }
  }

  /** A table of people. */
  private async *lines(file: FileRow, content: AsyncIterable<Uint8Array>): AsyncGenerator<RecordRead> {
    const head = await headOf(this.storage.open(file.key) as AsyncIterable<Uint8Array>);
    const encoding = guessEncoding(head);
    let found: ReturnType<typeof peopleColumns> = null;
    let number = 0;
    for await (const { cells } of readTable(content, { encoding, delimiter: guessDelimiter(head, encoding) })) {
      number += 1;
      const length = cells.join('').length;
      if (number === 1) {
        found = peopleColumns(cells);
        yield { number, length, pieces: [], ...(found === null && { code: 'no_columns' }) };
      } else if (found !== null) {
        yield { number, length, pieces: [readPeopleLine(cells, found)] };
      }
    }
  }

  private add(portion: Portion, { number, length, pieces, code }: RecordRead): void {
    const terms = { defaultCountry: this.config.defaultCountry, now: new Date() };
    const faults = (pieces ?? []).flatMap((piece) => stagePiece(portion.staged, piece, terms) ?? []);
    if (pieces === null || code !== undefined) {
      faults.push({ part: '', code: code ?? 'unknown_record' });
    }
    portion.faults.push(...faults.map((fault) => ({ record: number, ...fault })));
    portion.pieces += Math.max(1, pieces?.length ?? 0);
    portion.length += length;
    portion.last = number;
  }

  private keep(id: string, file: FileRow, portion: Portion, how: { bytes: number; isOver: boolean }): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if ((await tx.query(keepHistory, [id, 'reading', heldMs])).length === 0) {
        return false;
      }
      const { people, inboxes, tickets, messages } = portion.staged;
      const lists = [
        [stagePeople, people],
        [stageInboxes, inboxes],
        [stageTickets, tickets],
        [stageMessages, messages],
      ] as const;
      for (const [statement, rows] of lists) {
        if (rows.length > 0) {
          await tx.query(statement, [id, JSON.stringify(rows)]);
        }
      }
      const [kept] = await tx.query<{ n: number }>(
        'select count(*)::int as n from history_fault where import_id = $1',
        [id],
      );
      const room = mostFaults - (kept?.n ?? 0);
      if (portion.faults.length > 0 && room > 0) {
        await tx.query(stageFaults, [id, file.position, JSON.stringify(portion.faults.slice(0, room))]);
      }
      await tx.query(
        `update history_file set records_done = $3, bytes_done = $4, read_at = case when $5 then clock_timestamp() end
         where import_id = $1 and position = $2`,
        [id, file.position, portion.last, how.bytes, how.isOver],
      );
      return true;
    });
  }
}

function emptyPortion(last: number): Portion {
  return { staged: emptyStage(), faults: [], pieces: 0, length: 0, last };
}

function parsedOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

async function headOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  for await (const part of content) {
    return Buffer.from(part);
  }
  return Buffer.alloc(0);
}
