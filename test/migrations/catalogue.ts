import type { Sql } from '#channels';

/** Objects that come from extensions belong to them, and TypeORM's own table is not our schema. */
const OURS = `n.nspname = 'public' and c.relname <> 'migration' and c.relname not like 'migration\\_%'`;

const PARTS: Record<string, string> = {
  extension: `select extname as line from pg_extension where extname <> 'plpgsql'`,
  table: `
    select c.relname || ' ' || c.relkind::text || coalesce(' with ' || array_to_string(c.reloptions, ', '), '') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
  sequence: `
    select c.relname as line from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind = 'S'`,
  column: `
    select format('%s %s %s %s%s%s%s', c.relname, lpad(a.attnum::text, 2, '0'), a.attname, format_type(a.atttypid, a.atttypmod),
             case when a.attnotnull then ' not null' else '' end,
             coalesce(case a.attgenerated when 's' then ' stored ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), ''),
             case a.attidentity when 'a' then ' identity always' when 'd' then ' identity by default' else '' end) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where ${OURS} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  constraint: `
    select format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and k.contype <> 'n'`,
  index: `
    select pg_get_indexdef(i.indexrelid) as line
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS}`,
  statistics: `
    select pg_get_statisticsobjdef(s.oid) as line
    from pg_statistic_ext s join pg_class c on c.oid = s.stxrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS}`,
  trigger: `
    select pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' ' || t.tgenabled::text end as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and not t.tgisinternal`,
  function: `
    select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  type: `
    select t.typname || ' ' || t.typtype::text as line from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where n.nspname = 'public' and t.typtype in ('d', 'e', 'r')
      and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')`,
};

const LEGAL_MOVES = `
  select format('%s (%s) -> %s (%s) %s', t.src, s.category, t.dst, d.category, t.journal) as line
  from ticket_transition t join ticket_state s on s.name = t.src join ticket_state d on d.name = t.dst`;

/** Everything that the migrations made, as sorted text. An empty schema is the empty text. */
export async function readCatalogue(sql: Sql): Promise<string> {
  const parts = Object.entries(PARTS);
  const [states] = await sql.query<{ exists: boolean }>(
    `select to_regclass('ticket_transition') is not null as exists`,
  );
  if (states?.exists) {
    parts.push(['legal move', LEGAL_MOVES]);
  }
  const texts: string[] = [];
  for (const [part, query] of parts) {
    const rows = await sql.query<{ line: string }>(`select line from (${query}) part order by line collate "C"`);
    texts.push(...rows.map((row) => `${part}: ${row.line.trimEnd()}\n`));
  }
  return texts.join('');
}
