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

/** Whether a published version names file `f`: it may answer again at any time. */
export const isPinned = `exists (
  select 1 from script_version v where v.status <> 'draft'
    and jsonb_path_exists(v.body, '$.**.media ? (@ == $name)', jsonb_build_object('name', f.name)))`;

/** All of them, by name. */
export const listScriptFiles = `
select f.name, f.media_type as "mediaType", f.bytes::float8 as bytes, f.uploaded_at as "uploadedAt", ${isPinned} as "isPinned"
from script_file f order by f.name`;

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
