// npm run bench -- live|console|inbound|history|start|memory|visitors|sockets|routing|promises|rules|mixed|calls|reports|board|backup [--ci] [--rounds n] [--seconds n] …: measures the built hub. docs/measurements.md
// says what the figures mean. Ends with 1 when a budget is missed.
import { availableParallelism, cpus, release } from 'node:os';
import { measureBackup } from './backup.js';
import { measureBoard } from './board.js';
import { measureCalls } from './calls.js';
import { measureConsole } from './console.js';
import { measureHistory } from './history.js';
import { closeAll, loadAverage } from './machine.js';
import { measureInbound, measureLive } from './messages.js';
import { measureMixed } from './mixed.js';
import { measurePromises } from './promises.js';
import { measureReports } from './reports.js';
import { measureRouting } from './routing.js';
import { measureRules } from './rules.js';
import { readSettings, type Settings } from './settings.js';
import { measureSockets } from './socket-memory.js';
import { measureMemory, measureStart } from './start-up.js';
import { measureVisitors } from './visitors.js';

const measurements: Record<string, (settings: Settings) => Promise<boolean>> = {
  live: measureLive,
  inbound: measureInbound,
  history: measureHistory,
  start: measureStart,
  memory: measureMemory,
  visitors: measureVisitors,
  sockets: measureSockets,
  routing: measureRouting,
  promises: measurePromises,
  rules: measureRules,
  mixed: measureMixed,
  calls: measureCalls,
  reports: measureReports,
  board: measureBoard,
  backup: measureBackup,
  console: measureConsole,
};

const { what, settings } = readSettings(process.argv.slice(2));
const measure = measurements[what];
if (measure === undefined) {
  process.stderr.write(`Measure what? One of ${Object.keys(measurements).join(', ')}.\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void closeAll().finally(() => process.exit(130)));
}
process.stdout.write(
  `${what} · Node ${process.versions.node}, ${release()}, ${availableParallelism()} × ${cpus()[0]?.model ?? '?'} · load average ${loadAverage()}\n`,
);
let isKept = false;
try {
  isKept = await measure(settings);
} finally {
  await closeAll();
}
process.stdout.write(isKept ? 'All budgets are kept.\n' : 'A budget is MISSED.\n');
process.exit(isKept ? 0 : 1);
