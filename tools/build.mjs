/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript, which runs before anything is compiled. */
// Builds the hub (TypeScript) and, where they exist, the console and the chat widget (Vite) into dist/.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const stampFile = join(root, 'dist/.stamp');
const sources = [
  'apps',
  'libs',
  'config',
  'tools/stand-ins',
  'tools/demo',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** Paths, sizes and times of everything that is built from: one look at the file system, no contents. */
function stampOfSources() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      readdirSync(join(root, path))
        .sort()
        .forEach((name) => visit(join(path, name)));
    } else if (stat && !path.endsWith('.spec.ts')) {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  sources.forEach(visit);
  return hash.digest('hex');
}

export function isStale() {
  return !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stampOfSources();
}

function run(file, ...parameters) {
  const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules', file), ...parameters], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Error(`The build failed: ${file} ended with ${signal ?? status}.`);
  }
}

/** Builds whatever there is to build. A failed build leaves no stamp, so that the next start tries again. */
export function build() {
  const stamp = stampOfSources();
  rmSync(stampFile, { force: true });
  run('typescript-7/bin/tsc', '-p', 'tsconfig.build.json');
  for (const config of ['vite.config.ts', 'vite.widget.config.ts']) {
    if (existsSync(join(root, 'apps/agent-ui', config))) {
      run(
        'vite/bin/vite.js',
        'build',
        'apps/agent-ui',
        '--config',
        join('apps/agent-ui', config),
        '--logLevel',
        'warn',
      );
    }
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  compileAhead();
  writeFileSync(stampFile, stamp);
}

const compilingMs = 60_000;

/** Loads the hub without running it: the engine's own compiling is kept then. Where it cannot be, the first start does it. */
function compileAhead() {
  const program = pathToFileURL(join(root, 'dist/apps/hub/src/load-hub.js')).href;
  const load = `const { loadHub } = await import(${JSON.stringify(program)}); await loadHub();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', load], {
    cwd: root,
    timeout: compilingMs,
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.warn(
      `Nothing is compiled ahead, so the first start takes longer. ${stderr.trim().split('\n').at(-1) ?? ''}`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
