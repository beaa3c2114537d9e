import { hkdfSync, randomBytes } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { HubConfig } from '#config';

/** The installation's keys, the current one first, and what is made of them: a key of its own for each purpose. */
@Injectable()
export class SecretKeys {
  /** Made once for each purpose, of which there are few: every handshake of a visitor asks for theirs. */
  private readonly made = new Map<string, Buffer[]>();

  constructor(readonly ring: readonly Buffer[]) {}

  /** 32 bytes to sign or seal with from now on. What leaks of one purpose says nothing about another. */
  derive(purpose: string): Buffer {
    const [current] = this.deriveAll(purpose);
    if (!current) {
      throw new Error('There is no secret key.');
    }
    return current;
  }

  /** The current key and those it replaced, to check with what was signed before a rotation. */
  deriveAll(purpose: string): Buffer[] {
    const made =
      this.made.get(purpose) ?? this.ring.map((key) => Buffer.from(hkdfSync('sha256', key, 'peyk', purpose, 32)));
    this.made.set(purpose, made);
    return made;
  }
}

/**
 * The installation's keys: from SECRET_KEY, else from DATA_DIR/secret.key, which is made once and readable by its owner only. A file that a
 * backup was restored from may hold several, a line each, the current one first.
 */
export async function loadSecretKeys(config: Pick<HubConfig, 'secretKeys' | 'dataDir'>): Promise<SecretKeys> {
  return (await findSecretKeys(config)) ?? keepSecretKeys(config.dataDir, [randomBytes(32)]);
}

/** The same; null where none were made yet. */
export async function findSecretKeys(config: Pick<HubConfig, 'secretKeys' | 'dataDir'>): Promise<SecretKeys | null> {
  const ring = config.secretKeys.length > 0 ? config.secretKeys : await readKeys(fileOf(config.dataDir));
  return ring && new SecretKeys(ring);
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

async function readKeys(path: string): Promise<Buffer[] | null> {
  try {
    const lines = (await readFile(path, 'utf8')).trim().split(/\s+/);
    const keys = lines.map((line) => Buffer.from(line, 'base64'));
    if (keys.some((key) => key.length !== 32)) {
      throw new Error(
        `${path} does not hold a key. Restore it from a backup: without it the channels' credentials are lost.`,
      );
    }
    return keys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** Written aside and linked into place whole: a crash leaves no half key, and of two makers the second takes the first's. */
export async function keepSecretKeys(dataDir: string, keys: readonly Buffer[]): Promise<SecretKeys> {
  const path = fileOf(dataDir);
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const text = keys.map((key) => `${key.toString('base64')}\n`).join('');
  await writeFile(aside, text, { mode: 0o600, flush: true });
  try {
    await link(aside, path);
    return new SecretKeys(keys);
  } catch {
    const theirs = await readKeys(path);
    return theirs === null ? Promise.reject(new Error(`${path} cannot be written.`)) : new SecretKeys(theirs);
  } finally {
    await unlink(aside);
  }
}
