import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** The account that PostgreSQL runs under. */
export interface PostgresUser {
  name: string;
  uid: number;
  gid: number;
}

/** The account cannot get to the folder or to the programs; the message names the directory and what to do. */
export class UnreachableFolder extends Error {
  readonly code = 'unreachable_folder';

  constructor(directory: string, target: string, user: PostgresUser) {
    super(
      `PostgreSQL refuses to run as root, so Peyk runs it as "${user.name}", but that account may not enter ${directory}, ` +
        `which it must to reach ${target}. Either allow it (chmod o+x ${directory}), or move the folder somewhere open such ` +
        `as /opt or /srv, or start Peyk as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
    this.name = 'UnreachableFolder';
  }
}

/**
 * The account to switch to when this process is root; null when PostgreSQL may run as whoever we are. A cluster that exists keeps
 * its owner: another image or machine may number the account differently, and PostgreSQL takes no files but its own.
 */
export async function findPostgresUser(cluster: string): Promise<PostgresUser | null> {
  if (process.getuid?.() !== 0) {
    return null;
  }
  const owner = await stat(cluster).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    return { name: `user ${String(owner.uid)}`, uid: owner.uid, gid: owner.gid };
  }
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const accounts = passwd.split('\n').map((line) => line.split(':'));
  const account = ['postgres', 'nobody'].map((name) => accounts.find((fields) => fields[0] === name)).find(Boolean);
  if (account === undefined) {
    throw new Error('PostgreSQL refuses to run as root and there is no account "postgres" or "nobody" to run it as.');
  }
  return { name: account[0] ?? '', uid: Number(account[2]), gid: Number(account[3]) };
}

/** Throws UnreachableFolder unless the account can enter every directory above each target. Targets need not exist yet. */
export async function checkReach(user: PostgresUser, targets: string[]): Promise<void> {
  for (const target of targets) {
    for (const directory of [...ancestorsOf(target), ...ancestorsOf(await withoutLinks(resolve(target)))]) {
      const entry = await stat(directory).catch(() => null);
      if (entry !== null && !mayEnter(user, entry)) {
        throw new UnreachableFolder(directory, target, user);
      }
    }
  }
}

/** Where a path leads once its symbolic links are followed; what does not exist yet keeps its name. */
async function withoutLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await withoutLinks(dirname(path)), basename(path));
  }
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(resolve(path));
  return parent === resolve(path) ? [] : [...ancestorsOf(parent), parent];
}

/** As the kernel decides: the first class that fits counts, even where a wider one would allow more. */
function mayEnter(user: PostgresUser, entry: { mode: number; uid: number; gid: number }): boolean {
  if (entry.uid === user.uid) {
    return (entry.mode & 0o100) !== 0;
  }
  return (entry.mode & (entry.gid === user.gid ? 0o010 : 0o001)) !== 0;
}
