import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { HistoryFaultView, HistoryImportView, HistorySystemView, HistoryTermsView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { ApiError, conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { FileStorage, FileTooLarge } from '../../platform/storage/file-storage.js';
import { joinPeople } from './conclude-reading.js';
import { HistoryJobs } from './history-jobs.service.js';
import { historyView, presentHistory, type HistoryRow } from './history.query.js';

/** The exports of large houses are cut into files; one of them may have so much. */
const fileLimitBytes = 4 * 1024 * 1024 * 1024;
const mostFiles = 500;
const shownImports = 100;

/** Histories of other products: their files given, read, looked at, brought and stopped. The jobs do the reading and the writing. */
@Injectable()
export class HistoryImports {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly jobs: HistoryJobs,
  ) {}

  async list(): Promise<HistoryImportView[]> {
    const rows = await this.database.query<HistoryRow & Record<string, unknown>>(
      `${historyView} order by i.created_at desc, i.id desc limit $1`,
      [shownImports],
    );
    return rows.map(presentHistory);
  }

  async get(id: string): Promise<HistoryImportView> {
    const [row] = await this.database.query<HistoryRow & Record<string, unknown>>(`${historyView} where i.id = $1`, [
      id,
    ]);
    if (!row) {
      throw notFound('This import');
    }
    return presentHistory(row);
  }

  async begin(actor: Actor, system: HistorySystemView, account: string): Promise<HistoryImportView> {
    const id = uuid();
    const called = account.trim().toLowerCase();
    await this.database.query('insert into history_import (id, system, source, started_by) values ($1, $2, $3, $4)', [
      id,
      system,
      called === '' ? system : `${system}:${called}`,
      actor.id,
    ]);
    return this.get(id);
  }

  /** Keeps a file; nothing of it is looked at before all are to be read. */
  async give(id: string, name: string, content: AsyncIterable<Uint8Array>): Promise<HistoryImportView> {
    await this.get(id);
    const stored = await this.storage.store(content, fileLimitBytes).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new ApiError(413, 'file_too_large', error.message) : error;
    });
    const kept = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ n: number }>(
        `select (select count(*)::int from history_file f where f.import_id = i.id) as n
         from history_import i where i.id = $1 and i.state = 'draft' for update of i`,
        [id],
      );
      if (!row || row.n >= mostFiles || stored.bytes === 0) {
        return row === undefined ? ('begun' as const) : stored.bytes === 0 ? ('empty' as const) : ('many' as const);
      }
      await tx.query(
        'insert into history_file (import_id, position, name, storage_key, bytes) values ($1, $2, $3, $4, $5)',
        [id, row.n + 1, name, stored.key, stored.bytes],
      );
      return 'kept' as const;
    });
    if (kept !== 'kept') {
      await this.storage.remove(stored.key);
      throw refusals[kept];
    }
    return this.get(id);
  }

  async read(actor: Actor, id: string): Promise<HistoryImportView> {
    await this.get(id);
    await this.move(id, {
      statement: `update history_import set state = 'reading', why = '' where id = $1 and state = 'draft'
                    and exists (select 1 from history_file f where f.import_id = $1) returning id`,
      parameters: [],
      refusal: conflict('not_readable', 'This import has no files yet, or was read already.'),
      told: (tx) => recordAct(tx, { actorId: actor.id, action: 'history_import.read', subject: id }),
    });
    await this.jobs.add(id);
    return this.get(id);
  }

  /** Whether the people of a match come as one. */
  async choose(id: string, matchId: string, isJoined: boolean): Promise<HistoryImportView> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query(`select 1 from history_import where id = $1 and state = 'read' for update`, [id]);
      const chosen = row
        ? await tx.query('update history_match set is_joined = $3 where import_id = $1 and id = $2 returning id', [
            id,
            matchId,
            isJoined,
          ])
        : [];
      if (chosen.length === 0) {
        throw conflict('not_choosable', 'This is chosen between reading and bringing.');
      }
      await joinPeople(tx, id);
    });
    return this.get(id);
  }

  /** Begins, or goes on where it was stopped. */
  async start(actor: Actor, id: string, terms: HistoryTermsView): Promise<HistoryImportView> {
    await this.get(id);
    await this.checkPlaces(id, terms);
    await this.move(id, {
      statement: `update history_import set state = 'running', terms = $2, why = '', ended_at = null, held_until = null, started_by = $3
                  where id = $1 and (state = 'read' or state in ('stopped', 'failed') and terms <> '{}' and why <> 'too_old') returning id`,
      parameters: [JSON.stringify(terms), actor.id],
      refusal: conflict('not_startable', 'This import is not read yet, or is under way or over.'),
      told: (tx) =>
        recordAct(tx, {
          actorId: actor.id,
          action: 'history_import.started',
          subject: id,
          details: { openAs: terms.openAs },
        }),
    });
    await this.jobs.add(id);
    return this.get(id);
  }

  /** What is brought stays; it can be gone on with. Reading begins again where it was. */
  async stop(actor: Actor, id: string): Promise<HistoryImportView> {
    await this.move(id, {
      statement: `update history_import set state = case state when 'reading' then 'draft' else 'stopped' end, held_until = null
                  where id = $1 and state in ('reading', 'running') returning id`,
      parameters: [],
      refusal: conflict('not_running', 'This import does not run.'),
      told: (tx) => recordAct(tx, { actorId: actor.id, action: 'history_import.stopped', subject: id }),
    });
    return this.get(id);
  }

  /** Takes away what waits, and the record of it; what was brought stays. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.get(id);
    await this.move(id, {
      statement: `delete from history_import where id = $1 and state not in ('reading', 'running') returning id`,
      parameters: [],
      refusal: conflict('still_running', 'This import still runs. Stop it first.'),
      told: (tx) => recordAct(tx, { actorId: actor.id, action: 'history_import.removed', subject: id }),
    });
  }

  async faults(id: string): Promise<HistoryFaultView[]> {
    await this.get(id);
    return this.database.query<HistoryFaultView & Record<string, unknown>>(
      `select coalesce(f.name, '') as file, w.record, w.part, w.code from history_fault w
       left join history_file f on f.import_id = w.import_id and f.position = w.file
       where w.import_id = $1 order by w.file, w.record, w.part, w.code`,
      [id],
    );
  }

  private async checkPlaces(id: string, { inboxes }: HistoryTermsView): Promise<void> {
    const [missing] = await this.database.query<{ inbox: string }>(
      `select distinct t.inbox from history_ticket t where t.import_id = $1 and t.inbox <> all ($2::text[]) limit 1`,
      [id, inboxes.map(({ key }) => key)],
    );
    if (missing) {
      throw invalid('terms.inboxes', 'Say which queue and channel each inbox becomes.', 'no_place');
    }
    const [lost] = await this.database.query(
      `select 1 from unnest($1::uuid[], $2::uuid[]) t(queue, channel)
       where not exists (select 1 from queue q where q.id = t.queue and q.retired_at is null)
          or not exists (select 1 from channel c where c.id = t.channel) limit 1`,
      [inboxes.map(({ queueId }) => queueId), inboxes.map(({ channelId }) => channelId)],
    );
    if (lost) {
      throw invalid('terms.inboxes', 'A queue or channel that is named is not there.', 'no_such_place');
    }
  }

  private async move(
    id: string,
    how: { statement: string; parameters: unknown[]; refusal: ApiError; told: (tx: Transaction) => Promise<void> },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      if ((await tx.query(how.statement, [id, ...how.parameters])).length === 0) {
        throw how.refusal;
      }
      await how.told(tx);
    });
  }
}

const refusals = {
  begun: conflict('already_read', 'Files are given before the import is read.'),
  empty: invalid('body', 'The file is empty.'),
  many: conflict('too_many_files', `An import has at most ${String(mostFiles)} files.`),
};
