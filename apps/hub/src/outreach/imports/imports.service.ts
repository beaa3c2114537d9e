import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type {
  CustomerAttributeView,
  ImportFaultView,
  ImportKindView,
  ImportPreviewView,
  ImportTermsView,
  ImportView,
} from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { ApiError, conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { FileStorage, FileTooLarge } from '../../platform/storage/file-storage.js';
import { AttributeSettings } from '../attributes/attribute-settings.service.js';
import { problemsOf } from './check-columns.js';
import { guessColumns, meaningsOf } from './guess-columns.js';
import { ImportLines } from './import-lines.service.js';
import { importJob, reasonOf } from './import-runs.service.js';
import { importView, presentImport, type ImportRow } from './imports.query.js';
import { readLine } from './read-line.js';
import { guessDelimiter, guessEncoding, readTable, type TableLine } from './read-table.js';

/** Two million lines of an ordinary table. */
const fileLimitBytes = 200 * 1024 * 1024;
const headBytes = 64 * 1024;
const shownLines = 20;
const shownImports = 100;

interface FileHead {
  bytes: Uint8Array;
}

/** Files of many customers: given, looked at, begun and stopped. `ImportRuns` does the lines. */
@Injectable()
export class Imports {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly attributes: AttributeSettings,
    private readonly lines: ImportLines,
    private readonly jobs: Jobs,
  ) {}

  async list(): Promise<ImportView[]> {
    const rows = await this.database.query<ImportRow & Record<string, unknown>>(
      `${importView} order by i.created_at desc, i.id desc limit $1`,
      [shownImports],
    );
    return rows.map(presentImport);
  }

  async get(id: string): Promise<ImportView> {
    return presentImport(await this.row(id));
  }

  /** Keeps the file, with a guess of how it is to be read. */
  async give(kind: ImportKindView, name: string, content: AsyncIterable<Uint8Array>): Promise<ImportView> {
    const stored = await this.storage.store(content, fileLimitBytes).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new ApiError(413, 'file_too_large', error.message) : error;
    });
    if (stored.bytes === 0) {
      await this.storage.remove(stored.key);
      throw invalid('body', 'The file is empty.');
    }
    const terms = await this.guess(kind, stored.key);
    const id = uuid();
    await this.database.query(
      'insert into customer_import (id, kind, name, storage_key, bytes, terms) values ($1, $2, $3, $4, $5, $6)',
      [id, kind, name, stored.key, stored.bytes, JSON.stringify(terms)],
    );
    return this.get(id);
  }

  /** The first lines as they would be read, and what is wrong with the choice of columns. Nothing is done. */
  async preview(id: string, wished: ImportTermsView | undefined): Promise<ImportPreviewView> {
    const row = await this.row(id);
    const terms = wished ?? row.terms;
    const attributes = await this.attributes.list();
    const lines = await this.firstLines(fileOf(row), terms);
    const [header, body] = terms.hasHeader ? [lines[0]?.cells ?? [], lines.slice(1)] : [[], lines];
    const given = await this.lines.termsOf(row.kind, terms);
    return {
      terms,
      header,
      rows: body.map((line) => {
        const one = readLine(line, given);
        return {
          line: line.line,
          cells: line.cells,
          read: 'read' in one ? shownOf(one.read) : {},
          faults: 'faults' in one ? one.faults : [],
        };
      }),
      problems: problemsOf(row.kind, terms, meaningsOf(row.kind, attributes)),
    };
  }

  async start(actor: Actor, id: string, wished: ImportTermsView | undefined): Promise<ImportView> {
    const row = await this.row(id);
    const terms = wished ?? row.terms;
    const [problem] = problemsOf(row.kind, terms, meaningsOf(row.kind, await this.attributes.list()));
    if (problem !== undefined) {
      throw invalid('terms.columns', 'Choose what the columns are.', problem);
    }
    await this.database.transaction(async (tx) => {
      const begun = await tx.query(
        `update customer_import set state = 'running', terms = $2, started_by = $3, started_at = coalesce(started_at, clock_timestamp()), why = ''
         where id = $1 and storage_key is not null and (state = 'draft' or state = 'stopped' and terms = $2) returning id`,
        [id, JSON.stringify(terms), actor.id],
      );
      if (begun.length === 0) {
        throw conflict('not_startable', 'This import was begun already, or is over. Give the file again.');
      }
      await recordAct(tx, { actorId: actor.id, action: 'import.started', subject: id, details: { kind: row.kind } });
    });
    await this.jobs.add(importJob, { id }, `${importJob}-${id}-${uuid()}`);
    return this.get(id);
  }

  /** What is done stays done; it can be gone on with. */
  async stop(actor: Actor, id: string): Promise<ImportView> {
    await this.database.transaction(async (tx) => {
      const stopped = await tx.query(
        `update customer_import set state = 'stopped' where id = $1 and state = 'running' returning id`,
        [id],
      );
      if (stopped.length === 0) {
        throw conflict('not_running', 'This import does not run.');
      }
      await recordAct(tx, { actorId: actor.id, action: 'import.stopped', subject: id });
    });
    return this.get(id);
  }

  /** Takes the file and its record away; customers keep what they got. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.row(id);
    await this.database.transaction(async (tx) => {
      const removed = await tx.query(`delete from customer_import where id = $1 and state <> 'running' returning id`, [
        id,
      ]);
      if (removed.length === 0) {
        throw conflict('still_running', 'This import still runs. Stop it first.');
      }
      await recordAct(tx, { actorId: actor.id, action: 'import.removed', subject: id });
    });
    if (row.storageKey !== null) {
      await this.storage.remove(row.storageKey);
    }
  }

  async faults(id: string): Promise<ImportFaultView[]> {
    await this.row(id);
    return this.database.query<ImportFaultView & Record<string, unknown>>(
      'select line, field, code, value from import_fault where import_id = $1 order by line, field',
      [id],
    );
  }

  private async row(id: string): Promise<ImportRow> {
    const [row] = await this.database.query<ImportRow & Record<string, unknown>>(`${importView} where i.id = $1`, [id]);
    if (!row) {
      throw notFound('This import');
    }
    return row;
  }

  private async guess(kind: ImportKindView, key: string): Promise<ImportTermsView> {
    const { bytes } = await this.head(key);
    const encoding = guessEncoding(bytes);
    const terms: ImportTermsView = {
      encoding,
      delimiter: guessDelimiter(bytes, encoding),
      hasHeader: true,
      columns: [],
      createMissing: true,
      source: kind === 'purchases' ? 'file' : '',
      currency: kind === 'purchases' ? 'IRR' : '',
    };
    const [header] = await this.firstLines(key, terms).catch((): TableLine[] => []);
    const attributes: CustomerAttributeView[] = (await this.attributes.list()).filter(({ isRetired }) => !isRetired);
    return { ...terms, columns: guessColumns(header?.cells ?? [], kind, attributes) };
  }

  private async head(key: string): Promise<FileHead> {
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of this.storage.open(key) as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length >= headBytes) {
        break;
      }
    }
    return { bytes: Buffer.concat(parts).subarray(0, headBytes) };
  }

  private async firstLines(key: string, terms: ImportTermsView): Promise<TableLine[]> {
    const lines: TableLine[] = [];
    try {
      for await (const line of readTable(this.storage.open(key) as AsyncIterable<Uint8Array>, terms)) {
        lines.push(line);
        if (lines.length > shownLines) {
          break;
        }
      }
    } catch (error) {
      throw invalid('terms', 'This cannot be read as a table. Choose another encoding or separator.', reasonOf(error));
    }
    return lines;
  }
}

function fileOf({ storageKey }: ImportRow): string {
  if (storageKey === null) {
    throw conflict('file_gone', 'The file of this import was taken away when it was done. Give it again.');
  }
  return storageKey;
}

function shownOf({
  person,
  values,
  purchase,
}: {
  person: object;
  values: object;
  purchase: object | null;
}): Record<string, unknown> {
  return { ...person, values, purchase };
}
