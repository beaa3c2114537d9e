import { createHmac } from 'node:crypto';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { HttpLine } from './http-line.js';

/** What the driver knows of a program under test. Requests to all of them are the same but for the port. */
export interface Target {
  port: number;
  lines: HttpLine[];
  agents: Socket[];
  /** Senders are numbered from 0; all of them are known and have an open ticket. */
  senders: number;
  channelId: string;
  secret: string;
}

/** Open: so many messages a second on a fixed grid, come what may. Closed: each connection sends when its last one was answered. */
export type Load =
  { kind: 'open'; rate: number; seconds: number } | { kind: 'closed'; connections: number; seconds: number };

export interface Driven {
  accepted: number;
  refused: number;
  /** Frames that agents should have had and did not get in time. */
  lost: number;
  /** Milliseconds from the intended moment of sending to the parsed frame, one per agent and message. */
  frameMs: number[];
  /** The same to the answer of the request. */
  answerMs: number[];
  /** From the first intended moment until the last frame. */
  elapsedMs: number;
  /** Of the driver's own event loop, p99: above 20 ms it measured itself. */
  loopDelayMs: number;
}

const words =
  'سلام سفارش من هنوز نرسیده است please check order delivery امروز می‌خواهم بدانم when will it arrive تشکر فراوان'.split(
    ' ',
  );
const patienceMs = 15_000;
/** Below this rate a message is sent within microseconds of its moment; above, within the timer's millisecond. */
const exactRate = 250;

let slots = 0;

/** One stretch of load on one target, until its last frame has arrived. */
export async function drive(target: Target, load: Load): Promise<Driven> {
  const slot = new Slot(target, (slots += 1));
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = performance.now();
  await (load.kind === 'open' ? slot.open(load.rate, load.seconds) : slot.closed(load.connections, load.seconds));
  await slot.settle();
  delay.disable();
  // The histogram's own period is part of what it records.
  return slot.result(startedAt, delay.percentile(99) / 1e6 - 10);
}

class Slot {
  private readonly target: Target;
  private readonly number: number;
  private readonly intendedAt: number[] = [];
  private readonly answerMs: number[] = [];
  private readonly frameMs: number[] = [];
  private readonly pending = new Set<Promise<void>>();
  private readonly idle: HttpLine[];
  private readonly queued: number[] = [];
  private accepted = 0;
  private refused = 0;
  private lastFrameAt = 0;

  constructor(target: Target, number: number) {
    this.target = target;
    this.number = number;
    this.idle = [...target.lines];
    for (const agent of target.agents) {
      agent.off('conversation.changes');
      agent.on('conversation.changes', (changes: { messages: { body: string }[] }) =>
        changes.messages.forEach(({ body }) => this.heard(body)),
      );
    }
  }

  async open(rate: number, seconds: number): Promise<void> {
    const startAt = performance.now() + 20;
    for (let n = 0; n < rate * seconds; n++) {
      const dueAt = startAt + (n * 1000) / rate;
      await until(dueAt, rate <= exactRate);
      this.intendedAt.push(dueAt);
      this.queued.push(n);
      this.pump();
    }
    while (this.queued.length > 0 || this.pending.size > 0) {
      await Promise.all(this.pending);
    }
  }

  async closed(connections: number, seconds: number): Promise<void> {
    const endAt = performance.now() + seconds * 1000;
    const loop = async (line: HttpLine): Promise<void> => {
      while (performance.now() < endAt) {
        const n = this.intendedAt.push(performance.now()) - 1;
        await this.post(line, n);
      }
    };
    await Promise.all(this.target.lines.slice(0, connections).map(loop));
  }

  async settle(): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    while (this.frameMs.length < this.accepted * this.target.agents.length && performance.now() < giveUpAt) {
      await sleep(1);
    }
  }

  result(startedAt: number, loopDelayMs: number): Driven {
    const { accepted, refused, frameMs, answerMs } = this;
    return {
      accepted,
      refused,
      lost: accepted * this.target.agents.length - frameMs.length,
      frameMs,
      answerMs,
      elapsedMs: (this.lastFrameAt || performance.now()) - (this.intendedAt[0] ?? startedAt),
      loopDelayMs,
    };
  }

  private pump(): void {
    for (let line = this.idle.pop(); line; line = this.idle.pop()) {
      const n = this.queued.shift();
      if (n === undefined) {
        this.idle.push(line);
        return;
      }
      const free = line;
      const post: Promise<void> = this.post(free, n).finally(() => {
        this.pending.delete(post);
        this.idle.push(free);
        this.pump();
      });
      this.pending.add(post);
    }
  }

  private async post(line: HttpLine, n: number): Promise<void> {
    const { status } = await line.send(webhook(this.target, this.number, n));
    this.answerMs.push(performance.now() - (this.intendedAt[n] as number));
    if (status === 200) {
      this.accepted += 1;
    } else {
      this.refused += 1;
    }
  }

  private heard(body: string): void {
    const [, slot, n] = /^#(\d+)\.(\d+) /.exec(body) ?? [];
    const intendedAt = this.intendedAt[Number(n)];
    if (Number(slot) === this.number && intendedAt !== undefined) {
      this.lastFrameAt = performance.now();
      this.frameMs.push(this.lastFrameAt - intendedAt);
    }
  }
}

/** A timer comes up to a millisecond late; the rest of the wait goes round the event loop, so that frames are read meanwhile. */
async function until(dueAt: number, isExact: boolean): Promise<void> {
  const ms = dueAt - performance.now();
  if (ms > 1.5) {
    await sleep(isExact ? ms - 1.5 : ms);
  }
  while (isExact && performance.now() < dueAt) {
    await setImmediate();
  }
}

/** A signed request of Standard Webhooks, whole, as it goes over the wire. The same slot and number make the same message. */
export function webhook(target: Omit<Target, 'lines' | 'agents'>, slot: number, n: number): Buffer {
  const sender = (n * 7919 + slot * 104_729) % target.senders;
  const start = (n + slot) % words.length;
  const text = `#${slot}.${n} ${Array.from({ length: 12 }, (_, index) => words[(start + index) % words.length]).join(' ')}`;
  return signedWebhook(target, `bench-${slot}-${n}`, { from: { id: `s${sender}`, name: `Sender ${sender}` }, text });
}

export function signedWebhook(
  { port, channelId, secret }: Pick<Target, 'port' | 'channelId' | 'secret'>,
  id: string,
  message: object,
): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const head = [
    `POST /hooks/messages/${channelId} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    `webhook-id: ${id}`,
    `webhook-timestamp: ${timestamp}`,
    `webhook-signature: v1,${mac}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), body]);
}
