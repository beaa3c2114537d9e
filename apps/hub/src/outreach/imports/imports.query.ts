import type { ImportTermsView, ImportView } from '#contract';

export interface ImportRow extends Omit<ImportView, 'progress' | 'createdAt' | 'startedAt' | 'endedAt' | 'terms'> {
  terms: ImportTermsView;
  storageKey: string | null;
  bytesDone: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export const importView = `
select i.id, i.kind, i.name, i.bytes, i.terms, i.state, i.why, i.lines_done as "linesDone", i.bytes_done as "bytesDone", i.created, i.changed,
       i.unchanged, i.refused, i.storage_key as "storageKey", a.name as "startedBy", i.created_at as "createdAt", i.started_at as "startedAt",
       i.ended_at as "endedAt"
from customer_import i left join agent a on a.id = i.started_by`;

export function presentImport({ storageKey: _storageKey, bytesDone, ...row }: ImportRow): ImportView {
  const isOver = row.state === 'done';
  return {
    ...row,
    progress: isOver ? 1 : Math.min(1, row.bytes === 0 ? 0 : bytesDone / row.bytes),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
