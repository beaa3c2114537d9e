import type { Sql } from '#channels';

/** Tables in which a talk with a bot stands, those that others refer to first, and how the rows of a conversation $1 are found. */
const tables = {
  customer: 'id = (select customer_id from conversation where id = $1)',
  identity: 'customer_id = (select customer_id from conversation where id = $1)',
  conversation: 'id = $1',
  message: 'conversation_id = $1',
  bot_session: 'conversation_id = $1',
  bot_turn: 'session_id in (select id from bot_session where conversation_id = $1)',
  bot_event: 'conversation_id = $1',
} as const;

const ids = /[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gu;

/** The ids of which a copy has its own: the rows', and what their providers named them. */
const ownIds = `
select c.id::text || c.customer_id::text as id from conversation c where c.id = $1
union all select i.id::text || i.address from identity i join conversation c on c.customer_id = i.customer_id where c.id = $1
union all select id::text || coalesce(external_id, '') from message where conversation_id = $1
union all select id::text from bot_session where conversation_id = $1`;

const columnsOf = `
select string_agg(quote_ident(column_name), ', ') filter (where is_generated = 'NEVER' and is_identity = 'NO') as names
from information_schema.columns where table_schema = current_schema() and table_name = $1`;

/**
 * Copies a conversation so often, row by row as it stands: what it cost the hub to get there is paid once. Ids differ in their first
 * eight digits only, which count from `first` on. @returns the id of a conversation, or of anything else of it, in a given copy.
 */
export async function copyTalks(
  database: { transaction<Made>(work: (tx: Sql) => Promise<Made>): Promise<Made> },
  conversation: string,
  { first, count }: { first: number; count: number },
): Promise<(id: string, copy: number) => string> {
  await database.transaction(async (tx) => {
    const own = await tx.query<{ id: string }>(ownIds, [conversation]);
    const tails = new Set(own.flatMap(({ id }) => Array.from(id.matchAll(ids), ([, tail]) => tail ?? '')));
    const pattern = `[0-9a-f]{8}(${[...tails].join('|')})`;
    // The rows are as the hub left them: nothing is to follow from them once more.
    await tx.query(`set local session_replication_role = 'replica'`);
    for (const [table, isTheirs] of Object.entries(tables)) {
      const [columns] = await tx.query<{ names: string }>(columnsOf, [table]);
      const names = columns?.names ?? '';
      await tx.query(
        `insert into ${table} (${names})
         select ${names.replaceAll(/[a-z_"]+/gu, 'copy.$&')}
         from generate_series($2::int, $2::int + $3::int - 1) n, ${table} t,
           jsonb_populate_record(null::${table}, regexp_replace(to_jsonb(t)::text, $4, lpad(to_hex(n), 8, '0') || '\\1', 'g')::jsonb) copy
         where t.${isTheirs}`,
        [conversation, first, count, pattern],
      );
    }
  });
  return (id, copy) => id.replace(ids, `${copy.toString(16).padStart(8, '0')}$1`);
}
