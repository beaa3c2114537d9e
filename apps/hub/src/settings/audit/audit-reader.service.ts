import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { matchKey } from '#channels';
import type { AuditEntryView, Page } from '#contract';
import { Database } from '../../database/database.js';
import { fromCursor, toCursor, type Place } from '../../desk/cursor.js';
import { auditPage, subjectNames, type AuditRow } from './audit.query.js';
import type { AuditFilterDto, AuditPageDto } from './audit.dto.js';
import { presentEntry, subjectOf } from './present-entry.js';

const downloadPage = 1_000;
/** A word that so many things bear tells none of them. */
const mostCalled = 100;
/** How the words of a search are asked for. */
const noWords: { words: string | null; subjects: string[]; hash: Buffer | null } = {
  words: null,
  subjects: [],
  hash: null,
};
const hashShape = /^[0-9a-f]{64}$/iu;

/** Who did what. Reads only what the chain keeps: ids, choices and settings, never what customers wrote. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  async page({ before, limit, ...filter }: AuditPageDto): Promise<Page<AuditEntryView>> {
    const rows = await this.read(filter, fromCursor(before), limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: await this.present(shown),
      next: last && rows.length > limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  /** All of it, a page at a time: no connection is held between two of them, however slowly they are taken. */
  async *all(filter: AuditFilterDto): AsyncGenerator<AuditEntryView> {
    let place: Place | null = fromCursor(undefined);
    while (place) {
      const rows: AuditRow[] = await this.read(filter, place, downloadPage);
      yield* await this.present(rows);
      const last = rows.length === downloadPage ? rows.at(-1) : undefined;
      place = last ? { at: last.cursor_at, id: last.id } : null;
    }
  }

  private async read(filter: AuditFilterDto, place: Place, limit: number): Promise<AuditRow[]> {
    const { actor, action, subject, q, from, to } = filter;
    const { words, subjects, hash } = q === undefined ? noWords : await this.readWords(q);
    return this.database.query<AuditRow>(auditPage, [
      actor ?? null,
      action ?? null,
      action === undefined ? null : `${escapeLike(action)}.%`,
      subject === undefined ? null : ofSubject(subject),
      words,
      from ?? null,
      to ?? null,
      place.at,
      place.id,
      limit,
      subjects,
      hash,
    ]);
  }

  private async readWords(q: string): Promise<typeof noWords> {
    return {
      words: `%${escapeLike(JSON.stringify(q).slice(1, -1))}%`,
      subjects: (await this.subjectsCalled(q)).map(ofSubject),
      hash: hashShape.test(q.trim()) ? Buffer.from(q.trim(), 'hex') : null,
    };
  }

  /** Things whose name of today holds the words, however they are spelled. */
  private async subjectsCalled(words: string): Promise<string[]> {
    const key = matchKey(words);
    if (key === '') {
      return [];
    }
    const all = await this.database.query<{ id: string; name: string }>(subjectNames, [null]);
    const called = all.filter(({ name }) => matchKey(name).includes(key));
    return called.length > mostCalled ? [] : called.map(({ id }) => id);
  }

  private async present(rows: AuditRow[]): Promise<AuditEntryView[]> {
    const ids = [...new Set(rows.map(subjectOf).filter((subject) => isUUID(subject)))];
    const named = ids.length === 0 ? [] : await this.database.query<{ id: string; name: string }>(subjectNames, [ids]);
    const names = new Map(named.map(({ id, name }) => [id, name]));
    return rows.map((row) => presentEntry(row, names));
  }
}

function ofSubject(subject: string): string {
  return `%"subject":${escapeLike(JSON.stringify(subject))}%`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
