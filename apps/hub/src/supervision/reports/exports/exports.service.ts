import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ExportFormat, ExportView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database } from '../../../database/database.js';
import { conflict, notFound } from '../../../platform/errors/api-error.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { readPeriod } from '../questions/read-question.js';
import { ExportParts, type ExportRow } from './export-parts.service.js';
import { exportJob, ExportRuns } from './export-runs.service.js';
import type { NewExportDto } from './exports.dto.js';

const shown = 100;

interface ShownRow extends ExportRow {
  state: ExportView['state'];
  rows: number;
  done: number;
  bytes: number;
  why: string;
  maker: string;
  created_at: Date;
  ended_at: Date | null;
  expires_at: Date | null;
}

/** Parameters: whose, which (null: all). */
const list = `
select e.*, e.rows::float8 as rows, a.name as maker,
       (select coalesce(sum(p.bytes), 0)::float8 from report_export_part p where p.export_id = e.id) as bytes
from report_export e join agent a on a.id = e.made_by
where e.made_by = $1 and ($2::uuid is null or e.id = $2)
order by e.created_at desc, e.id desc limit ${String(shown)}`;

/** Exports as their makers see them: a file holds what its maker may read, so it is nobody else's. */
@Injectable()
export class Exports {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly runs: ExportRuns,
    private readonly parts: ExportParts,
    private readonly jobs: Jobs,
  ) {}

  async list(actor: Actor): Promise<ExportView[]> {
    await this.takeBack(null);
    const rows = await this.database.query<ShownRow & Record<string, unknown>>(list, [actor.id, null]);
    return rows.map(present);
  }

  async get(actor: Actor, id: string): Promise<ExportView> {
    return present(await this.row(actor, id));
  }

  async begin(actor: Actor, dto: NewExportDto): Promise<ExportView> {
    const period = readPeriod(dto);
    const id = uuid();
    const { kind, format, locale } = dto;
    const filters = {
      queues: dto.queue ?? [],
      channels: dto.channel ?? [],
      agents: dto.agent ?? [],
      tags: dto.tag ?? [],
      withNotes: dto.withNotes,
    };
    await this.database.transaction(async (tx) => {
      await tx.query(
        'insert into report_export (id, kind, format, locale, wish, made_by) values ($1, $2, $3, $4, $5, $6)',
        [id, kind, format, locale, JSON.stringify({ ...period, filters }), actor.id],
      );
      const details = { kind, format, ...period, ...filters };
      await recordAct(tx, { actorId: actor.id, action: 'export.made', subject: id, details });
    });
    await this.jobs.add(exportJob, { id }, `${exportJob}-${id}`);
    return this.get(actor, id);
  }

  /** The parts one behind the other; one is open at a time. */
  async open(
    actor: Actor,
    id: string,
  ): Promise<{ name: string; bytes: number; content: Readable; format: ExportFormat }> {
    const row = await this.row(actor, id);
    if (row.state !== 'done') {
      throw conflict('not_ready', 'This export is not ready.');
    }
    if (await this.takeBack(id)) {
      throw conflict('not_ready', 'Something in this export was redacted. It is made again without it.');
    }
    const parts = await this.database.query<{ key: string }>(
      'select storage_key as key from report_export_part where export_id = $1 order by ordinal',
      [id],
    );
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'export.downloaded', subject: id, details: { kind: row.kind } }),
    );
    const { storage } = this;
    async function* content(): AsyncGenerator<Uint8Array> {
      for (const { key } of parts) {
        yield* storage.open(key) as AsyncIterable<Uint8Array>;
      }
    }
    const name = `${row.kind}-${row.wish.from}-${row.wish.to}`;
    return { name, bytes: row.bytes, content: Readable.from(content()), format: row.format };
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.row(actor, id);
    await this.parts.remove(id);
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'export.removed', subject: id }),
    );
  }

  /** Whether there was one that holds what was redacted since; null: any. It is made again at once. */
  private async takeBack(id: string | null): Promise<boolean> {
    const stale = await this.runs.takeBack(id);
    for (const one of stale) {
      await this.jobs.add(exportJob, { id: one }, `${exportJob}-${one}-${uuid()}`);
    }
    return stale.length > 0;
  }

  private async row(actor: Actor, id: string): Promise<ShownRow> {
    const [row] = await this.database.query<ShownRow & Record<string, unknown>>(list, [actor.id, id]);
    if (!row) {
      throw notFound('This export');
    }
    return row;
  }
}

function present(row: ShownRow): ExportView {
  const { id, kind, format, wish, state, rows, done, why } = row;
  return {
    id,
    kind,
    format,
    from: wish.from,
    to: wish.to,
    zone: wish.zone,
    filters: wish.filters,
    state,
    rows,
    done,
    bytes: state === 'done' ? row.bytes : null,
    why,
    madeBy: { id: row.made_by, name: row.maker },
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
