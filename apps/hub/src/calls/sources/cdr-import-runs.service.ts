import { Injectable } from '@nestjs/common';
import { readCdrCalls, readCdrLines, type CdrFault, type CdrLine, type CdrTerms, type InboundCall } from '#channels';
import { Database, isAway } from '../../database/database.js';
import { Receiving } from '../../intake/receiving.service.js';
import { Log } from '../../platform/operations/log.js';
import { counted } from '../../platform/storage/counted.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { cdrImportView, holdImport, notePortion, type CdrImportRow } from './cdr-imports.query.js';

/** Lines of a portion. Rows of one call that two portions part grow one message all the same. */
const atOnce = 500;
/** Of each import so many faults are kept; all are counted. */
const mostFaults = 10_000;
/** A portion takes a second or two; whoever holds an import longer than this without a word is dead. */
const heldMs = 60_000;

interface Portion {
  lines: CdrLine[];
  /** Lines that were done before. */
  after: number;
  bytes: number;
}

/**
 * Does the lines of files of call records. What is stored is told by the calls' own ids, so a portion that was cut short is done again
 * without harm, and a file that is imported again brings nothing new. Nothing is kept in memory but the portion.
 */
@Injectable()
export class CdrImportRuns {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
    private readonly log: Log,
  ) {}

  /**
   * Goes on with an import until its end, or until somebody stops it. Done again it changes nothing. False where somebody else does it now,
   * or died over it a moment ago: then it is to be tried again.
   */
  async run(id: string): Promise<boolean> {
    const held = await this.database.query(holdImport, [id, heldMs]);
    if (held.length === 0) {
      const others = await this.database.query(`select 1 from cdr_import where id = $1 and state = 'running'`, [id]);
      return others.length === 0;
    }
    const [row] = await this.database.query<CdrImportRow & Record<string, unknown>>(
      `${cdrImportView} where i.id = $1`,
      [id],
    );
    try {
      await this.runLines(row as CdrImportRow);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('An import of call records could not be gone on with.', { import: id, reason: String(error) });
      await this.fail(id, 'unreadable');
    }
    return true;
  }

  /** Imports that nobody does any more, e.g. because their node died. */
  async takeUp(): Promise<void> {
    const left = await this.database.query<{ id: string }>(
      `select id from cdr_import where state = 'running' and (held_until is null or held_until < clock_timestamp())`,
    );
    for (const { id } of left) {
      await this.run(id);
    }
  }

  /** Files name many people; of those that failed or were stopped nobody needs them after a month. */
  async forgetFiles(): Promise<void> {
    const left = await this.database.query<{ key: string }>(
      `with old as (
         select id, storage_key from cdr_import
         where state in ('stopped', 'failed') and storage_key is not null and created_at < clock_timestamp() - interval '30 days'
         for update skip locked)
       update cdr_import i set storage_key = null from old where i.id = old.id returning old.storage_key as key`,
    );
    for (const { key } of left) {
      await this.storage.remove(key);
    }
  }

  private async runLines(row: CdrImportRow): Promise<void> {
    const channel = this.channels.find(row.channelId);
    if (!channel) {
      return this.fail(row.id, 'no_channel');
    }
    const counter = { bytes: 0 };
    const content = counted(this.storage.open(row.storageKey as string) as AsyncIterable<Uint8Array>, counter);
    const skipped = row.linesDone === 0 && row.terms.hasHeader ? 1 : row.linesDone;
    let portion: Portion = { lines: [], after: row.linesDone, bytes: 0 };
    for await (const line of readCdrLines(content, row.terms.encoding)) {
      if (line.line <= skipped) {
        continue;
      }
      portion.lines.push(line);
      if (portion.lines.length === atOnce) {
        if (!(await this.take(channel, row, { ...portion, bytes: counter.bytes }))) {
          return;
        }
        portion = { lines: [], after: line.line, bytes: 0 };
      }
    }
    if (portion.lines.length === 0 || (await this.take(channel, row, { ...portion, bytes: counter.bytes }))) {
      await this.end(row);
    }
  }

  /** Whether there is to be gone on: nobody stopped it. The lines of a header count with the first portion. */
  private async take(channel: OpenChannel, row: CdrImportRow, { lines, after, bytes }: Portion): Promise<boolean> {
    const terms = row.terms as CdrTerms;
    const reading = readCdrCalls(lines, terms);
    const named = reading.calls.filter(isNamed);
    const outcomes = await this.receiving.takePast(channel, named);
    const added = outcomes.filter((outcome) => outcome === 'stored').length;
    const [noted] = await this.database.query<{ refused: number }>(notePortion, [
      row.id,
      after,
      (lines.at(-1)?.line ?? after) - after,
      bytes,
      reading.rows,
      added,
      outcomes.length - added,
      reading.internal,
      reading.calls.length - named.length,
      reading.faults.length,
      reading.hasUnanswered,
      heldMs,
    ]);
    if (noted && noted.refused - reading.faults.length < mostFaults) {
      await this.noteFaults(row.id, reading.faults);
    }
    return noted !== undefined;
  }

  private async noteFaults(id: string, faults: readonly CdrFault[]): Promise<void> {
    await this.database.query(
      `insert into cdr_fault (import_id, line, code, value)
       select $1, t.line, t.code, t.value from jsonb_to_recordset($2::jsonb) as t(line int, code text, value text) on conflict do nothing`,
      [id, JSON.stringify(faults)],
    );
  }

  private async fail(id: string, why: string): Promise<void> {
    await this.database.query(
      `update cdr_import set state = 'failed', why = $2, ended_at = clock_timestamp() where id = $1 and state = 'running'`,
      [id, why],
    );
  }

  /** The file goes with its end: it says whom many people spoke with. */
  private async end({ id, storageKey }: CdrImportRow): Promise<void> {
    const ended = await this.database.query(
      `update cdr_import set state = 'done', ended_at = clock_timestamp(), storage_key = null where id = $1 and state = 'running' returning id`,
      [id],
    );
    if (ended.length > 0 && storageKey !== null) {
      await this.storage.remove(storageKey);
    }
  }
}

/** A call whose other side told no number is nobody's history: each would be a customer of its own. */
export function isNamed({ party }: InboundCall): boolean {
  return party.kind === 'phone' || !party.address.startsWith('call:');
}
