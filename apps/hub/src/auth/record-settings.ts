import type { Sql } from '#channels';
import { diffOf } from './diff-of.js';
import { recordAct } from './record-act.js';
import { settingsRow, type SettingsTable } from './settings-row.js';

interface SettingsAct {
  actorId: string;
  table: SettingsTable;
  id: string;
  became: 'created' | 'changed' | 'removed';
  /** The row as it was, by `settingsRow`; left out for one that is new. */
  before?: Record<string, unknown>;
}

/** Appends to the audit what became of a row of settings, field by field: 'macro.changed'. Last in the transaction, as `recordAct`. */
export async function recordSettings(tx: Sql, { actorId, table, id, became, before = {} }: SettingsAct): Promise<void> {
  const changes = diffOf(before, await settingsRow(tx, table, id));
  await recordAct(tx, { actorId, action: `${table}.${became}`, subject: id, details: { changes } });
}
