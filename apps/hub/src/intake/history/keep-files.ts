import type { Sql } from '#channels';
import { FileTooLarge, type FileStorage } from '../../platform/storage/file-storage.js';
import type { KeptFile } from './bring-messages.js';

const fileLimitBytes = 25 * 1024 * 1024;

/** What came within messages: files that are in storage now, and the names of those that were too large for it, by message. */
export interface KeptFiles {
  kept: KeptFile[];
  tooLarge: Map<string, string[]>;
}

/** Keeps the files of these messages, one message after the other: those of all of them may be more than memory holds. */
export async function keepFiles(
  sql: Sql,
  storage: FileStorage,
  importId: string,
  messages: readonly string[],
): Promise<KeptFiles> {
  const found: KeptFiles = { kept: [], tooLarge: new Map() };
  for (const message of messages) {
    const [row] = await sql.query<{ files: { name: string; data: string }[] }>(
      'select files from history_message where import_id = $1 and key = $2',
      [importId, message],
    );
    for (const { name, data } of row?.files ?? []) {
      const stored = await storage
        .storeBytes(Buffer.from(data, 'base64'), fileLimitBytes)
        .catch((error: unknown) => (error instanceof FileTooLarge ? null : Promise.reject(error as Error)));
      if (stored === null) {
        found.tooLarge.set(message, [...(found.tooLarge.get(message) ?? []), name]);
      } else {
        found.kept.push({ ...stored, message, name });
      }
    }
  }
  return found;
}
