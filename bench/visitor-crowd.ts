import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { reconnectPauses } from '../apps/agent-ui/src/widget/reconnect-pauses.js';
import { Cable } from '../test/support/cable.js';
import { connectVisitor, type Visitor } from '../tools/stand-ins/visitor.js';

export interface CrowdWish {
  /** The hub, which must believe X-Forwarded-For of this machine. */
  hub: string;
  channel: string;
  visitors: number;
  /** Messages a second, of visitors and of agents by turns. */
  rate: number;
  /** How long it goes on. */
  seconds: number;
  /** When every line breaks, and for how long. */
  cut: { afterMs: number; ms: number };
  /** An agent's answer to the visitor whose first message this was. */
  answer: (opening: string, body: string) => Promise<void>;
}

export interface CrowdReport {
  sent: { byVisitors: number; byAgents: number };
  /** Messages that are missing, and those that are there more than once, on the screens of whoever should see them. */
  missing: string[];
  doubled: string[];
  /** What a visitor would have seen go wrong on the way. */
  faults: string[];
  /** From the break until each was connected again and had everything, in milliseconds. */
  backMs: number[];
}

interface Seat {
  visitor: Visitor;
  opening: string;
  /** What must be on the screen in the end, whoever wrote it. */
  expected: string[];
  backAt: number;
}

const openAtOnce = 20;
const patienceMs = 60_000;
const lookMs = 20;

/**
 * Many visitors on lines that break for all of them at once while everybody goes on talking. They behave as the widget does: the same
 * pauses before they try again, the same repeats, the same catching up.
 */
export async function runCrowd(wish: CrowdWish): Promise<CrowdReport> {
  const cable = new Cable(new URL(wish.hub));
  const port = await cable.plugIn();
  const seats: Seat[] = [];
  try {
    await fill(seats, wish, cable.url.replace(/\/$/, ''));
    const talking = talk(seats, wish);
    // Whatever goes wrong there is told where it is waited for.
    talking.catch(() => undefined);
    await sleep(wish.cut.afterMs);
    const cutAt = performance.now();
    await cable.cut();
    await sleep(wish.cut.ms);
    await cable.plugIn(port);
    await awaitReturn(seats);
    const sent = await talking;
    await settle(seats);
    return { sent, ...judge(seats), backMs: seats.map(({ backAt }) => backAt - cutAt) };
  } finally {
    seats.forEach(({ visitor }) => visitor.close());
    await cable.cut();
  }
}

async function fill(seats: Seat[], wish: CrowdWish, hub: string): Promise<void> {
  const open = async (from: number): Promise<void> => {
    for (let n = from; n < wish.visitors; n += openAtOnce) {
      seats[n] = await openSeat(wish, hub, n);
    }
  };
  await Promise.all(Array.from({ length: Math.min(openAtOnce, wish.visitors) }, (_, from) => open(from)));
}

async function openSeat({ channel }: CrowdWish, hub: string, n: number): Promise<Seat> {
  const place = `10.${String((n >> 16) & 255)}.${String((n >> 8) & 255)}.${String(n & 255)}`;
  const headers = { 'x-forwarded-for': place };
  const visitor = await connectVisitor({ hub, channel, headers, pauses: reconnectPauses });
  const opening = `opening ${String(n)} ${randomUUID()}`;
  await visitor.say(opening);
  return { visitor, opening, expected: [opening], backAt: NaN };
}

/** Waits for all before it tells what one of them threw. */
async function settleAll(under: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(under)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    throw failed.reason as Error;
  }
}

/** Each message at its own moment, whether those before have arrived or not. */
async function talk(seats: Seat[], { rate, seconds, answer }: CrowdWish): Promise<CrowdReport['sent']> {
  const count = Math.round(rate * seconds);
  const startedAt = performance.now();
  const under: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    await sleep(Math.max(0, startedAt + (n * 1000) / rate - performance.now()));
    // A prime step visits everybody in no order that means anything.
    const seat = seats[(n * 7919) % seats.length] as Seat;
    const body = `message ${String(n)}`;
    seat.expected.push(body);
    const sent: Promise<unknown> = n % 2 === 0 ? seat.visitor.say(body) : answer(seat.opening, body);
    sent.catch(() => undefined);
    under.push(sent);
  }
  await settleAll(under);
  return { byVisitors: Math.ceil(count / 2), byAgents: Math.floor(count / 2) };
}

/** Notes when each is back, whoever else is. Whoever is not within the time counts as never. */
async function awaitReturn(seats: Seat[]): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  await Promise.all(
    seats.map(async (seat) => {
      do {
        await sleep(lookMs);
        await seat.visitor.catchUp();
      } while (!seat.visitor.isConnected && performance.now() < giveUpAt);
      seat.backAt = seat.visitor.isConnected ? performance.now() : Infinity;
    }),
  );
}

/** What was told last may still be on its way. */
async function settle(seats: Seat[]): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  const isDone = ({ visitor, expected }: Seat): boolean => visitor.screen.messages.length >= expected.length;
  while (!seats.every(isDone) && performance.now() < giveUpAt) {
    await sleep(lookMs);
  }
  for (const { visitor } of seats) {
    await visitor.catchUp();
  }
}

function judge(seats: Seat[]): Pick<CrowdReport, 'missing' | 'doubled' | 'faults'> {
  const counted = seats.flatMap(({ visitor, expected }) => {
    const bodies = visitor.screen.messages.map(({ body }) => body);
    return expected.map((body) => ({ body, times: bodies.filter((one) => one === body).length }));
  });
  return {
    missing: counted.filter(({ times }) => times === 0).map(({ body }) => body),
    doubled: counted.filter(({ times }) => times > 1).map(({ body }) => body),
    faults: seats.flatMap(({ visitor }) => visitor.screen.faults.map(({ kind, text }) => `${kind}: ${text}`)),
  };
}
