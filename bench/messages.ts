import { openArena, type Arena } from './candidates.js';
import { drive } from './driver.js';
import { isKept, median, percentile, show, showVerdict, table, type Verdict } from './figures.js';
import type { Settings } from './settings.js';
import { type Round, runRounds, type Slot } from './slots.js';

/** Webhook to parsed frame at a hundred messages a second. */
export async function measureLive(settings: Settings): Promise<boolean> {
  const { rate, seconds } = settings;
  const rounds = await runRounds(await openArena(settings), settings, { kind: 'open', rate, seconds });
  showRounds(`Open loop at ${rate}/s, ${seconds} s a slot; milliseconds from the intended moment to the frame`, rounds);
  const ofFrames = (share: number) => ratiosOf(rounds, ({ frameMs }) => percentile(frameMs, share));
  return judge([
    { name: 'p50 to the frame', ratios: ofFrames(0.5), budget: { most: 1.5 } },
    { name: 'p99 to the frame', ratios: ofFrames(0.99), budget: { most: 2 } },
    { name: 'CPU per message', ratios: ratiosOf(rounds, ({ programUs }) => programUs), budget: { most: 2.5 } },
  ]);
}

/** As many messages as go through, then the highest steady rate. */
export async function measureInbound(settings: Settings): Promise<boolean> {
  const { seconds } = settings;
  const arena = await openArena(settings);
  const rounds = await runRounds(arena, settings, { kind: 'closed', connections: 64, seconds });
  showRounds(`Closed loop of 64, ${seconds} s a slot`, rounds);
  const isWithin = judge([
    { name: 'messages a second', ratios: ratiosOf(rounds, throughput), budget: { least: 1 } },
    { name: 'CPU per message', ratios: ratiosOf(rounds, ({ programUs }) => programUs), budget: { most: 2.5 } },
  ]);
  await climb(arena, median(rounds.map(({ floor }) => throughput(floor))), seconds);
  return isWithin;
}

function throughput({ accepted, elapsedMs }: Slot): number {
  return (accepted * 1000) / elapsedMs;
}

function ratiosOf(rounds: Round[], figure: (slot: Slot) => number): number[] {
  return rounds.map(({ hub, floor }) => figure(hub) / figure(floor));
}

function judge(verdicts: Verdict[]): boolean {
  const head = ['hub / floor', 'median', 'range', 'budget', ''];
  process.stdout.write(`${table([head, ...verdicts.map(showVerdict)])}\n\n`);
  return verdicts.every(isKept);
}

/** Rows and log bytes of both stand here as the proof that they did equal work. */
function showRounds(title: string, rounds: Round[]): void {
  const columns: [string, (slot: Slot) => number][] = [
    ['messages', ({ accepted }) => accepted],
    ['per s', throughput],
    ['frame p50', ({ frameMs }) => percentile(frameMs, 0.5)],
    ['frame p99', ({ frameMs }) => percentile(frameMs, 0.99)],
    ['answer p50', ({ answerMs }) => percentile(answerMs, 0.5)],
    ['CPU µs', ({ programUs }) => programUs],
    ['PG CPU µs', ({ databaseUs }) => databaseUs],
    ['WAL B', ({ walBytes }) => walBytes],
    ['tx', ({ transactions }) => transactions],
    ['events', ({ rows, accepted }) => rows.events / accepted],
    ['facts', ({ rows, accepted }) => rows.facts / accepted],
    ['seqs', ({ rows, accepted }) => rows.seqs / accepted],
    ['ticket', ({ rows, accepted }) => rows.ticketVersions / accepted],
    ['loop p99', ({ loopDelayMs }) => loopDelayMs],
  ];
  const line = (name: string, slot: Slot): (string | number)[] => [name, ...columns.map(([, figure]) => figure(slot))];
  const lines = rounds.flatMap((round, index) => [
    line(`${index + 1} hub`, round.hub),
    line(`${index + 1} floor`, round.floor),
  ]);
  process.stdout.write(`${title}\n${table([['round', ...columns.map(([name]) => name)], ...lines])}\n\n`);
}

/** Rising fixed rates; a rate is held when nothing is refused or lost, all is through in time, and p99 stays below 250 ms. */
async function climb({ hub, floor }: Arena, top: number, seconds: number): Promise<void> {
  const best = new Map<string, number>();
  for (const share of [0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.45]) {
    const rate = Math.round(top * share);
    for (const candidate of [hub, floor]) {
      const driven = await drive(candidate, { kind: 'open', rate, seconds });
      const isHeld =
        driven.lost + driven.refused === 0 &&
        percentile(driven.frameMs, 0.99) < 250 &&
        driven.elapsedMs < seconds * 1000 + 500;
      if (isHeld) {
        best.set(candidate.name, rate);
      }
    }
  }
  const [ours = 0, theirs = 0] = [best.get('hub'), best.get('floor')];
  process.stdout.write(
    `Highest steady rate with p99 < 250 ms: hub ${ours}/s, floor ${theirs}/s, ratio ${show(ours / theirs)} (steps of 15 %, one pass)\n`,
  );
}
