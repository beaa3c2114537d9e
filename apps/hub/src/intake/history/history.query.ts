import type { HistoryFileView, HistoryImportView } from '#contract';

export interface HistoryFileRow {
  position: number;
  name: string;
  bytes: number;
  bytesDone: number;
  isRead: boolean;
}

export interface HistoryRow extends Omit<HistoryImportView, 'files' | 'createdAt' | 'endedAt' | 'terms'> {
  files: HistoryFileRow[] | null;
  terms: Partial<NonNullable<HistoryImportView['terms']>>;
  createdAt: Date;
  endedAt: Date | null;
}

export const historyView = `
select i.id, i.system, i.source, i.state, i.why, i.terms, i.people, i.people_done as "peopleDone", i.added_people as "addedPeople",
       i.joined_people as "joinedPeople", i.tickets, i.added_tickets as "addedTickets", i.messages, i.added_messages as "addedMessages",
       i.known, i.refused, a.name as "startedBy", i.created_at as "createdAt", i.ended_at as "endedAt",
       (select jsonb_agg(jsonb_build_object('position', f.position, 'name', f.name, 'bytes', f.bytes, 'bytesDone', f.bytes_done,
                                            'isRead', f.read_at is not null) order by f.position)
        from history_file f where f.import_id = i.id) as files
from history_import i left join agent a on a.id = i.started_by`;

export function presentHistory({ files, terms, createdAt, endedAt, ...shown }: HistoryRow): HistoryImportView {
  return {
    ...shown,
    files: (files ?? []).map(presentFile),
    terms: terms.inboxes && terms.openAs ? { inboxes: terms.inboxes, openAs: terms.openAs } : null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

function presentFile({ position, name, bytes, bytesDone, isRead }: HistoryFileRow): HistoryFileView {
  return { position, name, bytes, progress: isRead ? 1 : Math.min(1, bytes === 0 ? 0 : bytesDone / bytes) };
}

/** Takes an import in this state for so long; no row: it is in another, or somebody else works on it. Parameters: id, state, ms. */
export const holdHistory = `
update history_import set held_until = clock_timestamp() + $3 * interval '1 millisecond'
where id = $1 and state = $2 and (held_until is null or held_until < clock_timestamp())
returning id`;

/** Holds it on, in the transaction that does a portion; no row: it is not to be gone on with. Parameters: id, state, ms. */
export const keepHistory = `
update history_import set held_until = clock_timestamp() + $3 * interval '1 millisecond' where id = $1 and state = $2 returning id`;
