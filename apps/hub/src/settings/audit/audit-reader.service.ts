import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { AuditEntryView, Page } from '#contract';
import { Database } from '../../database/database.js';
import { fromCursor, toCursor, type Place } from '../../desk/cursor.js';
import { auditPage, subjectNames, type AuditRow } from './audit.query.js';
import type { AuditFilterDto, AuditPageDto } from './audit.dto.js';
import { presentEntry, subjectOf } from './present-entry.js';

const downloadPage = 1_000;

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

  private read(filter: AuditFilterDto, place: Place, limit: number): Promise<AuditRow[]> {
    const { actor, action, subject, q, from, to } = filter;
    return this.database.query<AuditRow>(auditPage, [
      actor ?? null,
      action ?? null,
      action === undefined ? null : `${escapeLike(action)}.%`,
      subject === undefined ? null : `%"subject":${escapeLike(JSON.stringify(subject))}%`,
      q === undefined ? null : `%${escapeLike(JSON.stringify(q).slice(1, -1))}%`,
      from ?? null,
      to ?? null,
      place.at,
      place.id,
      limit,
    ]);
  }

  private async present(rows: AuditRow[]): Promise<AuditEntryView[]> {
    const ids = [...new Set(rows.map(subjectOf).filter((subject) => isUUID(subject)))];
    const named = ids.length === 0 ? [] : await this.database.query<{ id: string; name: string }>(subjectNames, [ids]);
    const names = new Map(named.map(({ id, name }) => [id, name]));
    return rows.map((row) => presentEntry(row, names));
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
