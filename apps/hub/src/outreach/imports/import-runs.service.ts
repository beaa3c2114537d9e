import { Injectable } from '@nestjs/common';
import type { ImportFaultView } from '#contract';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { counted } from '../../platform/storage/counted.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { Noted } from '../purchases/purchases.service.js';
import { ImportLines } from './import-lines.service.js';
import { importView, type ImportRow } from './imports.query.js';
import type { LineTerms } from './read-line.js';
import { readTable, type TableLine } from './read-table.js';

/** The name of the job; its parameter is the import's id. */
export const importJob = 'import-customers';

const atOnce = 300;
/** Of each import so many faults are kept; all are counted. */
const mostFaults = 10_000;

/** Lines of one transaction, and how far the file was read behind them. */
interface Portion {
  lines: TableLine[];
  /** Lines of the table that were done before. */
  after: number;
  bytes: number;
}

/**
 * Does the lines of imports. A portion is one transaction that also notes how far it came, under the lock of the import's row: whoever
 * goes on after a stop begins behind it, and of two who do the same import one ends.
 */
@Injectable()
export class ImportRuns {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly lines: ImportLines,
    private readonly log: Log,
    jobs: Jobs,
    housekeeping: Housekeeping,
  ) {
    jobs.define(importJob, 'bulk', ({ id }) => this.run(String(id)));
    housekeeping.add('go on with imports', () => this.takeUp());
    housekeeping.add('forget files of imports', () => this.forgetFiles());
  }

  /** Goes on with an import until its end, or until somebody stops it. Done again it changes nothing. */
  async run(id: string): Promise<void> {
    const [row] = await this.database.query<ImportRow & Record<string, unknown>>(`${importView} where i.id = $1`, [id]);
    if (row?.state !== 'running' || row.storageKey === null) {
      return;
    }
    try {
      await this.runLines(row, row.storageKey);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('An import could not be gone on with.', { import: id, reason: String(error) });
      await this.database.query(
        `update customer_import set state = 'failed', why = $2, ended_at = clock_timestamp() where id = $1 and state = 'running'`,
        [id, reasonOf(error)],
      );
    }
  }

  /** Files that nobody began, or went on with, for a month: they name many people. What was done stays known. */
  async forgetFiles(): Promise<void> {
    const left = await this.database.query<{ key: string }>(
      `with old as (
         select id, storage_key from customer_import
         where state in ('draft', 'stopped', 'failed') and storage_key is not null
           and coalesce(started_at, created_at) < clock_timestamp() - interval '30 days' for update skip locked)
       update customer_import i set storage_key = null from old where i.id = old.id returning old.storage_key as key`,
    );
    for (const { key } of left) {
      await this.storage.remove(key);
    }
  }

  /** Imports whose job was given up, e.g. because the database was away for long. One that is being done ends the other. */
  private async takeUp(): Promise<void> {
    const left = await this.database.query<{ id: string }>(`select id from customer_import where state = 'running'`);
    for (const { id } of left) {
      await this.run(id);
    }
  }

  private async runLines(row: ImportRow, key: string): Promise<void> {
    const given = await this.lines.termsOf(row.kind, row.terms);
    const counter = { bytes: 0 };
    const table = readTable(counted(this.storage.open(key) as AsyncIterable<Uint8Array>, counter), row.terms);
    let portion: Portion = { lines: [], after: row.linesDone, bytes: 0 };
    let skip = row.linesDone + (row.terms.hasHeader ? 1 : 0);
    for await (const line of table) {
      if (skip > 0) {
        skip -= 1;
        continue;
      }
      portion.lines.push(line);
      if (portion.lines.length === atOnce) {
        if (!(await this.take(row, given, { ...portion, bytes: counter.bytes }))) {
          return;
        }
        portion = { lines: [], after: portion.after + atOnce, bytes: 0 };
      }
    }
    if (portion.lines.length === 0 || (await this.take(row, given, { ...portion, bytes: counter.bytes }))) {
      await this.end(row.id, key);
    }
  }

  /** The file goes with its end: it holds what many people would not want to lie about. */
  private async end(id: string, key: string): Promise<void> {
    const ended = await this.database.query(
      `update customer_import set state = 'done', ended_at = clock_timestamp(), storage_key = null
       where id = $1 and state = 'running' returning id`,
      [id],
    );
    if (ended.length > 0) {
      await this.storage.remove(key);
    }
  }

  /** Whether there is to be gone on: nobody stopped it, and nobody else does it. */
  private take(row: ImportRow, given: LineTerms, portion: Portion): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [now] = await tx.query<{ refused: number }>(
        `select refused from customer_import where id = $1 and state = 'running' and lines_done = $2 for update`,
        [row.id, portion.after],
      );
      if (!now) {
        return false;
      }
      const { noted, faults } = await this.lines.write(tx, given, portion.lines);
      const count = (what: Noted): number => noted.filter((one) => one === what).length;
      await tx.query(
        `update customer_import set lines_done = lines_done + $2, bytes_done = $3, created = created + $4, changed = changed + $5,
           unchanged = unchanged + $6, refused = refused + $7 where id = $1`,
        [
          row.id,
          portion.lines.length,
          portion.bytes,
          count('created'),
          count('changed'),
          count('unchanged'),
          portion.lines.length - noted.length,
        ],
      );
      if (now.refused < mostFaults) {
        await noteFaults(tx, row.id, faults);
      }
      return true;
    });
  }
}

async function noteFaults(tx: Transaction, id: string, faults: readonly ImportFaultView[]): Promise<void> {
  await tx.query(
    `insert into import_fault (import_id, line, field, code, value)
     select $1, t.line, t.field, t.code, t.value from jsonb_to_recordset($2::jsonb) as t(line int, field text, code text, value text)
     on conflict do nothing`,
    [id, JSON.stringify(faults)],
  );
}

/** What the parser says, e.g. csv_quote_not_closed. */
export function reasonOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('CSV_') ? code.toLowerCase() : 'unreadable';
}
