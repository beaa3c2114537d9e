/** Tables of ours with the columns that are written, in the order of their names. What is unlogged lives for the moment only. */
export const ownTables = `
select c.relname as name,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'storage_key' and not a.attisdropped) as "namesFiles"
from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'migration'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1`;

/** Anything that somebody made here. */
export const foreignThings = `
select c.relname as name from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
limit 1`;

export const usedSequences = `
select sequencename as name, last_value::text as last from pg_sequences
where schemaname = current_schema() and last_value is not null and sequencename <> 'migration_id_seq' order by 1`;

export const foreignKeys = `
select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
from pg_constraint c where c.contype = 'f' and c.connamespace = current_schema()::regnamespace order by 1, 2`;

/** How values are written as text, so that any server reads them as they were. */
export const portableText = `
set local client_encoding to 'UTF8'; set local datestyle to 'ISO, YMD'; set local intervalstyle to 'postgres'; set local timezone to 'UTC';
set local extra_float_digits to 1; set local bytea_output to 'hex'; set local statement_timeout to 0;
set local idle_in_transaction_session_timeout to 0`;

export interface OwnTable {
  name: string;
  columns: string[];
  namesFiles: boolean;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const copyOut = ({ name, columns }: Pick<OwnTable, 'name' | 'columns'>): string =>
  `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`;

export const copyIn = ({ name, columns }: Pick<OwnTable, 'name' | 'columns'>): string =>
  `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`;
