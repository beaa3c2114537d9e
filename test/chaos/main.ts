import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rules } from './checker.js';
import { createChance } from './chance.js';
import { crashCells, shownElsewhere, type CrashCell } from './crash-cells.js';
import { namedPoints, runCrashMatrix, sampleCells } from './crash-matrix.js';
import { Installation } from './installation.js';
import { runPlantedFaults } from './planted-faults.js';
import { runRandomKills, type KillPlan, type KillReport } from './random-kills.js';

const repository = resolve(import.meta.dirname, '../..');

const { values: options } = parseArgs({
  options: {
    random: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    kills: { type: 'string', default: '10' },
    messages: { type: 'string', default: '1000' },
    points: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    'real-leases': { type: 'boolean', default: false },
    root: { type: 'string', default: repository },
    keep: { type: 'boolean', default: false },
  },
});

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'peyk-chaos-'));
// PostgreSQL runs under another account when this is root, and must reach its folder.
chmodSync(folder, 0o755);
const seed = Number(options.seed ?? Date.now() % 1_000_000);
let passed = 0;
let failed = 0;

function say(line: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${line}`);
}

/** Counts a check; `line` is said when it failed, unless it was said already. */
function count(isGood: boolean, line: string | null): void {
  passed += Number(isGood);
  failed += Number(!isGood);
  if (!isGood && line !== null) {
    say(`FAILED ${line}`);
  }
}

/** Builds the repository's own hub when its sources are newer; a hub elsewhere is taken as it is. */
function buildIfStale(): void {
  if (options.root === repository) {
    const script = `const { build, isStale } = await import('./tools/build.mjs'); if (isStale()) build();`;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: repository,
      stdio: 'inherit',
    });
    if (status !== 0) {
      throw new Error('The hub could not be built.');
    }
  }
}

async function random(installation: Installation): Promise<void> {
  const plan: KillPlan = {
    seed,
    kills: Number(options.kills),
    messages: Number(options.messages),
    realLeases: options['real-leases'],
  };
  say(`random kills: seed ${String(plan.seed)}, ${String(plan.kills)} kills, ${String(plan.messages)} messages`);
  report(await runRandomKills(installation, plan, say));
}

function report({ history, faults, recoveries }: KillReport): void {
  const { said, replied, rows, arrived, doubtful } = history;
  const unconfirmed = rows.filter(({ delivery }) => delivery === 'unconfirmed').length;
  const unknown = [...said, ...replied].filter(({ outcome }) => outcome === 'unknown').length;
  const slowest = recoveries.toSorted((a, b) => a - b)[Math.ceil(recoveries.length * 0.95) - 1] ?? 0;
  say(
    `${String(said.length)} messages in, ${String(replied.length)} replies, ${String(unknown)} without an answer; ${String(rows.length)} rows`,
  );
  say(
    `${String(arrived.length)} copies at customers, ${String(doubtful.length)} sends in doubt, ${String(unconfirmed)} unconfirmed`,
  );
  say(`recovery p95 ${slowest.toFixed(0)} ms`);
  for (const rule of rules) {
    const broken = faults.filter((fault) => fault.rule === rule);
    count(broken.length === 0, `${rule}: ${String(broken.length)} times`);
    broken.slice(0, 5).forEach(({ detail }) => say(`         ${detail}`));
  }
  if (faults.length > 0) {
    const file = join(folder, 'history.json');
    writeFileSync(file, JSON.stringify({ history, faults }, null, 1));
    say(`the whole history: ${file}`);
  }
}

async function matrix(installation: Installation, cells: CrashCell[]): Promise<void> {
  const known = namedPoints(resolve(options.root));
  const inTable = new Set([...crashCells.map(({ point }) => point), ...Object.keys(shownElsewhere)]);
  const strays = [
    ...[...known].filter((point) => !inTable.has(point)),
    ...[...inTable].filter((point) => !known.has(point)),
  ];
  count(strays.length === 0 && known.size >= 24, `the table does not fit the program: ${strays.join(', ')}`);
  say(
    `crash matrix: ${String(cells.length)} cells of ${String(crashCells.length)}, ${String(known.size)} named points`,
  );
  const results = await runCrashMatrix(installation, cells, say);
  results.forEach(({ wrong }) => count(wrong === null, null));
}

/** A checker that finds nothing proves nothing, unless it finds what is there. */
async function planted(installation: Installation): Promise<void> {
  for (const { fault, expected, found } of await runPlantedFaults(installation)) {
    const isSeen = expected.every((rule) => found.includes(rule));
    say(`${isSeen ? 'ok    ' : 'FAILED'} the checker, when ${fault}: ${found.join(', ') || 'nothing'}`);
    count(isSeen, isSeen ? null : `it must say: ${expected.join(', ')}`);
  }
}

async function within(name: string, work: (installation: Installation) => Promise<void>): Promise<void> {
  const installation = await Installation.open({ root: resolve(options.root), folder: join(folder, name) });
  open.add(installation);
  try {
    await work(installation);
  } catch (error) {
    count(false, `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    open.delete(installation);
    await installation.close();
  }
}

/** The installations that run, to be ended with the run. */
const open = new Set<Installation>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.allSettled([...open].map((installation) => installation.close())).finally(() => process.exit(1));
  });
}

/** A kill is mostly followed by waiting for the next start, so two installations live through theirs side by side. */
async function main(): Promise<void> {
  buildIfStale();
  const isChosen = options.random || options.matrix || options.planted;
  const { below } = createChance(seed);
  const wanted = crashCells.filter(({ point, channel }) => `${point} ${channel}`.includes(options.only ?? ''));
  const cells = options.matrix ? wanted : sampleCells(below, Number(options.points ?? Infinity));
  const killed =
    options.matrix || !isChosen ? within('matrix', (installation) => matrix(installation, cells)) : Promise.resolve();
  const watched = (async () => {
    if (options.random || !isChosen) {
      await within('random', random);
    }
    if (options.planted || !isChosen) {
      await within('planted', planted);
    }
  })();
  await Promise.all([killed, watched]);
}

try {
  await main();
} catch (error) {
  failed += 1;
  say(`FAILED ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
if (failed === 0 && !options.keep) {
  rmSync(folder, { recursive: true, force: true });
} else {
  say(`logs and data: ${folder}`);
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exit(failed === 0 ? 0 : 1);
