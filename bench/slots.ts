import type { Arena, Candidate } from './candidates.js';
import type { DatabaseServer, Rows } from './database-server.js';
import { type Driven, drive, type Load } from './driver.js';
import type { Settings } from './settings.js';
import { cpuMsBetween, cpuMsOf, loadAverage } from './machine.js';

/** One stretch of load on one candidate with what it cost. */
export interface Slot extends Driven {
  /** Processor time of the program, and of the whole database server, in microseconds a message. */
  programUs: number;
  databaseUs: number;
  walBytes: number;
  transactions: number;
  rows: Rows;
}

export interface Round {
  hub: Slot;
  floor: Slot;
}

/** Above this the driver measured its own lateness: the round is shown and does not count. */
const maxLoopDelayMs = 20;

/**
 * Rounds of one slot for each candidate, now one first and now the other, so that what the machine does meanwhile hits both. Only
 * ratios within a round are comparable. Throws when a candidate did not do all of its work.
 */
export async function runRounds(arena: Arena, { rounds: count, busy }: Settings, load: Load): Promise<Round[]> {
  const rounds: Round[] = [];
  let voided = 0;
  while (rounds.length < count && voided <= count) {
    const order = (rounds.length + voided) % 2 === 0 ? [arena.hub, arena.floor] : [arena.floor, arena.hub];
    const slots: Partial<Round> = {};
    for (const candidate of order) {
      slots[candidate.name] = await runSlot(arena, candidate, load);
    }
    const round = slots as Round;
    if (!busy && Math.max(round.hub.loopDelayMs, round.floor.loopDelayMs) > maxLoopDelayMs) {
      voided += 1;
    } else {
      rounds.push(round);
    }
  }
  process.stdout.write(`${rounds.length} rounds counted, ${voided} voided; load average ${loadAverage()}\n`);
  if (rounds.length === 0) {
    throw new Error('The driver was starved in every round: measure on a quieter machine.');
  }
  return rounds;
}

async function runSlot({ server }: Arena, candidate: Candidate, load: Load): Promise<Slot> {
  const rowsBefore = await server.rows(candidate.name);
  const before = await server.written();
  const cpuBefore = await readCpu(server, candidate);
  const driven = await drive(candidate, load);
  const cpuAfter = await readCpu(server, candidate);
  const after = await server.written();
  const rows = subtract(await server.rows(candidate.name), rowsBefore);
  checkWork(candidate, driven, rows);
  return {
    ...driven,
    programUs: (cpuMsBetween(cpuBefore.program, cpuAfter.program) * 1000) / driven.accepted,
    databaseUs: (cpuMsBetween(cpuBefore.database, cpuAfter.database) * 1000) / driven.accepted,
    walBytes: (after.walBytes - before.walBytes) / driven.accepted,
    transactions: (after.transactions - before.transactions) / driven.accepted,
    rows,
  };
}

async function readCpu(
  server: DatabaseServer,
  { program }: Candidate,
): Promise<{ program: Map<number, number>; database: Map<number, number> }> {
  return { database: cpuMsOf(await server.pids()), program: cpuMsOf([program.pid]) };
}

function subtract(after: Rows, before: Rows): Rows {
  return Object.fromEntries(
    (Object.keys(after) as (keyof Rows)[]).map((name) => [name, after[name] - before[name]]),
  ) as unknown as Rows;
}

function checkWork({ name }: Candidate, { accepted, refused, lost }: Driven, rows: Rows): void {
  if (refused > 0 || lost > 0 || rows.messages !== accepted || rows.events !== accepted || rows.seqs !== accepted) {
    throw new Error(
      `The ${name} did not do its work: ${accepted} accepted, ${refused} refused, ${lost} frames lost, rows ${JSON.stringify(rows)}.`,
    );
  }
}
