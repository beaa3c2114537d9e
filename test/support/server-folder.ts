import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisProcess } from '../../apps/hub/src/database/process-identity.js';

export const SERVER_FOLDER_PREFIX = 'peyk-test-';

/**
 * A temporary data folder whose embedded server (in `postgres` under it) cannot leak: it names this process, and when that was
 * killed the next test run ends the server and removes the folder.
 */
export async function makeServerFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), SERVER_FOLDER_PREFIX));
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'owner.json'), JSON.stringify(await thisProcess()));
  return folder;
}
