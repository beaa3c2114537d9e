import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageView } from '#contract';
import { checkHistory, type Fault } from './checker.js';
import { collectHistory, type Doings } from './collect-history.js';
import { meetCustomer, type Customer } from './customers.js';
import { markOf, type ChannelName, type History } from './history.js';
import type { Installation } from './installation.js';
import { replyTo, sendReply } from './reply.js';
import { createChance, type Chance } from './chance.js';

export interface KillPlan {
  seed: number;
  kills: number;
  /** Customers' and agents' messages together. */
  messages: number;
  /** Waits for leases as an operator would, in place of ageing them. */
  realLeases: boolean;
}

export interface KillReport {
  history: History;
  faults: Fault[];
  /** Milliseconds from each kill until the hub was ready again. */
  recoveries: number[];
}

const channels: ChannelName[] = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'];
const customersPerChannel = 5;
/** The longest pause between two messages of one customer, and before a kill. */
const pauseMs = 250;
/** How long a hub is frozen: longer than its customers wait, shorter than any lease. */
const frozenMs = 4_000;

/** Traffic over all channels, both ways, while the hub is killed at random moments. */
export async function runRandomKills(
  installation: Installation,
  plan: KillPlan,
  say: (line: string) => void,
): Promise<KillReport> {
  const run = new Run(installation, plan, say);
  try {
    return await run.whole();
  } finally {
    run.close();
  }
}

class Run {
  private readonly installation: Installation;
  private readonly plan: KillPlan;
  private readonly say: (line: string) => void;
  private readonly chance: Chance;
  private readonly doings: Doings;
  private readonly recoveries: number[] = [];
  private customers: Customer[] = [];
  private done = 0;

  constructor(installation: Installation, plan: KillPlan, say: (line: string) => void) {
    this.installation = installation;
    this.plan = plan;
    this.say = say;
    this.chance = createChance(plan.seed);
    this.doings = { seed: plan.seed, said: [], replied: [], doubtful: [], taken: [] };
  }

  async whole(): Promise<KillReport> {
    for (const channel of channels) {
      for (let index = 1; index <= customersPerChannel; index += 1) {
        this.customers.push(await meetCustomer(this.installation, channel, `r${String(index)}`));
      }
    }
    const traffic = Promise.all(this.customers.flatMap((customer) => this.talk(customer)));
    await Promise.all([traffic, this.nemesis()]);
    const history = await collectHistory(
      this.installation,
      this.customers,
      this.doings,
      this.plan.realLeases ? 200_000 : 60_000,
    );
    return { history, faults: checkHistory(history), recoveries: this.recoveries };
  }

  close(): void {
    this.customers.forEach((customer) => customer.close());
  }

  /** A customer's messages and the replies to them, each in order, the two beside each other. A caller only calls. */
  private talk(customer: Customer): Promise<void>[] {
    const each = Math.ceil(this.plan.messages / channels.length / customersPerChannel);
    if (customer.channel === 'phone') {
      return [this.speak(customer, each)];
    }
    const replies = Math.floor(each / 2);
    return [this.speak(customer, each - replies), this.answer(customer, replies)];
  }

  private async speak({ key, channel, say }: Customer, count: number): Promise<void> {
    for (let n = 1; n <= count; n += 1) {
      await sleep(this.chance.below(pauseMs));
      const mark = `in/${key}/${String(n)}`;
      const outcome = await say(`${mark} hello`);
      this.doings.said.push({ mark, customer: key, channel, n, outcome });
      this.done += 1;
    }
  }

  private async answer({ key, channel }: Customer, count: number): Promise<void> {
    // Where kills follow each other closely, a backlog is worked off only between them.
    const patienceMs = 120_000 + 6_000 * this.plan.kills;
    const asked: MessageView = await this.installation.agent.find(`in/${key}/1`, undefined, patienceMs);
    for (let n = 1; n <= count; n += 1) {
      await sleep(this.chance.below(pauseMs));
      const mark = `re/${key}/${String(n)}`;
      const reply = replyTo(this.installation, asked, `${mark} answer`);
      const outcome = await sendReply(this.installation, reply);
      this.doings.replied.push({ mark, customer: key, channel, n, id: reply.id, outcome });
      this.done += 1;
    }
  }

  /** Kills the hub when the next share of the traffic is done, give or take. */
  private async nemesis(): Promise<void> {
    const { kills, messages } = this.plan;
    for (let kill = 1; kill <= kills; kill += 1) {
      const share = Math.floor((kill * messages) / (kills + 1));
      while (this.done < share) {
        await sleep(5);
      }
      await sleep(this.chance.below(pauseMs));
      await this.disturb(kill);
      await this.killOnce(kill);
    }
  }

  /** Before some kills the database loses its power, or the hub stands still for a while. */
  private async disturb(kill: number): Promise<void> {
    const { hub, database } = this.installation;
    if (kill % 3 === 0) {
      await database.stopAtOnce();
      const ms = await hub.readyAgain();
      this.say(`the database lost its power, ready again after ${ms.toFixed(0)} ms`);
      await sleep(this.chance.below(pauseMs));
    }
    if (kill % 4 === 0) {
      hub.pause();
      await sleep(frozenMs);
      hub.resume();
      this.say(`the hub stood still for ${String(frozenMs)} ms`);
      await sleep(this.chance.below(pauseMs));
    }
  }

  private async killOnce(kill: number): Promise<void> {
    const { hub, database } = this.installation;
    const began = performance.now();
    const doneBefore = this.done;
    await hub.kill();
    const doubtful = await this.findDoubtful();
    // One that a second death caught before it could be written off is in doubt once.
    this.doings.doubtful = [...new Set([...this.doings.doubtful, ...doubtful])];
    const there = new Set(this.customers.flatMap((customer) => customer.arrived()).map(({ mark }) => mark));
    this.doings.taken.push(...doubtful.filter((mark) => there.has(mark)));
    const lookedMs = performance.now() - began;
    if (!this.plan.realLeases) {
      await database.passTime();
    }
    const startMs = await hub.start();
    this.recoveries.push(startMs);
    const words = [
      `kill ${String(kill)} after ${String(doneBefore)} messages`,
      `ready again after ${startMs.toFixed(0)} ms`,
    ];
    this.say(`${words.join(', ')}, ${String(doubtful.length)} sends in doubt (looked for ${lookedMs.toFixed(0)} ms)`);
  }

  /** What the dead hub was sending over channels that cannot tell a repeat. Its last statements may still run; they end first. */
  private async findDoubtful(): Promise<string[]> {
    const { database } = this.installation;
    await database.lastWords();
    const rows = await database.query<{ body: string }>(
      `select m.body from delivery d join message m on m.conversation_id = d.conversation_id and m.seq = d.seq join channel ch on ch.id = d.channel_id
       where d.state = 'sending' and ch.kind in ('sms', 'telegram')`,
    );
    return rows.flatMap(({ body }) => markOf(body) ?? []);
  }
}
