import { readFileSync } from 'node:fs';
import { access, chmod, constants, mkdtemp, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisProcess } from '../../apps/hub/src/database/process-identity.js';

export const SERVER_FOLDER_PREFIX = 'peyk-test-';

/** The file system that Linux keeps in memory. */
export const IN_MEMORY = '/dev/shm';

/** Where such folders may be. */
export const SERVER_PLACES = [...new Set([tmpdir(), IN_MEMORY])];

/** What a run's cluster may come to, its log included, and what the machine has left for the tests themselves. */
const clusterBytes = 3 * 2 ** 30;
const spareBytes = 3 * 2 ** 30;

/**
 * A temporary data folder whose embedded server (in `postgres` under it) cannot leak: it names this process, and when that was
 * killed the next test run ends the server and removes the folder.
 */
export async function makeServerFolder(place = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(place, SERVER_FOLDER_PREFIX));
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'owner.json'), JSON.stringify(await thisProcess()));
  return folder;
}

/**
 * Memory, where the system has a file system in it and enough of both: a database of a test file is a thousand files, which a disk
 * under load takes most of a second to make. Elsewhere the folder for temporary files.
 */
export async function findRoomyPlace(): Promise<string> {
  try {
    await access(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(IN_MEMORY);
    const [, available = '0'] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
    const isRoomy = bavail * bsize > clusterBytes && Number(available) * 1024 > clusterBytes + spareBytes;
    return isRoomy ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
