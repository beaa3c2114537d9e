import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { admin } from './start-hub.js';

/** A node of an installation that can die as machines do, because it is a process of its own. */
export interface SpawnedNode {
  url: string;
  /** Says at which named place it is to die by itself: 'poller.before-cursor'. See armed-failpoint. */
  dieAt(place: string): Promise<void>;
  /** kill -9. */
  kill(): void;
  /** Resolves once it is gone. */
  gone: Promise<unknown>;
  /** Kills it if it still lives, and removes its folder. */
  close(): Promise<void>;
}

/** Starts a hub from the sources on a free port and resolves when it is ready. `env` names its database. */
export async function spawnNode(env: Record<string, string>): Promise<SpawnedNode> {
  const folder = await mkdtemp(join(tmpdir(), 'peyk-node-'));
  await chmod(folder, 0o755);
  const plan = join(folder, 'failpoint');
  const here = import.meta.dirname;
  const args = ['--conditions=chaos', '--import', join(here, 'run-decorated.mjs'), join(here, 'hub-node.ts')];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATA_DIR: folder,
      FAILPOINT_FILE: plan,
      PEYK_ADMIN_EMAIL: admin.email,
      PEYK_ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  const said: string[] = [];
  createInterface(child.stderr).on('line', (text) => said.push(text));
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (text) => {
      said.push(text);
      const ready = /ready at (http:\S+)/.exec(text);
      if (ready) {
        resolve(ready[1] as string);
      }
    });
    child.once('exit', (code) => reject(new Error(`The node ended with ${String(code)}:\n${said.join('\n')}`)));
  });
  return {
    url,
    dieAt: (place) => writeFile(plan, `${place}:kill`),
    kill: () => void child.kill('SIGKILL'),
    gone,
    close,
  };
}
