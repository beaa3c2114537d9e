import { Injectable } from '@nestjs/common';
import type { ExportKind } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { may } from '../../../auth/permissions.js';
import { readActor } from '../../../auth/read-actor.js';
import { Database, isAway } from '../../../database/database.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { Housekeeping } from '../../../platform/operations/housekeeping.js';
import { Log } from '../../../platform/operations/log.js';
import { spanOf } from '../questions/report-periods.js';
import { reportScope } from '../questions/report-scope.js';
import { beforeAll, ExportParts, type ExportRow, type Portion } from './export-parts.service.js';
import { nextIds, staleParts, type ExportSpan } from './export-rows.query.js';

/** The name of the job; its parameter is the export's id. */
export const exportJob = 'make-export';

const perPortion: Record<ExportKind, number> = { conversations: 200, tickets: 5_000, customers: 2_000 };
export const keptDays = 7;

/** Somebody who redacts has written down when before they commit: what began before, and is not over, is not seen yet. */
const running = `
select e.id, e.kind, e.format, e.locale, e.wish, e.behind, e.made_by,
       least(clock_timestamp(), (select min(a.xact_start) from pg_stat_activity a
         where a.datname = current_database() and a.backend_xid is not null and a.pid <> pg_backend_pid()))::text as seen_at,
       (select count(*)::int from report_export_part p where p.export_id = e.id) as parts
from report_export e where e.id = $1 and e.state = 'running'`;

interface StalePart {
  ordinal: number;
  key: string;
  ids: string[];
}

const nextStale = `
select stale.ordinal, stale.storage_key as key, stale.ids from report_export e cross join lateral (${staleParts}) stale
where e.id = $1 order by stale.ordinal limit 1`;

/** In the statement that looks, so that nothing is redacted in between. Nothing, where there is something to make again. */
const finish = `
update report_export e
set state = 'done', ended_at = clock_timestamp(), expires_at = clock_timestamp() + interval '${String(keptDays)} days'
where e.id = $1 and e.state = 'running' and not exists (${staleParts})`;

const takeBack = `
update report_export e set state = 'running', ended_at = null, expires_at = null
where e.state = 'done' and ($1::uuid is null or e.id = $1) and exists (${staleParts}) returning e.id`;

/**
 * Makes exports. A portion is a file of its own, which counts from the transaction that also notes how far it came: whoever goes on after
 * a stop begins behind it, and of two who do the same export one ends. A portion that says what was redacted since is made again before
 * anybody gets it.
 */
@Injectable()
export class ExportRuns {
  constructor(
    private readonly database: Database,
    private readonly parts: ExportParts,
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

  /** Has exports made again that hold what was redacted since; null: all. Returns which. */
  async takeBack(id: string | null): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(takeBack, [id]);
    return rows.map((row) => row.id);
  }

  /** Files that their makers had time enough to take. */
  async forget(): Promise<void> {
    const old = await this.database.query<{ id: string }>(
      `select id from report_export where coalesce(expires_at, ended_at + interval '${String(keptDays)} days') < clock_timestamp()`,
    );
    for (const { id } of old) {
      await this.parts.remove(id);
    }
  }

  private async takeUp(): Promise<void> {
    await this.takeBack(null);
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
    const behind = row.behind === '' ? beforeAll : row.behind;
    const ids = await nextIds(this.database, row.kind, span, { behind, limit: perPortion[row.kind] });
    if (ids.length > 0 || row.parts === 0) {
      return this.parts.add({ row, actor, span, ids, ordinal: row.parts });
    }
    return this.mendOrFinish({ row, actor, span });
  }

  /** Whether it is not over yet. */
  private async mendOrFinish(known: Pick<Portion, 'row' | 'actor' | 'span'>): Promise<boolean> {
    const { row } = known;
    const [stale] = await this.database.query<StalePart & Record<string, unknown>>(nextStale, [row.id]);
    if (stale) {
      return this.parts.replace({ ...known, ids: stale.ids, ordinal: stale.ordinal }, stale.key);
    }
    await this.database.query(finish, [row.id]);
    return true;
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
