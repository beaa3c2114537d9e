import type { AuditEntryView } from '#contract';
import { byteOrderMark, csvLine } from '../../platform/tables/csv.js';

const columns = ['at', 'actor', 'actor_id', 'action', 'subject', 'subject_name', 'changes', 'details', 'hash'] as const;

/** Lines of a file, as they come. */
export async function* writeAudit(
  entries: AsyncIterable<AuditEntryView>,
  format: 'csv' | 'jsonl',
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield byteOrderMark + csvLine(columns);
  }
  for await (const entry of entries) {
    yield format === 'csv' ? csvLine(cellsOf(entry)) : `${JSON.stringify(entry)}\n`;
  }
}

function cellsOf(entry: AuditEntryView): string[] {
  const { at, actor, action, subject, subjectName, changes, details, hash } = entry;
  const names = [actor?.name ?? '', actor?.id ?? ''];
  return [at, ...names, action, subject, subjectName ?? '', JSON.stringify(changes), JSON.stringify(details), hash];
}
