import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecretKeys } from './secret-keys.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'peyk-keys-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('the secret key', () => {
  it('is made once, for its owner only', async () => {
    const made = await loadSecretKeys({ secretKeys: [], dataDir });
    const read = await loadSecretKeys({ secretKeys: [], dataDir });
    expect(read.ring).toEqual(made.ring);
    expect(made.ring[0]).toHaveLength(32);
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret.key']);
  });

  it('is one key, however many make it at once', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, () => loadSecretKeys({ secretKeys: [], dataDir })));
    expect(new Set(loaded.map(({ ring }) => ring[0]?.toString('hex'))).size).toBe(1);
  });

  it('is never replaced when the file is damaged', async () => {
    await writeFile(join(dataDir, 'secret.key'), 'half a k');
    await expect(loadSecretKeys({ secretKeys: [], dataDir })).rejects.toThrow('Restore it from a backup');
  });

  it('comes from the configuration when it is there, and differs by purpose', async () => {
    const keys = await loadSecretKeys({ secretKeys: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)], dataDir });
    expect(await readdir(dataDir)).toEqual([]);
    expect(keys.derive('a')).toHaveLength(32);
    expect(keys.derive('a').equals(keys.derive('b'))).toBe(false);
    expect(keys.deriveAll('a')[0]).toEqual(keys.derive('a'));
    expect(keys.deriveAll('a')).toHaveLength(2);
  });
});
