import { BrokenBackup } from './archive-format.js';
import type { WrittenEntry } from './archive-writer.js';

/** Changes when an older Peyk could not read what a newer one writes. */
const format = 1;
export const manifestEntry = 'manifest.json';
export const keyEntry = 'secret-keys.json';

export interface TableInBackup {
  name: string;
  columns: string[];
  rows: number;
  /** Of all rows in any order: TableSum. */
  sum: string;
  parts: WrittenEntry[];
}

/** What is in a backup. */
export interface Manifest {
  format: typeof format;
  /** Of the moment whose state it is. */
  madeAt: string;
  version: string;
  /** The server it was read from. */
  postgres: string;
  /** The schema: migrations by name, in their order. */
  migrations: string[];
  tables: TableInBackup[];
  /** The last value that was given; a sequence that never gave one is not named. */
  sequences: { name: string; last: string }[];
  files: WrittenEntry[];
  /** Files that rows named and that were not on the disk. */
  missing: string[];
  keys: { sealed: boolean; fingerprints: string[] };
}

export function newManifest(
  about: Pick<Manifest, 'madeAt' | 'version' | 'postgres' | 'migrations' | 'keys'>,
): Manifest {
  return { format, ...about, tables: [], sequences: [], files: [], missing: [] };
}

/** Throws BrokenBackup for a form that this version does not know. */
export function readManifest(text: Buffer): Manifest {
  const manifest = JSON.parse(text.toString('utf8')) as Manifest;
  if (manifest.format !== format) {
    throw new BrokenBackup(
      `The backup has form ${String(manifest.format)}, which this Peyk does not know. Use a newer one.`,
    );
  }
  return manifest;
}
