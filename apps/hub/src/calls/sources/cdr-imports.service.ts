import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  cdrTerms,
  problemsOfTerms,
  readCdrCalls,
  readCdrLines,
  sniffCdr,
  splitCdrLine,
  type CdrLine,
  type CdrTerms,
  type InboundCall,
} from '#channels';
import { HubConfig } from '#config';
import type { CdrCallView, CdrFaultView, CdrImportView, CdrPreviewView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { ApiError, conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { readAtMost } from '../../platform/http/body-parsers.js';
import { FileStorage, FileTooLarge } from '../../platform/storage/file-storage.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { CdrImportJobs } from './cdr-import-jobs.service.js';
import { isNamed } from './cdr-import-runs.service.js';
import { cdrImportView, presentCdrImport, type CdrImportRow } from './cdr-imports.query.js';

/** Years of records of a busy exchange. */
const fileLimitBytes = 500 * 1024 * 1024;
/** What a preview reads: more need not be sent. */
const previewLimitBytes = 1024 * 1024;
const previewLines = 300;
const shownLines = 10;
const shownCalls = 20;
const shownImports = 100;

/** Files of call records: looked at, begun and stopped. `CdrImportRuns` does the lines. */
@Injectable()
export class CdrImports {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly channels: ChannelDirectory,
    private readonly jobs: CdrImportJobs,
    private readonly config: HubConfig,
  ) {}

  /** The beginning of a file as it would be read: by these terms, else by what it looks like. Nothing is kept. */
  async preview(
    channelId: string,
    content: AsyncIterable<Uint8Array>,
    wished: string | undefined,
  ): Promise<CdrPreviewView> {
    this.checkChannel(channelId);
    const head = await readAtMost(content, previewLimitBytes);
    const terms = termsOf(wished) ?? this.sniff(head);
    const all = await firstLines(head, terms);
    const [header, lines] = terms.hasHeader ? [all[0], all.slice(1)] : [undefined, all];
    // The beginning of a file may end within a line.
    const reading = readCdrCalls(head.length === previewLimitBytes ? lines.slice(0, -1) : lines, terms);
    return {
      terms,
      header: header ? cellsOf(header, terms) : [],
      lines: lines.slice(0, shownLines).map((line) => ({ line: line.line, cells: cellsOf(line, terms) })),
      calls: reading.calls.filter(isNamed).slice(0, shownCalls).map(presentCall),
      internal: reading.internal,
      faults: reading.faults,
      lacksUnanswered: reading.rows > 0 && !reading.hasUnanswered,
      problems: problemsOfTerms(terms),
    };
  }

  async start(
    actor: Actor,
    channelId: string,
    file: { name: string; content: AsyncIterable<Uint8Array>; terms: string | undefined },
  ): Promise<CdrImportView> {
    this.checkChannel(channelId);
    const wished = termsOf(file.terms);
    const stored = await this.storage.store(file.content, fileLimitBytes).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new ApiError(413, 'file_too_large', error.message) : error;
    });
    try {
      const id = await this.keep(actor, channelId, { ...stored, name: file.name }, wished);
      await this.jobs.add(id);
      return await this.get(channelId, id);
    } catch (error) {
      if (error instanceof ApiError) {
        await this.storage.remove(stored.key);
      }
      throw error;
    }
  }

  async list(channelId: string): Promise<CdrImportView[]> {
    this.checkChannel(channelId);
    const rows = await this.database.query<CdrImportRow & Record<string, unknown>>(
      `${cdrImportView} where i.channel_id = $1 order by i.created_at desc, i.id desc limit $2`,
      [channelId, shownImports],
    );
    return rows.map(presentCdrImport);
  }

  async get(channelId: string, id: string): Promise<CdrImportView> {
    const [row] = await this.database.query<CdrImportRow & Record<string, unknown>>(
      `${cdrImportView} where i.channel_id = $1 and i.id = $2`,
      [channelId, id],
    );
    if (!row) {
      throw notFound('This import');
    }
    return presentCdrImport(row);
  }

  /** What is done stays done. The rest comes in when the file is imported again. */
  async stop(actor: Actor, channelId: string, id: string): Promise<CdrImportView> {
    const stopped = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ key: string | null }>(
        `with now as (select id, storage_key from cdr_import where channel_id = $1 and id = $2 and state = 'running' for update)
         update cdr_import i set state = 'stopped', ended_at = clock_timestamp(), storage_key = null from now where i.id = now.id
         returning now.storage_key as key`,
        [channelId, id],
      );
      if (!row) {
        throw conflict('not_running', 'This import does not run.');
      }
      await recordAct(tx, { actorId: actor.id, action: 'cdr_import.stopped', subject: id });
      return row;
    });
    if (stopped.key !== null) {
      await this.storage.remove(stopped.key);
    }
    return this.get(channelId, id);
  }

  async faults(channelId: string, id: string): Promise<CdrFaultView[]> {
    await this.get(channelId, id);
    return this.database.query<CdrFaultView & Record<string, unknown>>(
      'select line, code, value from cdr_fault where import_id = $1 order by line',
      [id],
    );
  }

  private async keep(
    actor: Actor,
    channelId: string,
    file: { name: string; key: string; bytes: number },
    wished: CdrTerms | null,
  ): Promise<string> {
    const terms = wished ?? this.sniff(await headOf(this.storage.open(file.key) as AsyncIterable<Uint8Array>));
    const [problem] = file.bytes === 0 ? ['empty'] : problemsOfTerms(terms);
    if (problem !== undefined) {
      throw invalid('terms', 'Say which columns hold the time and the numbers of a call.', problem);
    }
    const id = uuid();
    await this.database.transaction(async (tx) => {
      await tx.query(
        'insert into cdr_import (id, channel_id, name, storage_key, bytes, terms, started_by) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, channelId, file.name, file.key, file.bytes, JSON.stringify(terms), actor.id],
      );
      await recordAct(tx, { actorId: actor.id, action: 'cdr_import.started', subject: id, details: { channelId } });
    });
    return id;
  }

  private sniff(head: Uint8Array): CdrTerms {
    const { defaultCountry } = this.config;
    return sniffCdr(head, { defaultCountry, timeZone: defaultCountry === 'IR' ? 'Asia/Tehran' : 'UTC' });
  }

  private checkChannel(id: string): void {
    if (this.channels.find(id)?.kind !== 'phone') {
      throw notFound('This phone channel');
    }
  }
}

function termsOf(wished: string | undefined): CdrTerms | null {
  if (wished === undefined) {
    return null;
  }
  const read = cdrTerms.safeParse(parsed(wished));
  if (!read.success) {
    throw invalid('terms', 'These terms cannot be understood.', read.error.issues[0]?.path.join('.') ?? '');
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function headOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of content) {
    parts.push(part);
    length += part.length;
    if (length >= 64 * 1024) {
      break;
    }
  }
  return Buffer.concat(parts);
}

async function firstLines(head: Uint8Array, terms: CdrTerms): Promise<CdrLine[]> {
  const lines: CdrLine[] = [];
  for await (const line of readCdrLines(single(head), terms.encoding)) {
    lines.push(line);
    if (lines.length > previewLines) {
      break;
    }
  }
  return lines;
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function cellsOf({ text }: CdrLine, { preset, delimiter }: CdrTerms): string[] {
  return preset === 'json' ? [] : (splitCdrLine(text, delimiter) ?? [text.slice(0, 200)]);
}

function presentCall(call: InboundCall): CdrCallView {
  return {
    callId: call.callId,
    direction: call.direction,
    number: call.party.kind === 'phone' ? call.party.address : call.party.address.replace(/^line:/u, ''),
    startedAt: call.startedAt?.toISOString() ?? '',
    durationSeconds: call.durationSeconds ?? 0,
    outcome: call.outcome ?? '',
    legs: (call.details?.legs ?? []).map(({ to, outcome }) => ({ to, isAnswered: outcome === 'answered' })),
  };
}
