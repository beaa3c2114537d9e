import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderOwned, takeOwnership } from './owner-lock.js';
import { thisProcess } from './process-identity.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peyk-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function writeLock(owner: object): Promise<void> {
  return writeFile(join(folder, 'hub.lock'), JSON.stringify(owner));
}

describe('the owner of a data folder', () => {
  it('is one at a time, and the second hears who the first is', async () => {
    const first = await takeOwnership(folder);
    await expect(takeOwnership(folder)).rejects.toThrow(DataFolderOwned);
    await expect(takeOwnership(folder)).rejects.toThrow(`process ${String(process.pid)}`);
    await first.release();
    const second = await takeOwnership(folder);
    await second.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not take away the lock of another by a late release', async () => {
    const first = await takeOwnership(folder);
    await first.release();
    const second = await takeOwnership(folder);
    await first.release();
    await expect(takeOwnership(folder)).rejects.toThrow(DataFolderOwned);
    await second.release();
  });

  it('is followed by the next when its process has died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeLock({ ...(await thisProcess()), pid: child.pid });
    await (await takeOwnership(folder)).release();
  });

  it('is told from a later process that got its number', async () => {
    await writeLock({ ...(await thisProcess()), startedAt: 'long ago' });
    await (await takeOwnership(folder)).release();
  });

  it('is nobody when a power cut left the file empty', async () => {
    await writeFile(join(folder, 'hub.lock'), '');
    await (await takeOwnership(folder)).release();
  });

  it('is exactly one of many that find a dead one at the same moment', async () => {
    await writeLock({ ...(await thisProcess()), startedAt: 'long ago' });
    await writeFile(join(folder, 'hub.lock.heal'), JSON.stringify({ ...(await thisProcess()), startedAt: 'long ago' }));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeOwnership(folder)));
    const won = tries.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(won).toHaveLength(1);
    await won[0]?.release();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an owner in another container', () => {
  const elsewhere = { pid: 1, startedAt: '7', place: 'another boot pid:[1]' };

  it('is respected while it gives signs of life', async () => {
    await writeLock(elsewhere);
    const beat = setInterval(() => void utimes(join(folder, 'hub.lock'), new Date(), new Date()), 5);
    await expect(takeOwnership(folder, 40)).rejects.toThrow(DataFolderOwned);
    clearInterval(beat);
  });

  it('is followed once it is silent', async () => {
    await writeLock(elsewhere);
    await (await takeOwnership(folder, 20)).release();
  });
});
