import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStorage } from '../../platform/storage/file-storage.js';
import { promptKey } from './prompt-names.js';
import type { PromptRow } from './prompt-rows.query.js';

/** A recording as a file of this machine, with its length. */
export interface KeptPrompt {
  /** Hexadecimal, of the whole file. */
  sha256: string;
  path: string;
  bytes: number;
  ms: number;
}

type Index = Record<string, Omit<KeptPrompt, 'path'>>;

const shapeOfName = /^[0-9a-f]{64}\.wav$/u;

/**
 * The copy of the organisation's recordings in DATA_DIR/prompts: files by their content, and an index by name. A file is never changed,
 * only added, so that what a line plays just now stays what it is.
 */
export class PromptFolder {
  private readonly folder: string;
  private readonly indexFile: string;

  constructor(
    dataDir: string,
    private readonly storage: FileStorage,
  ) {
    this.folder = join(dataDir, 'prompts');
    this.indexFile = join(this.folder, 'index.json');
  }

  /** What was known the last time, for a start while the database is away. Nothing where there is no index, or none that can be read. */
  async readIndex(): Promise<Map<string, KeptPrompt>> {
    const text = await readFile(this.indexFile, 'utf8').catch(() => '{}');
    try {
      const entries = Object.entries(JSON.parse(text) as Index);
      return new Map(entries.map(([key, kept]) => [key, { ...kept, path: this.pathOf(kept.sha256) }]));
    } catch {
      return new Map();
    }
  }

  /**
   * Makes the folder hold these recordings. In place of one whose file cannot be fetched the version before plays on (`before`), or the
   * starter set, and `isWhole` says that it is worth another look.
   */
  async take(
    rows: PromptRow[],
    before: ReadonlyMap<string, KeptPrompt>,
  ): Promise<{ found: Map<string, KeptPrompt>; isWhole: boolean }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const found = new Map<string, KeptPrompt>();
    let isWhole = true;
    for (const row of rows) {
      const key = promptKey(row.name, row.locale);
      const prompt = (await this.bring(row)) ?? (await present(before.get(key)));
      isWhole &&= prompt?.sha256 === row.sha256;
      if (prompt) {
        found.set(key, prompt);
      }
    }
    await this.writeIndex(found);
    await this.retire(before, found);
    return { found, isWhole };
  }

  /** A recording by its content: here, or at `elsewhere`. */
  async open(
    sha256: string,
    elsewhere: string | null,
  ): Promise<{ path: string; bytes: number; sha256: string } | null> {
    for (const path of elsewhere === null ? [this.pathOf(sha256)] : [this.pathOf(sha256), elsewhere]) {
      const bytes = await sizeOf(path);
      if (bytes !== null) {
        return { path, bytes, sha256 };
      }
    }
    return null;
  }

  /** Removes files that no name has played since `before`. @returns how many. */
  async clear(known: ReadonlyMap<string, KeptPrompt>, before: Date): Promise<number> {
    const wanted = new Set([...known.values()].map(({ path }) => path));
    let removed = 0;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const isOurs = shapeOfName.test(name) || name.endsWith('.part');
      if (isOurs && !wanted.has(path) && ((await stat(path).catch(() => null))?.mtime ?? before) < before) {
        await rm(path, { force: true });
        removed += 1;
      }
    }
    return removed;
  }

  private async bring(row: PromptRow): Promise<KeptPrompt | null> {
    const { sha256, bytes, ms } = row;
    const path = this.pathOf(sha256);
    const isHere = (await sizeOf(path)) === bytes || (await this.copy(row, path));
    return isHere ? { sha256, bytes, ms, path } : null;
  }

  /** What no name plays from now on is as good as new: lines that were told to play it still fetch it. */
  private async retire(before: ReadonlyMap<string, KeptPrompt>, found: ReadonlyMap<string, KeptPrompt>): Promise<void> {
    const wanted = new Set([...found.values()].map(({ path }) => path));
    const now = new Date();
    for (const { path } of before.values()) {
      if (!wanted.has(path)) {
        await utimes(path, now, now).catch(() => undefined);
      }
    }
  }

  private async copy(row: PromptRow, path: string): Promise<boolean> {
    const aside = `${path}.${randomBytes(4).toString('hex')}.part`;
    try {
      await pipeline(this.storage.open(row.storageKey), createWriteStream(aside, { mode: 0o600 }));
      await rename(aside, path);
      return true;
    } catch {
      await rm(aside, { force: true });
      return false;
    }
  }

  private async writeIndex(found: Map<string, KeptPrompt>): Promise<void> {
    const index = Object.fromEntries([...found].map(([key, { sha256, bytes, ms }]) => [key, { sha256, bytes, ms }]));
    const aside = `${this.indexFile}.${randomBytes(4).toString('hex')}.part`;
    await writeFile(aside, JSON.stringify(index), { mode: 0o600 });
    await rename(aside, this.indexFile);
  }

  private pathOf(sha256: string): string {
    return join(this.folder, `${sha256}.wav`);
  }
}

async function present(prompt: KeptPrompt | undefined): Promise<KeptPrompt | null> {
  return prompt && (await sizeOf(prompt.path)) === prompt.bytes ? prompt : null;
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}
