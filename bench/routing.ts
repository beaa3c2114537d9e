import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseServer } from './database-server.js';
import { percentile, show, table } from './figures.js';
import { cpuMsBelow, cpuMsOf, loadAverage } from './machine.js';
import { countFaults, readTimes, StuckWatch, timeStatements } from './routing-checks.js';
import type { Deed } from './routing-node.js';
import { NodeGone, RoutingNode } from './routing-nodes.js';
import { measureOffers } from './routing-offers.js';
import { type SeededCentre, seedCentre, WorkDraw } from './routing-seed.js';
import type { Settings } from './settings.js';

const database = 'routing';
const seed = 20_261_122;
const centreSize = { agents: 500, queues: 10, skills: 20, waiting: 10_000 };
/** Deeds that are under way at once, over all nodes. */
const atOnce = 24;
const betweenKillsMs = 30_000;
const stuckBudgetMs = 2_500;
/** Of a long run one statement in so many is timed: the server's log would fill the disk. */
const timedOf = 2_000;

/** The real router on three nodes over one database, which are killed at random: nothing doubled, nobody overfilled, nothing forgotten. */
export async function measureRouting({ main, arrivals, pace, isSmall }: Settings): Promise<boolean> {
  const server = await DatabaseServer.start();
  await server.checkDurable();
  await server.create(database);
  const plan = { main, folder: server.folder, databaseUrl: server.urlOf(database) };
  const first = await RoutingNode.start(plan, 'one');
  const centre = await seedCentre(server, database, centreSize, seed);
  const nodes = [first, await RoutingNode.start(plan, 'two'), await RoutingNode.start(plan, 'three')];
  const watch = await StuckWatch.open(plan.databaseUrl);
  await settle(watch, server);
  const offersKept = await measureOffers(server, database, nodes, isSmall);
  await timeStatements(server, Math.min(1, timedOf / arrivals));
  const traffic = new Traffic(server, nodes, centre);
  const watching = [await watch.pid()];
  watch.begin();
  const used = await cpuOf(server, watching);
  const { ms, kills } = await traffic.run(arrivals, pace);
  const cpu = subtract(await cpuOf(server, watching), used);
  await watch.end();
  await timeStatements(server, 0);
  const after = await StuckWatch.open(plan.databaseUrl);
  await after.untilNothing(30_000);
  await after.end();
  const isPaced = tellPace({ arrivals, ms, pace, kills, given: traffic.given, isSmall });
  tellCpu(cpu, arrivals);
  const isRight = tellFaults(await countFaults(server, database), watch);
  return [isPaced, isRight, await tellTimes(server), offersKept].every(Boolean);
}

/** At first everybody is free: a centre in full swing is one whose agents are all busy. */
async function settle(watch: StuckWatch, server: DatabaseServer): Promise<void> {
  const began = performance.now();
  await watch.untilNothing(180_000);
  const [row] = await server.run<{ held: string; waiting: string }>(
    database,
    `select count(*) filter (where state = 'assigned') as held, count(*) filter (where state = 'queued') as waiting from work_item`,
  );
  watch.longestMs = 0;
  say(
    `${String(row?.held)} items placed in ${show((performance.now() - began) / 1000)} s, ${String(row?.waiting)} wait`,
  );
}

/** Work that comes in and ends, as much of one as of the other, while nodes die. */
class Traffic {
  /** Items that agents were given meanwhile. */
  given = 0;
  private readonly server: DatabaseServer;
  private readonly nodes: RoutingNode[];
  private readonly draw: WorkDraw;
  private held: string[] = [];
  private finding: Promise<void> | null = null;
  private isOver = false;

  constructor(server: DatabaseServer, nodes: RoutingNode[], centre: SeededCentre) {
    this.server = server;
    this.nodes = nodes;
    this.draw = new WorkDraw(centre, seed + 1);
  }

  async run(arrivals: number, pace: number): Promise<{ ms: number; kills: number }> {
    const before = await this.countGiven();
    const killing = this.killNodes();
    const began = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < arrivals) {
          const dueAt = began + (next * 1000) / pace;
          next += 1;
          await sleep(Math.max(0, dueAt - performance.now()));
          await this.see(this.draw.next());
          await this.see({ kind: 'finish', ticketId: await this.findHeld() });
        }
      }),
    );
    const ms = performance.now() - began;
    this.isOver = true;
    const kills = await killing;
    this.given = (await this.countGiven()) - before;
    return { ms, kills };
  }

  /** Does it at some node, and at another where that one dies: doing it again changes nothing. */
  private async see(deed: Deed): Promise<void> {
    for (;;) {
      const alive = this.nodes.filter(({ isAlive }) => isAlive);
      const node = alive[this.draw.below(alive.length)];
      try {
        await node?.ask(deed);
        return;
      } catch (error) {
        if (!(error instanceof NodeGone)) {
          throw error;
        }
      }
    }
  }

  /** Some ticket that an agent has. */
  private async findHeld(): Promise<string> {
    for (;;) {
      const ticketId = this.held.pop();
      if (ticketId !== undefined) {
        return ticketId;
      }
      await (this.finding ??= this.findMore().finally(() => (this.finding = null)));
    }
  }

  private async findMore(): Promise<void> {
    const rows = await this.server.run<{ id: string }>(
      database,
      `select t.id from ticket t join work_item w on w.ticket_id = t.id where w.state = 'assigned' and t.state = 'open' order by random() limit 300`,
    );
    this.held = rows.map(({ id }) => id);
    if (rows.length === 0) {
      await sleep(50);
    }
  }

  private async countGiven(): Promise<number> {
    const [row] = await this.server.run<{ count: string }>(database, 'select count(*) from assignment');
    return Number(row?.count);
  }

  /** One at a time, so that there is always somebody to give work away. */
  private async killNodes(): Promise<number> {
    let kills = 0;
    while (!this.isOver) {
      await sleep(this.draw.below(betweenKillsMs));
      const node = this.nodes[this.draw.below(this.nodes.length)];
      await node?.kill();
      await node?.start();
      kills += 1;
    }
    return kills;
  }
}

function tellPace(run: {
  arrivals: number;
  ms: number;
  pace: number;
  kills: number;
  given: number;
  isSmall: boolean;
}): boolean {
  const { arrivals, ms, pace, kills, given, isSmall } = run;
  const rate = (arrivals * 1000) / ms;
  const least = Math.min(150, pace * 0.9);
  const verdict = isSmall ? 'not judged at this size' : rate >= least ? 'kept' : 'MISSED';
  say(
    `${String(arrivals)} arrivals and as many ends at a pace of ${String(pace)}/s: ${show(rate)}/s, ${show((given * 1000) / ms)} items given a second, ` +
      `budget 150/s, ${verdict}; ${String(kills)} nodes killed; load average ${loadAverage()}`,
  );
  return isSmall || rate >= least;
}

interface Cpu {
  nodes: number;
  database: number;
}

/** Processor time so far, in milliseconds. The driver's own is left out, and what `watching` costs the database. */
async function cpuOf(server: DatabaseServer, watching: number[]): Promise<Cpu> {
  const [postmaster = 0] = await server.pids();
  const [watched = 0] = cpuMsOf(watching).values();
  return { nodes: cpuMsBelow(process.pid), database: cpuMsBelow(postmaster) - watched };
}

function subtract(after: Cpu, before: Cpu): Cpu {
  return { nodes: after.nodes - before.nodes, database: after.database - before.database };
}

/** This hardly depends on how busy the machine is. Starting a killed node is in it. */
function tellCpu({ nodes, database: server }: Cpu, arrivals: number): void {
  const [ofNodes, ofServer] = [nodes / arrivals, server / arrivals];
  say(
    `Processor time of an arrival with its end: nodes ${show(ofNodes)} ms, database ${show(ofServer)} ms, which is ` +
      `${show(1000 / (ofNodes + ofServer))} a second for each core`,
  );
}

function tellFaults(faults: Record<string, number>, watch: StuckWatch): boolean {
  const isPrompt = watch.longestMs <= stuckBudgetMs;
  const rows = Object.entries(faults).map(([name, count]) => [
    name,
    String(count),
    '0',
    count === 0 ? 'kept' : 'MISSED',
  ]);
  const wait = [
    'longest wait beside a free agent, ms',
    watch.longestMs.toFixed(0),
    `${String(stuckBudgetMs)} (${String(watch.looks)} looks)`,
    isPrompt ? 'kept' : 'MISSED',
  ];
  say(table([['what', 'found', 'budget', ''], ...rows, wait]));
  return isPrompt && Object.values(faults).every((count) => count === 0);
}

async function tellTimes(server: DatabaseServer): Promise<boolean> {
  const names = { 'queue to agent': 'routing-pick', 'agent to queue': 'routing-pick-for' };
  const timed = await Promise.all(
    Object.entries(names).map(async ([title, name]) => ({ title, times: await readTimes(server, name) })),
  );
  const rows = timed.map(({ title, times }) => {
    const [half, most] = [percentile(times, 0.5), percentile(times, 0.99)];
    return { cells: [title, String(times.length), show(half), show(most)], isKept: half <= 2 && most <= 20 };
  });
  const head = ['decision on the server', 'timed', 'p50 ms (≤ 2)', 'p99 ms (≤ 20)', ''];
  say(table([head, ...rows.map(({ cells, isKept }) => [...cells, isKept ? 'kept' : 'MISSED'])]));
  return rows.every(({ isKept }) => isKept);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
