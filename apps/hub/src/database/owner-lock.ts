import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcessAlive, thisProcess, type ProcessIdentity } from './process-identity.js';

/** Sole right to a data folder; given back by `release`, or by the death of the process that holds it. */
export interface Ownership {
  release(): Promise<void>;
}

/** Another living hub works on the data folder. */
export class DataFolderOwned extends Error {
  readonly code = 'data_folder_owned';

  constructor(folder: string, pid: number) {
    super(
      `Another Peyk hub (process ${String(pid)}) is using ${folder}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
    this.name = 'DataFolderOwned';
  }
}

const HEARTBEAT_MS = 2000;

/** An owner that was silent for this many beats is dead without a closer look. */
const SURELY_DEAD_BEATS = 15;

/** What one attempt carries along. */
interface Claim {
  dataDir: string;
  /** A file with our words, to be linked or renamed into place: nobody ever reads half a lock. */
  file: string;
  heartbeatMs: number;
}

/**
 * Makes this process the one hub of a data folder, or throws DataFolderOwned.
 *
 * The lock is a file that names its owner by process id and start time, so one that kill -9 left behind heals by itself. An
 * owner whose process cannot be seen from here (another container on the same volume) proves its life by the file's mtime.
 */
export async function takeOwnership(dataDir: string, heartbeatMs = HEARTBEAT_MS): Promise<Ownership> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'hub.lock');
  const claim = { dataDir, file: join(dataDir, `.hub.lock.${randomUUID()}`), heartbeatMs };
  const text = JSON.stringify({ ...(await thisProcess()), token: randomUUID() });
  await writeFile(claim.file, text, { flush: true });
  try {
    await take(path, claim);
  } finally {
    await removeIfThere(claim.file);
  }
  const beat = setInterval(() => void touch(path), heartbeatMs);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await readLock(path)) === text) {
        await removeIfThere(path);
      }
    },
  };
}

async function take(path: string, claim: Claim): Promise<void> {
  while (!(await linkNew(claim.file, path))) {
    const theirs = await readLock(path);
    if (theirs === null) {
      continue;
    }
    const owner = parse(theirs);
    if (owner !== null && (await isHeld(path, owner, claim.heartbeatMs))) {
      throw new DataFolderOwned(claim.dataDir, owner.pid);
    }
    if (await replaceDead(path, theirs, claim)) {
      return;
    }
  }
}

/** Only the holder of the inner lock replaces a dead owner's file, and looks again first: two healers never both win. */
async function replaceDead(path: string, theirs: string, claim: Claim): Promise<boolean> {
  const inner = `${path}.heal`;
  await take(inner, claim);
  try {
    if ((await readLock(path)) !== theirs) {
      return false;
    }
    const copy = `${claim.file}.copy`;
    await link(claim.file, copy);
    await rename(copy, path);
    return true;
  } finally {
    await removeIfThere(inner);
  }
}

async function isHeld(path: string, owner: ProcessIdentity, heartbeatMs: number): Promise<boolean> {
  const { place } = await thisProcess();
  if (owner.place === place) {
    return isSameProcessAlive(owner);
  }
  const seen = await mtimeOf(path);
  if (Date.now() - seen > SURELY_DEAD_BEATS * heartbeatMs) {
    return false;
  }
  await sleep(heartbeatMs * 2.5);
  return (await mtimeOf(path)) !== seen;
}

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** A file that a power cut left empty or torn has no owner. */
function parse(text: string): ProcessIdentity | null {
  try {
    const owner = JSON.parse(text) as ProcessIdentity;
    return Number.isInteger(owner.pid) ? owner : null;
  } catch {
    return null;
  }
}

async function mtimeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0;
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
