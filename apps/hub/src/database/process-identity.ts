import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that cannot be mistaken for a later one with its number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever the system counts; '' where that cannot be learnt. */
  startedAt: string;
  /** Boot and process namespace: only where these are equal can a pid be looked up. */
  place: string;
}

export async function thisProcess(): Promise<ProcessIdentity> {
  return { pid: process.pid, startedAt: await startOf(process.pid), place: await thisPlace() };
}

/** Whether that very process still runs. Call only for one of this place. */
export async function isSameProcessAlive(other: ProcessIdentity): Promise<boolean> {
  return isProcessAlive(other.pid) && (await startOf(other.pid)) === other.startedAt;
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
    // The second field is the program's name in brackets and may hold spaces; the start time is the 20th after it.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // A zombie still answers to its pid, but it has let go of everything.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  }
  if (process.platform === 'win32') {
    return '';
  }
  const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return answer.stdout.trim();
}

async function thisPlace(): Promise<string> {
  if (process.platform !== 'linux') {
    return process.platform;
  }
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${boot.trim()} ${namespace}`;
}
