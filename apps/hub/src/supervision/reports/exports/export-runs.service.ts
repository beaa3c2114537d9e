import { Injectable } from '@nestjs/common';
import type { ExportFilters, ExportFormat, ExportKind } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { readActor } from '../../../auth/read-actor.js';
import { Database, isAway } from '../../../database/database.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { Housekeeping } from '../../../platform/operations/housekeeping.js';
import { Log } from '../../../platform/operations/log.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { may } from '../../../auth/permissions.js';
import { spanOf, type Period } from '../questions/report-periods.js';
import { reportScope } from '../questions/report-scope.js';
import { ExportLines, type LineWish } from './export-lines.service.js';
import { nextIds, type ExportSpan } from './export-rows.query.js';

/** The name of the job; its parameter is the export's id. */
export const exportJob = 'make-export';

const perPortion: Record<ExportKind, number> = { conversations: 200, tickets: 5_000, customers: 2_000 };
/** One portion; a person who wrote more than this has been writing for centuries. */
const largestPart = 4 * 1024 ** 3;
export const keptDays = 7;

export interface ExportRow {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  locale: 'en' | 'fa';
  wish: Period & { filters: ExportFilters };
  behind: string;
  parts: number;
  made_by: string;
}

const running = `
select e.id, e.kind, e.format, e.locale, e.wish, e.behind, e.made_by,
       (select count(*)::int from report_export_part p where p.export_id = e.id) as parts
from report_export e where e.id = $1 and e.state = 'running'`;

/**
 * Makes exports. A portion is a file of its own, which counts from the transaction that also notes how far it came: whoever goes on after
 * a stop begins behind it, and of two who do the same export one ends.
 */
@Injectable()
export class ExportRuns {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly lines: ExportLines,
    private readonly log: Log,
    jobs: Jobs,
    housekeeping: Housekeeping,
  ) {
    jobs.define(exportJob, 'bulk', ({ id }) => this.run(String(id)));
    housekeeping.add('go on with exports', () => this.takeUp());
    housekeeping.add('forget exports', () => this.forget());
  }

  /** Goes on with an export until its end, or until somebody removes it. Done again it changes nothing. */
  async run(id: string): Promise<void> {
    try {
      for (let isBehind = true; isBehind;) {
        isBehind = await this.makePortion(id);
      }
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('An export could not be gone on with.', { export: id, reason: String(error) });
      await this.fail(id, 'failed');
    }
  }

  /** Files that their makers had time enough to take. */
  async forget(): Promise<void> {
    const old = await this.database.query<{ id: string }>(
      `select id from report_export where coalesce(expires_at, ended_at + interval '${String(keptDays)} days') < clock_timestamp()`,
    );
    for (const { id } of old) {
      await this.remove(id);
    }
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

  private async takeUp(): Promise<void> {
    const left = await this.database.query<{ id: string }>(`select id from report_export where state = 'running'`);
    for (const { id } of left) {
      await this.run(id);
    }
  }

  /** Whether there is more to do. */
  private async makePortion(id: string): Promise<boolean> {
    const [row] = await this.database.query<ExportRow & Record<string, unknown>>(running, [id]);
    if (!row) {
      return false;
    }
    const actor = await readActor(this.database, row.made_by);
    if (actor === null || !may(actor, 'exports.make')) {
      return this.fail(id, 'no_right');
    }
    const span = await this.spanOf(row, actor);
    const behind = row.behind === '' ? '00000000-0000-0000-0000-000000000000' : row.behind;
    const limit = perPortion[row.kind];
    const ids = await nextIds(this.database, row.kind, span, { behind, limit });
    await this.writePortion(row, { ...row, actor }, span, ids);
    return ids.length === limit;
  }

  private async writePortion(row: ExportRow, wish: LineWish, span: ExportSpan, ids: readonly string[]): Promise<void> {
    const { lines } = this;
    const counted = { rows: 0 };
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(row.parts === 0 ? lines.headOf(wish) : '');
      for await (const line of lines.linesOf(wish, span, ids)) {
        counted.rows += 1;
        yield Buffer.from(line);
      }
    }
    const file = await this.storage.store(content(), largestPart);
    const isLast = ids.length < perPortion[row.kind];
    const isKept = await this.keep(row, file, { ids, rows: counted.rows, isLast }).catch(async (error: unknown) => {
      await this.storage.remove(file.key);
      throw error;
    });
    if (!isKept) {
      await this.storage.remove(file.key);
    }
  }

  private keep(
    row: ExportRow,
    file: { key: string; bytes: number },
    { ids, rows, isLast }: { ids: readonly string[]; rows: number; isLast: boolean },
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const moved = await tx.query(
        `update report_export
         set behind = $3, done = done + $4, rows = rows + $5, state = case when $6 then 'done' else state end,
             ended_at = case when $6 then clock_timestamp() end,
             expires_at = case when $6 then clock_timestamp() + interval '${String(keptDays)} days' end
         where id = $1 and state = 'running' and behind = $2 returning id`,
        [row.id, row.behind, ids.at(-1) ?? row.behind, ids.length, rows, isLast],
      );
      if (moved.length === 0) {
        return false;
      }
      await tx.query(
        'insert into report_export_part (export_id, ordinal, storage_key, bytes) values ($1, $2, $3, $4)',
        [row.id, row.parts, file.key, file.bytes],
      );
      return true;
    });
  }

  private async spanOf({ wish }: ExportRow, actor: Actor): Promise<ExportSpan> {
    return { ...spanOf(wish), filters: wish.filters, scope: await reportScope(this.database, actor) };
  }

  private async fail(id: string, why: string): Promise<false> {
    await this.database.query(
      `update report_export set state = 'failed', why = $2, ended_at = clock_timestamp() where id = $1 and state = 'running'`,
      [id, why],
    );
    return false;
  }
}
