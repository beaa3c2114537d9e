import { readFile } from 'node:fs/promises';
import { leastPassphrase } from './sealed-keys.js';

/** The first line of the file; null where none is named. */
export async function readPassphrase(path: string | undefined): Promise<string | null> {
  if (path === undefined) {
    return null;
  }
  const passphrase = (await readFile(path, 'utf8')).split(/\r?\n/)[0] ?? '';
  if (passphrase.length < leastPassphrase) {
    throw new Error(
      `The first line of ${path} is the passphrase, and it must have at least ${String(leastPassphrase)} characters.`,
    );
  }
  return passphrase;
}
