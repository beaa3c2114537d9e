import { Injectable } from '@nestjs/common';
import type { ExportFilters, ExportFormat, ExportKind } from '#contract';
import { failpoint } from '#failpoint';
import type { Actor } from '../../../auth/actor.js';
import { Database, type Transaction } from '../../../database/database.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { SpentFiles } from '../../../platform/storage/spent-files.service.js';
import type { Period } from '../questions/report-periods.js';
import { ExportLines, type LineWish } from './export-lines.service.js';
import type { ExportSpan } from './export-rows.query.js';

/** One portion; a person who wrote more than this has been writing for centuries. */
const largestPart = 4 * 1024 ** 3;

/** What portions begin behind at first. */
export const beforeAll = '00000000-0000-0000-0000-000000000000';

export interface ExportRow {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  locale: 'en' | 'fa';
  wish: Period & { filters: ExportFilters };
  behind: string;
  parts: number;
  made_by: string;
  /** Whatever was redacted before this is seen as such by what is read now. */
  seen_at: string;
}

/** What a portion is made from: the export, with whose eyes, of what, and whom. */
export interface Portion {
  row: ExportRow;
  actor: Actor;
  span: ExportSpan;
  ids: readonly string[];
  ordinal: number;
}

/** What a file holds, once it is stored. */
interface Written {
  key: string;
  bytes: number;
  rows: number;
}

/** The files of exports, a portion each. A file counts from the transaction that notes it. */
@Injectable()
export class ExportParts {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly spent: SpentFiles,
    private readonly lines: ExportLines,
  ) {}

  /** The next portion. Whether it was wanted: always, unless somebody else did the same, or the export is gone. */
  add(portion: Portion): Promise<boolean> {
    return this.write(portion, (tx, written) => keep(tx, portion, written));
  }

  /** The same portion as it is now, in place of what was there. Whether it was wanted. */
  replace(portion: Portion, staleKey: string): Promise<boolean> {
    return this.write(portion, async (tx, written) => {
      const isReplaced = await replace(tx, portion, { ...written, staleKey });
      tx.afterCommit(async () => void (await this.spent.remove()));
      return isReplaced;
    });
  }

  private async write(
    { row, actor, span, ids, ordinal }: Portion,
    keep: (tx: Transaction, written: Written) => Promise<boolean>,
  ): Promise<boolean> {
    const { lines } = this;
    const wish: LineWish = { ...row, actor };
    const counted = { rows: 0 };
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(ordinal === 0 ? lines.headOf(wish) : '');
      for await (const line of lines.linesOf(wish, span, ids)) {
        counted.rows += 1;
        yield Buffer.from(line);
      }
    }
    const file = await this.storage.store(content(), largestPart);
    failpoint('export.before-part-commit');
    const isKept = await this.database
      .transaction((tx) => keep(tx, { ...file, ...counted }))
      .catch(async (error: unknown) => {
        await this.storage.remove(file.key);
        throw error;
      });
    failpoint('export.after-part-commit');
    if (!isKept) {
      await this.storage.remove(file.key);
    }
    return isKept;
  }

  async remove(id: string): Promise<boolean> {
    const [gone] = await this.database.query<{ keys: string[] }>(
      `with keys as (select coalesce(array_agg(storage_key), '{}') as list from report_export_part where export_id = $1)
       delete from report_export where id = $1 returning (select list from keys) as keys`,
      [id],
    );
    for (const key of gone?.keys ?? []) {
      await this.storage.remove(key);
    }
    return gone !== undefined;
  }
}

async function keep(tx: Transaction, { row, ids, ordinal }: Portion, { key, bytes, rows }: Written): Promise<boolean> {
  const moved = await tx.query(
    `update report_export set behind = $3, done = done + $4, rows = rows + $5
     where id = $1 and state = 'running' and behind = $2 returning id`,
    [row.id, row.behind, ids.at(-1) ?? beforeAll, ids.length, rows],
  );
  if (moved.length === 0) {
    return false;
  }
  await tx.query(
    'insert into report_export_part (export_id, ordinal, storage_key, bytes, ids, read_at) values ($1, $2, $3, $4, $5, $6)',
    [row.id, ordinal, key, bytes, ids, row.seen_at],
  );
  return true;
}

async function replace(
  tx: Transaction,
  { row, ordinal }: Portion,
  { key, bytes, staleKey }: Written & { staleKey: string },
): Promise<boolean> {
  const replaced = await tx.query(
    `update report_export_part set storage_key = $4, bytes = $5, read_at = $6
     where export_id = $1 and ordinal = $2 and storage_key = $3 returning ordinal`,
    [row.id, ordinal, staleKey, key, bytes, row.seen_at],
  );
  if (replaced.length > 0) {
    await tx.query('insert into spent_file (storage_key) values ($1) on conflict do nothing', [staleKey]);
  }
  return replaced.length > 0;
}
