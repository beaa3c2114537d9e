import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../../..');

/** What a page is built from, and the file that is written last. */
const pages = {
  console: {
    config: 'apps/agent-ui/vite.config.ts',
    built: 'dist/agent-ui/index.html',
    sources: [
      'apps/agent-ui/src',
      'apps/agent-ui/public',
      'apps/agent-ui/index.html',
      'apps/agent-ui/vite.config.ts',
      'apps/agent-ui/vite.worker.ts',
    ],
    except: join('apps/agent-ui/src', 'widget'),
  },
  widget: {
    config: 'apps/agent-ui/vite.widget.config.ts',
    built: 'dist/widget/widget.js',
    sources: [
      'apps/agent-ui/src/widget',
      'apps/agent-ui/widget.html',
      'apps/agent-ui/preview.html',
      'apps/agent-ui/vite.widget.config.ts',
    ],
    except: null,
  },
};

export type PageName = keyof typeof pages;

/** Builds a page unless its files are newer than what they are built from. The hub lists them when it starts, so build first. */
export async function buildPage(name: PageName): Promise<void> {
  if (!isStale(name)) {
    return;
  }
  const unlock = await lock();
  try {
    if (isStale(name)) {
      runVite(pages[name].config);
    }
  } finally {
    unlock();
  }
}

function isStale(name: PageName): boolean {
  const { built, sources, except } = pages[name];
  const file = join(root, built);
  return !existsSync(file) || statSync(file).mtimeMs < Math.max(...sources.map((path) => changedAt(path, except)));
}

/** The newest change in a folder, or of a file. Specs are not built. */
function changedAt(path: string, except: string | null): number {
  const stat = statSync(join(root, path));
  if (path === except || path.endsWith('.spec.ts')) {
    return 0;
  }
  const inside = stat.isDirectory() ? readdirSync(join(root, path)) : [];
  return Math.max(stat.isDirectory() ? 0 : stat.mtimeMs, ...inside.map((name) => changedAt(join(path, name), except)));
}

function runVite(config: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { NODE_ENV: _test, ...env } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', 'apps/agent-ui', '--config', config, '--logLevel', 'warn'],
    { cwd: root, env, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`The build of the pages failed:\n${stderr}`);
  }
}

/** One builder at a time: test files run beside each other. */
async function lock(): Promise<() => void> {
  const file = join(root, 'dist/.building');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      if (!isAlive(file)) {
        rmSync(file, { force: true });
      }
      await pause(100);
    }
  }
}

function isAlive(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
