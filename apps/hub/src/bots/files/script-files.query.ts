import type { ScriptFileView } from '#contract';
import type { Sql } from '#channels';

/** A file of scripts as the hub keeps it. */
export interface KeptScriptFile {
  name: string;
  mediaType: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  storageKey: string;
}

/** The names in versions that may answer again, each version read once. */
const pinned = `
select path.name #>> '{}' as name from script s join script_version v on v.script_id = s.id and v.status <> 'draft'
cross join lateral jsonb_path_query(v.body, '$.**.media') as path(name)
where s.removed_at is null and jsonb_typeof(path.name) = 'string'`;

/** By name. Parameter: one name; null: all. */
export const listScriptFiles = `
with pinned as (${pinned})
select f.name, f.media_type as "mediaType", f.bytes::float8 as bytes, f.uploaded_at as "uploadedAt",
       f.name in (select p.name from pinned p) as "isPinned"
from script_file f where $1::text is null or f.name = $1 order by f.name`;

/** Parameter: its name. Does nothing while a version that may answer again names it. */
export const dropScriptFile = `
delete from script_file where name = $1 and name not in (select p.name from (${pinned}) p) returning storage_key as key`;

export type ScriptFileRow = Omit<ScriptFileView, 'uploadedAt'> & { uploadedAt: Date };

/** Null where there is none of that name. */
export async function findScriptFile(sql: Sql, name: string): Promise<KeptScriptFile | null> {
  const [row] = await sql.query<KeptScriptFile & Record<string, unknown>>(
    `select name, media_type as "mediaType", bytes::float8 as bytes, encode(sha256, 'hex') as sha256, storage_key as "storageKey"
     from script_file where name = $1`,
    [name],
  );
  return row ?? null;
}

/** Keeps these files from being removed until the transaction ends. @returns those that are there. */
export async function holdScriptFiles(tx: Sql, names: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    'select name from script_file where name = any ($1::text[]) order by name for key share',
    [names],
  );
  return rows.map(({ name }) => name);
}
