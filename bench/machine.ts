import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';

export function loadAverage(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
}

/** Milliseconds of processor time that each process has used so far, over all its threads. Empty where the system does not tell. */
export function cpuMsOf(pids: readonly number[]): Map<number, number> {
  return new Map(pids.map((pid) => [pid, threadsOf(pid).reduce((total, file) => total + runMs(file), 0)]));
}

/** What was used between two readings. A process that began in between counts whole; one that ended is not seen. */
export function cpuMsBetween(before: Map<number, number>, after: Map<number, number>): number {
  return [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
  } catch {
    return [];
  }
}

function runMs(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

/** A hundredth of a second, in which the system counts here. */
const tickMs = 10;

/**
 * Milliseconds of processor time of all processes that come or came from this one, itself left out: what has ended and was waited for
 * counts too, so nothing is lost where some are killed. 0 where the system does not tell.
 */
export function cpuMsBelow(pid: number): number {
  const [, ...children] = familyOf(pid);
  return children.reduce((sum, child) => sum + ownMs(child) + endedMs(child), endedMs(pid));
}

function ownMs(pid: number): number {
  const [user = 0, system = 0] = statOf(pid);
  return (user + system) * tickMs;
}

function endedMs(pid: number): number {
  const [, , user = 0, system = 0] = statOf(pid);
  return (user + system) * tickMs;
}

/** Ticks of the process in its own code and in the system's, and the same of its children that ended. */
function statOf(pid: number): number[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number);
  } catch {
    return [];
  }
}

/** The process and all that come from it. */
export function familyOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return [pid, ...children.flatMap(familyOf)];
  } catch {
    return [];
  }
}

/** Memory of these processes in MB, each shared page counted in parts. */
export function pssMbOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + pssKb(pid) / 1024, 0);
}

function pssKb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const open = new Set<() => Promise<void>>();

/** Names what an interrupted measurement must not leave behind. Returns the way to close it in time. */
export function closeAtTheEnd(close: () => Promise<void>): () => Promise<void> {
  const once = async (): Promise<void> => {
    if (open.delete(once)) {
      await close();
    }
  };
  open.add(once);
  return once;
}

/** Closes what is open, the latest first. */
export async function closeAll(): Promise<void> {
  for (const close of [...open].reverse()) {
    await close();
  }
}

export interface Program {
  pid: number;
  /** Where it listens, by its own word. */
  url: string;
  stop(): Promise<void>;
}

/** Runs a program of ours under this Node until it has said its address, and leaves it running. */
export async function startProgram(
  parameters: string[],
  environment: Record<string, string>,
  cwd: string,
): Promise<Program> {
  const child = spawn(process.execPath, parameters, {
    cwd,
    env: { ...bareEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = closeAtTheEnd(() => {
    child.kill('SIGTERM');
    return ended;
  });
  return { pid: child.pid ?? 0, url: await addressOf(child, ended), stop };
}

/** Nothing of whoever measures may change what is measured. */
function bareEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TMPDIR: process.env['TMPDIR'] ?? '/tmp' };
}

async function addressOf(child: ChildProcess, ended: Promise<void>): Promise<string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const said = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const url = /ready at (http\S+)/.exec(line)?.[1];
      if (url === undefined) {
        process.stderr.write(`${line}\n`);
      } else {
        resolve(url);
      }
    });
  });
  const url = await Promise.race([said, ended]);
  if (url === undefined) {
    throw new Error('The program ended before it was ready.');
  }
  return url;
}
