import type { Sql } from '#channels';

/** Tables of settings of which the audit shows what changed. */
export type SettingsTable =
  'skill' | 'calendar' | 'sla_policy' | 'channel' | 'ticket_field' | 'ticket_state_name' | 'webhook' | 'rule';

/** Never told: what opens something, and what counts or dates the row itself. */
const untold = [
  'secret',
  'secrets',
  'former_secret',
  'key_id',
  'cursor_xid',
  'cursor_position',
  'version',
  'created_at',
  'changed_at',
];

/** A row of settings as it is at this moment, for `diffOf`. Empty where there is none. */
export async function settingsRow(sql: Sql, table: SettingsTable, id: string): Promise<Record<string, unknown>> {
  const [row] = await sql.query<{ settings: Record<string, unknown> }>(
    `select to_jsonb(t) - $2::text[] as settings from ${table} t where t.id = $1`,
    [id, untold],
  );
  return row?.settings ?? {};
}
