/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript, which runs before anything is compiled. */
// `npm run dev`: compiles on every change, restarts the hub, and serves the console through Vite with a proxy to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (file) => join(root, 'node_modules', file);
const children = [];

function run(...parameters) {
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: 'inherit' });
  children.push(child);
  return child;
}

function end() {
  children.forEach((child) => child.kill('SIGTERM'));
}
process.on('SIGINT', end);
process.on('SIGTERM', end);

const first = run(bin('typescript-7/bin/tsc'), '-p', 'tsconfig.build.json', '--sourceMap');
first.on('exit', (code) => {
  if (code === 0) {
    watch();
  } else {
    process.exitCode = 1;
  }
});

function watch() {
  run(bin('typescript-7/bin/tsc'), '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput');
  run('--watch', '--watch-preserve-output', '--enable-source-maps', 'dist/apps/hub/src/main.js');
  if (existsSync(join(root, 'apps/agent-ui/vite.config.ts'))) {
    run(bin('vite/bin/vite.js'), 'apps/agent-ui');
  }
}
