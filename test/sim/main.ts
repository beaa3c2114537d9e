// npm run sim -- routing [--ci] [--only skills,…] [--most n] [--seed n] [--write]: plays contact centres in virtual time with the policy that routes the real one.
// docs/routing-figures.md says what the figures mean; --write puts them there. Ends with 1 when a budget is missed.
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drawWaits } from './draw-waits.js';
import { experimentsOf, type Check, type Finding, type Sizes } from './experiments.js';
import { markdownTable, writeBlocks } from './write-figures.js';

const repository = resolve(import.meta.dirname, '../..');
const whole = { least: 2_000_000, most: 12_000_000, agents: [5, 20, 100], loads: [0.7, 0.85, 0.92] };
/** Shows that everything runs; too short for the budgets of waits at high load. */
const small = { least: 100_000, most: 100_000, agents: [5, 20], loads: [0.7] };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ci: { type: 'boolean', default: false },
    only: { type: 'string', default: 'waits,classes,evenness,patience,skills' },
    most: { type: 'string' },
    seed: { type: 'string', default: '20261122' },
    write: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a finding and gives the checks it did not pass. */
function tell(title: string, { head, rows, checks }: Finding): Check[] {
  say(`\n${title}\n${markdownTable({ head, rows })}`);
  const missed = checks.filter(({ isKept }) => !isKept);
  missed.forEach(({ name, value, budget }) => say(`MISSED  ${name}: ${value.toFixed(4)}, budget ${budget}`));
  say(`${String(checks.length - missed.length)} of ${String(checks.length)} budgets kept`);
  return missed;
}

/** Prints a finding and puts it into the document, as soon as it is there. */
function note(name: string, finding: Finding): Check[] {
  if (values.write) {
    writeBlocks(resolve(repository, 'docs/routing-figures.md'), { [name]: markdownTable(finding) });
  }
  return tell(name, finding);
}

function simulate(sizes: Sizes): Check[] {
  const experiments = experimentsOf(sizes, (line) => say(`  ${line}`));
  const wanted = new Set(values.only.split(','));
  const waits = wanted.has('waits') ? experiments.waits() : null;
  const missed = waits === null ? [] : [...note('waits', waits.finding), ...note('ticks', waits.ticks)];
  const classes = wanted.has('classes') ? experiments.classes() : null;
  missed.push(...(classes === null ? [] : note('classes', classes.finding)));
  if (values.write && waits !== null && classes !== null) {
    writeFileSync(resolve(repository, 'docs/images/routing-waits.svg'), drawWaits(waits.cells, classes.dial));
  }
  const others = (['evenness', 'patience', 'skills'] as const).filter((name) => wanted.has(name));
  return [...missed, ...others.flatMap((name) => note(name, experiments[name]()))];
}

if (positionals[0] !== 'routing') {
  process.stderr.write('Play what? routing.\n');
  process.exit(2);
}
const [load = 0] = loadavg();
say(
  `routing · Node ${process.versions.node}, ${String(availableParallelism())} cores · load average ${load.toFixed(1)}`,
);
const size = values.ci ? small : whole;
const began = performance.now();
const missed = simulate({ ...size, most: Number(values.most ?? size.most), seed: Number(values.seed) });
say(`\n${((performance.now() - began) / 1000).toFixed(0)} s`);
say(missed.length === 0 ? 'All budgets are kept.' : `${String(missed.length)} budgets are MISSED.`);
process.exit(missed.length === 0 ? 0 : 1);
