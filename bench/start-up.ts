import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, show } from './figures.js';
import { startBuiltHub } from './hub-program.js';
import { cpuMsBetween, cpuMsOf, familyOf, loadAverage, type Program, pssMbOf } from './machine.js';
import type { Settings } from './settings.js';

const firstBudgetMs = 8000;
const warmBudgetMs = 3000;
const memoryBudgetMb = 220;
/** What starts late has started, and what was read only to start is given back. */
const idleMs = 30_000;

/** From the command to the first 200 of /health/ready, on an empty folder and then on the same one. */
export async function measureStart({ main, starts }: Settings): Promise<boolean> {
  const first: number[] = [];
  const warm: number[] = [];
  for (let n = 0; n < starts; n++) {
    await inFolder(async (dataDir) => {
      first.push(await timeStart(main, dataDir));
      warm.push(await timeStart(main, dataDir));
    });
  }
  const told = tell('First start on an empty folder', first, firstBudgetMs);
  return tell('Warm start', warm, warmBudgetMs) && told;
}

function tell(name: string, samples: number[], budgetMs: number): boolean {
  const seconds = samples.map((ms) => show(ms / 1000)).join(', ');
  const isKept = median(samples) <= budgetMs;
  process.stdout.write(
    `${name}: ${seconds} s; median ${show(median(samples) / 1000)} s, budget ${budgetMs / 1000} s, ${isKept ? 'kept' : 'MISSED'}; load average ${loadAverage()}\n`,
  );
  return isKept;
}

async function timeStart(main: string, dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const hub = await startBuiltHub({ main, dataDir });
  await readiness(hub);
  const ms = performance.now() - startedAt;
  await hub.stop();
  return ms;
}

async function readiness({ url }: Program): Promise<void> {
  while ((await fetch(`${url}/health/ready`)).status !== 200) {
    await sleep(10);
  }
}

/** Memory of hub and embedded database together, idle, with each shared page counted once. */
export async function measureMemory({ main }: Settings): Promise<boolean> {
  return inFolder(async (dataDir) => {
    const hub = await startBuiltHub({ main, dataDir });
    try {
      await readiness(hub);
      await sleep(idleMs);
      const postmaster = Number.parseInt(await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
      const before = cpuMsOf([hub.pid]);
      await sleep(5000);
      const idleCpu = cpuMsBetween(before, cpuMsOf([hub.pid])) / 50;
      const [ours, database] = [pssMbOf([hub.pid]), pssMbOf(familyOf(postmaster))];
      const isKept = ours + database <= memoryBudgetMb;
      process.stdout.write(
        `Idle PSS: hub ${show(ours)} MB + database ${show(database)} MB (${familyOf(postmaster).length} processes) = ${show(ours + database)} MB, ` +
          `budget ${memoryBudgetMb} MB, ${isKept ? 'kept' : 'MISSED'}; idle hub uses ${show(idleCpu)} % of a core\n`,
      );
      return isKept;
    } finally {
      await hub.stop();
    }
  });
}

/** Works in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peyk-bench-'));
  await chmod(folder, 0o755);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
