import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '#channels';

/**
 * What holds rows of its own: tables, parts of tables, materialised views and foreign tables. Besides them what PostgreSQL itself keeps of
 * values: its statistics of columns and of indexed expressions, the statistics of several columns, large objects and comments. What an
 * index holds of a row that is there is in the row; the rest of it is in the statistics of its expressions. A table's long values are
 * read with its rows. What is empty of these today is searched all the same.
 */
const tables = `
select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
union all select unnest(array['pg_stats', 'pg_stats_ext', 'pg_stats_ext_exprs', 'pg_largeobject', 'pg_description', 'pg_class', 'pg_attrdef', 'pg_trigger'])
order by 1`;

/** Where any of the words stand in this database: every row of everything that holds rows, whatever its columns are, bytes among them. */
async function inTables(sql: Sql, words: readonly string[]): Promise<string[]> {
  const wanted = words.flatMap((word) => [word.toLowerCase(), Buffer.from(word).toString('hex')]);
  const found: string[] = [];
  for (const { name } of await sql.query<{ name: string }>(tables)) {
    const rows = await sql.query<{ row: string }>(
      `select lower(t::text) as row from ${name} t where exists (select 1 from unnest($1::text[]) w where position(w in lower(t::text)) > 0) limit 3`,
      [wanted],
    );
    found.push(...rows.map(({ row }) => `${name}: ${around(row, wanted)}`));
  }
  return found;
}

async function inFiles(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? await readFile(path) : Buffer.alloc(0);
    if (words.some((word) => bytes.includes(word) || path.includes(word))) {
      found.push(path);
    }
  }
  return found;
}

function around(row: string, wanted: readonly string[]): string {
  const at = Math.max(0, ...wanted.map((word) => row.indexOf(word)));
  return row.slice(Math.max(0, at - 60), at + 60);
}

/** Everywhere that Peyk may keep something of a person: tables, files and its own log. None: []. */
export async function findTraces(
  hub: { database: Sql; dataDir: string; logged(): string },
  words: readonly string[],
): Promise<string[]> {
  const logged = hub.logged();
  return [
    ...(await inTables(hub.database, words)),
    ...(await inFiles(hub.dataDir, words)),
    ...words.filter((word) => logged.includes(word)).map((word) => `log: ${around(logged, [word])}`),
  ];
}
