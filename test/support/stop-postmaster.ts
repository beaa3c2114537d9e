import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the embedded server of a folder at once, as a power cut would, and waits until it is gone. For throw-away clusters. */
export async function endPostmaster(folder: string): Promise<void> {
  const pgdata = join(folder, 'cluster');
  const pid = Number.parseInt(await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  if (Number.isInteger(pid) && (await worksIn(pid, pgdata))) {
    process.kill(pid, 'SIGQUIT');
    for (let tries = 0; tries < 100 && (await worksIn(pid, pgdata)); tries++) {
      await sleep(20);
    }
  }
}

async function worksIn(pid: number, folder: string): Promise<boolean> {
  return (await readlink(`/proc/${String(pid)}/cwd`).catch(() => '')) === folder;
}
