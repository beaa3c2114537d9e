import type { ConversationView } from '#contract';
import type { AutoAgent } from './auto-agent.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import { addressOf } from './story.js';

/** The beat of everything, and how often somebody begins to write, in milliseconds of their own time. */
const beatMs = 500;
const opensMs = { least: 5_000, most: 10_000 };
const restMs = 150_000;
/** How many begin at once, so that the first look already sees life. */
const firstWave = 5;
/** People who wait for whoever tries the demonstration; more would only bury them. */
const mostWaiting = 9;

export interface Play {
  stop(): Promise<void>;
}

/** Keeps customers and automatic agents going until it is stopped. `look` runs now and then and ends the play with false. */
export function directPlay(
  customers: SimulatedCustomer[],
  agents: AutoAgent[],
  {
    speed,
    look,
    complain,
  }: { speed: number; look: () => Promise<boolean>; complain: (error: unknown) => Promise<void> },
): Play {
  const director = new Director(customers, agents, { speed, look, complain });
  const timer = setInterval(() => director.beat(), beatMs / speed);
  return {
    stop: async () => {
      clearInterval(timer);
      await director.end();
    },
  };
}

/** Who a conversation is with: by the address, or for visitors by what they said. */
export function recogniseAmong(customers: SimulatedCustomer[]): (view: ConversationView) => SimulatedCustomer | null {
  return ({ customer, messages }) =>
    customers.find(({ story }) => {
      const known = story.ways.map(addressOf);
      return customer.identities.some((one) =>
        known.some((way) => way?.kind === one.kind && way.address === one.address),
      );
    }) ??
    customers.find(
      ({ story, said }) =>
        story.ways[0].by === 'web' && messages.some(({ direction, body }) => direction === 'in' && said.includes(body)),
    ) ??
    null;
}

class Director {
  private readonly running = new Set<Promise<unknown>>();
  private opensAt: number;
  private looksAt = 0;
  private turn = 0;
  private isOver = false;

  constructor(
    private readonly customers: SimulatedCustomer[],
    private readonly agents: AutoAgent[],
    private readonly how: { speed: number; look: () => Promise<boolean>; complain: (error: unknown) => Promise<void> },
  ) {
    const now = performance.now();
    this.opensAt = now;
    for (let count = 0; count < firstWave; count += 1) {
      this.open(now);
    }
  }

  beat(): void {
    if (this.isOver) {
      return;
    }
    const now = performance.now();
    if (now >= this.opensAt) {
      this.opensAt = now + (opensMs.least + Math.random() * (opensMs.most - opensMs.least)) / this.how.speed;
      this.open(now);
    }
    if (now >= this.looksAt) {
      this.looksAt = now + 5_000 / this.how.speed;
      this.run(this.how.look().then((goesOn) => (goesOn ? undefined : this.close())));
    }
    [...this.customers, ...this.agents].forEach((one) => this.run(one.act(now)));
  }

  async end(): Promise<void> {
    this.close();
    await Promise.allSettled(this.running);
  }

  private close(): void {
    this.isOver = true;
    this.agents.forEach((agent) => agent.leave());
    this.customers.forEach((customer) => customer.close());
  }

  /** The next in line who has something to say begins: first stories that were not told yet, then people who come back. */
  private open(now: number): void {
    const waiting = this.customers.filter(
      ({ queue, progress }) => queue === 'internet' && progress.next?.[0] === 'agent',
    );
    const welcome = this.customers.filter(({ queue }) => queue !== 'internet' || waiting.length < mostWaiting);
    const fresh = welcome.filter(({ canBegin }) => canBegin);
    const rested = welcome.filter((customer) => customer.isRested(now, restMs));
    const next = fresh[this.turn % Math.max(1, fresh.length)] ?? rested[this.turn % Math.max(1, rested.length)];
    this.turn += 7;
    if (next?.canBegin) {
      next.begin(now);
    } else {
      next?.comeBack(now);
    }
  }

  private run(work: Promise<unknown>): void {
    const running = work.catch((error: unknown) => (this.isOver ? undefined : this.how.complain(error)));
    this.running.add(running);
    void running.finally(() => this.running.delete(running));
  }
}
