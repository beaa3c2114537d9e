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

/** The installation's keys: from SECRET_KEY, else from DATA_DIR/secret.key, which is made once and readable by its owner only. */
export async function loadSecretKeys(config: Pick<HubConfig, 'secretKeys' | 'dataDir'>): Promise<SecretKeys> {
  if (config.secretKeys.length > 0) {
    return new SecretKeys(config.secretKeys);
  }
  const path = join(config.dataDir, 'secret.key');
  const key = (await readKey(path)) ?? (await makeKey(path));
  return new SecretKeys([key]);
}

async function readKey(path: string): Promise<Buffer | null> {
  try {
    const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
    if (key.length !== 32) {
      throw new Error(
        `${path} does not hold a key. Restore it from a backup: without it the channels' credentials are lost.`,
      );
    }
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** Written aside and linked into place whole: a crash leaves no half key, and of two makers the second takes the first's. */
async function makeKey(path: string): Promise<Buffer> {
  const key = randomBytes(32);
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, `${key.toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    await link(aside, path);
    return key;
  } catch {
    return (await readKey(path)) ?? Promise.reject(new Error(`${path} cannot be written.`));
  } finally {
    await unlink(aside);
  }
}
