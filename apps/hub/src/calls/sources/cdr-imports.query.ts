import type { CdrImportView, CdrTermsView } from '#contract';

export interface CdrImportRow extends Omit<
  CdrImportView,
  'progress' | 'createdAt' | 'endedAt' | 'lacksUnanswered' | 'terms'
> {
  terms: CdrTermsView;
  channelId: string;
  storageKey: string | null;
  bytesDone: number;
  hasUnanswered: boolean;
  createdAt: Date;
  endedAt: Date | null;
}

export const cdrImportView = `
select i.id, i.channel_id as "channelId", i.name, i.bytes, i.terms, i.state, i.why, i.lines_done as "linesDone", i.bytes_done as "bytesDone",
       i.records, i.added, i.known, i.internal, i.nameless, i.refused, i.has_unanswered as "hasUnanswered", i.storage_key as "storageKey",
       a.name as "startedBy", i.created_at as "createdAt", i.ended_at as "endedAt"
from cdr_import i left join agent a on a.id = i.started_by`;

export function presentCdrImport(row: CdrImportRow): CdrImportView {
  const { storageKey: _storageKey, channelId: _channelId, bytesDone, hasUnanswered, ...shown } = row;
  return {
    ...shown,
    progress: row.state === 'done' ? 1 : Math.min(1, row.bytes === 0 ? 0 : bytesDone / row.bytes),
    lacksUnanswered: row.records > 0 && !hasUnanswered,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** Takes an import for so long; no row: it does not run, or somebody else does it. Parameters: id, ms. */
export const holdImport = `
update cdr_import set held_until = clock_timestamp() + $2 * interval '1 millisecond'
where id = $1 and state = 'running' and (held_until is null or held_until < clock_timestamp())
returning id`;

/**
 * Notes what a portion came to, if the import still is where the portion began. Parameters: id, lines done before, lines, bytes, records,
 * added, known, internal, nameless, refused, whether somebody was not answered, ms to hold it on.
 */
export const notePortion = `
update cdr_import
set lines_done = lines_done + $3, bytes_done = $4, records = records + $5, added = added + $6, known = known + $7, internal = internal + $8,
    nameless = nameless + $9, refused = refused + $10, has_unanswered = has_unanswered or $11,
    held_until = clock_timestamp() + $12 * interval '1 millisecond'
where id = $1 and state = 'running' and lines_done = $2
returning refused`;
