import type { Sql } from '#channels';

/** Tables of settings of which the audit shows what changed. */
export type SettingsTable =
  | 'skill'
  | 'calendar'
  | 'sla_policy'
  | 'channel'
  | 'ticket_field'
  | 'ticket_state_name'
  | 'webhook'
  | 'rule'
  | 'survey'
  | 'outreach'
  | 'segment'
  | 'customer_attribute'
  | 'canned_reply'
  | 'macro';

/** Never told: what opens something, what counts or dates the row itself, and what is worked out from the rest of it. */
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
  'used',
  'used_at',
  'counted',
  'counted_at',
  'short_key',
  'title_key',
  'text_key',
  'name_key',
];

/**
 * A row of settings as it is at this moment, for `diffOf`. Empty where there is none, and for what somebody keeps for themselves: the
 * words of that are read by nobody else.
 */
export async function settingsRow(sql: Sql, table: SettingsTable, id: string): Promise<Record<string, unknown>> {
  const [row] = await sql.query<{ settings: Record<string, unknown> }>(
    `select to_jsonb(t) - $2::text[] as settings from ${table} t
     where t.id = $1 and to_jsonb(t) ->> 'owner_id' is null`,
    [id, untold],
  );
  return row?.settings ?? {};
}
