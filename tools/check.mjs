/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript, which runs before anything is compiled. */
// `npm run check`: everything that can be known without running the product. All failures are shown, then one line.
// `node tools/check.mjs --fix` formats, and writes again what is generated from sources.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const cores = Math.max(1, availableParallelism());
const has = (path) => existsSync(join(root, path));
const node = (file, ...parameters) => [process.execPath, join(root, 'node_modules', file), ...parameters];
const types = (project) => node('typescript-7/bin/tsc', '-p', project, '--noEmit');

/** The longest first, so that the last to start is short. */
const steps = [
  {
    name: 'boundaries',
    command: node(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'config',
    ),
  },
  { name: 'lint', command: node('oxlint/bin/oxlint', '--type-aware', '--quiet', '.') },
  {
    name: 'format',
    command: node(
      'prettier/bin/prettier.cjs',
      '--check',
      '--cache',
      '--cache-location',
      'node_modules/.cache/prettier/.prettier-cache',
      '--log-level',
      'warn',
      '.',
    ),
  },
  { name: 'dead code', command: node('knip/bin/knip.js', '--no-progress') },
  { name: 'types', command: types('tsconfig.json') },
  {
    name: 'types of the console',
    command: types('apps/agent-ui/tsconfig.json'),
    when: has('apps/agent-ui/tsconfig.json'),
  },
  { name: 'types of the widget', command: types('apps/agent-ui/src/widget/tsconfig.json') },
  { name: 'API shapes', command: [process.execPath, join(root, 'tools/openapi.mjs'), '--check'] },
  {
    name: 'styles',
    command: node('stylelint/bin/stylelint.mjs', 'apps/**/*.css'),
    when: has('.stylelintrc.json') || has('stylelint.config.js'),
  },
];

function run({ name, command: [program, ...parameters] }) {
  const startedAt = performance.now();
  return new Promise((done) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => done({ name, passed: false, seconds: 0, output: error.message }));
    child.on('close', (code) => {
      const seconds = (performance.now() - startedAt) / 1000;
      done({ name, passed: code === 0, seconds, output: Buffer.concat(chunks).toString() });
    });
  });
}

function tell({ name, passed, seconds, output }) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}, ${seconds.toFixed(1)} s`);
  if (!passed) {
    console.log(output.trimEnd().replace(/^/gm, '       '));
  }
}

async function check() {
  const startedAt = performance.now();
  const waiting = steps.filter(({ when = true }) => when);
  const results = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await run(step);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(cores, 4) }, lane));
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `All ${results.length} checks passed in ${seconds} s.`
      : `${failed.length} of ${results.length} checks failed in ${seconds} s: ${failed.join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function fix() {
  const { build } = await import('./build.mjs');
  build();
  const { renderEnvExample } = await import('../dist/config/env-example.js');
  writeFileSync(join(root, '.env.example'), renderEnvExample());
  spawnSync(process.execPath, [join(root, 'tools/openapi.mjs')], { cwd: root, stdio: 'inherit' });
  spawnSync(process.execPath, node('prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '.').slice(1), {
    cwd: root,
    stdio: 'inherit',
  });
}

await (process.argv.includes('--fix') ? fix() : check());
