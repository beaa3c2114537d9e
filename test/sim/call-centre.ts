import {
  chooseAgent,
  chooseItem,
  chooseMatch,
  compareWaiting,
  rankAt,
  type RoutedAgent,
  type RoutedQueue,
  type RoutingBook,
  type Strategy,
  type WaitingItem,
} from '../../libs/tickets/src/routing/policy.js';
import { BatchMeans, type Estimate } from './batch-means.js';
import { EventHeap } from './event-heap.js';
import { jain } from './queueing-theory.js';
import { createRandom, type RandomStream } from './random.js';

/** A kind of customer. */
export interface CustomerClass {
  /** Of the arrivals. */
  share: number;
  boostMs: number;
}

/** A contact centre to be played through. Times are milliseconds; customers come at random moments and take exponential times. */
export interface CentrePlan {
  seed: number;
  agents: number;
  /** Share of the agents' places that is busy, where nobody gives up. */
  load: number;
  handlingMs: number;
  /** At least so many customers, and so many more until the mean wait is known to `precision`, up to `most`. */
  arrivals: { least: number; most: number; precision: number };
  strategy: Strategy;
  /** Chats that an agent can have at once; 1 by default, as with calls. */
  places?: number;
  classes?: CustomerClass[];
  /** Mean patience of those who wait; nobody gives up without it. */
  patienceMs?: number;
  /** Skills asked for, one by each customer, and those of each agent; without it anybody can help. */
  skills?: { asked: number; of: (agent: number) => number[] };
  /** A router that only looks so often, and gives away so many items at a time. Without it, routing follows each event. */
  tick?: { everyMs: number; most: number };
  /** Always the first free agent by name: what the strategies are better than. */
  isFixedOrder?: boolean;
}

export interface CentreReport {
  arrivals: number;
  /** Of all who were served. */
  wait: Estimate;
  /** By class, in the plan's order. */
  waits: Estimate[];
  /** The share that was served within the target. */
  withinTarget: Estimate;
  /** The share that gave up. */
  gaveUp: number;
  /** Evenness of what agents were given in eight hours: the mean over many shifts. */
  jain: number;
  /** Between the busiest agent and the least busy, of the mean, over the whole time. */
  busySpread: number;
  /** Those who still waited at the end. */
  left: number;
}

export const targetMs = 60_000;
const shiftMs = 8 * 3_600_000;
const queueId = 'queue';
const none: string[] = [];
const everybody: CustomerClass[] = [{ share: 1, boostMs: 0 }];
/** A line this long only grows. */
const endless = 20_000;

interface Customer extends WaitingItem {
  kind: number;
  number: number;
  givesUpAt: number;
}

interface SimAgent extends RoutedAgent {
  /** Where it stands among the free; -1 when it is full. */
  place: number;
  given: number;
  busyMs: number;
}

export function playCentre(plan: CentrePlan): CentreReport {
  return new CallCentre(plan).play();
}

/**
 * A contact centre in virtual time. It keeps who is free and who waits in order; who gets what is asked of the policy each time, with the
 * very functions that the database is held against.
 */
class CallCentre {
  private readonly plan: CentrePlan;
  private readonly random: Record<'arrivals' | 'handling' | 'kinds' | 'patience', RandomStream>;
  private readonly queue: RoutedQueue;
  private readonly book: RoutingBook;
  private readonly classes: CustomerClass[];
  private readonly agents: SimAgent[];
  private readonly free: SimAgent[] = [];
  private readonly waiting: Customer[] = [];
  private readonly leaving = new EventHeap<SimAgent>();
  private readonly betweenMs: number;
  private readonly warmUp: number;
  private readonly all = new BatchMeans();
  private readonly prompt = new BatchMeans();
  private readonly byClass: BatchMeans[];
  private readonly shifts: number[] = [];
  private now = 0;
  private arrived = 0;
  private lost = 0;

  constructor(plan: CentrePlan) {
    this.plan = plan;
    const [arrivals, handling, kinds, patience] = [1, 2, 3, 4].map((n) => createRandom(plan.seed * 7919 + n)) as [
      RandomStream,
      RandomStream,
      RandomStream,
      RandomStream,
    ];
    this.random = { arrivals, handling, kinds, patience };
    this.queue = { id: queueId, strategy: plan.strategy, stickyMs: 0, hours: null };
    this.book = { queueOf: () => this.queue, agentOf: () => undefined };
    this.classes = plan.classes ?? everybody;
    this.byClass = this.classes.map(() => new BatchMeans());
    const places = plan.places ?? 1;
    this.betweenMs = plan.handlingMs / (plan.load * plan.agents * places);
    this.warmUp = Math.min(50_000, plan.arrivals.least / 10);
    this.agents = Array.from({ length: plan.agents }, (_, index) => buildAgent(plan, index));
    this.agents.forEach((agent) => this.join(agent));
  }

  play(): CentreReport {
    const { tick } = this.plan;
    let arrivesAt = this.random.arrivals.exponential(this.betweenMs);
    let ticksAt = tick === undefined ? Infinity : 0;
    let shiftEndsAt = shiftMs;
    while (!this.isOver()) {
      this.now = Math.min(arrivesAt, ticksAt, this.leaving.nextAt);
      if (this.now >= shiftEndsAt) {
        this.endShift();
        shiftEndsAt += shiftMs;
      }
      if (this.now === arrivesAt) {
        this.arrive();
        arrivesAt += this.random.arrivals.exponential(this.betweenMs);
      } else if (this.now === ticksAt) {
        this.look(tick?.most ?? 0);
        ticksAt += tick?.everyMs ?? Infinity;
      } else {
        this.finish(this.leaving.pop());
      }
    }
    return this.report();
  }

  private isOver(): boolean {
    const { least, most, precision } = this.plan.arrivals;
    if (this.arrived >= most || this.waiting.length > endless) {
      return true;
    }
    if (this.arrived < least || this.arrived % 500_000 !== 0) {
      return false;
    }
    const { mean, halfWidth } = this.all.estimate();
    return halfWidth <= precision * mean;
  }

  private arrive(): void {
    this.arrived += 1;
    const customer = this.meet();
    if (this.plan.tick !== undefined) {
      this.wait(customer);
      return;
    }
    const choice = chooseAgent(customer, this.free, this.queue, this.now);
    if (choice.outcome === 'agent') {
      this.serve(customer, choice.agent as SimAgent);
    } else {
      this.wait(customer);
    }
  }

  /** Somebody who has become free takes the first in line, unless a tick has to come by first. */
  private finish(agent: SimAgent): void {
    const { weight, kind } = sizeOf(this.plan);
    agent.usedUnits -= weight;
    agent.classes[kind].used -= 1;
    if (agent.usedUnits === 0 && this.plan.isFixedOrder !== true) {
      agent.idleSince = this.now;
    }
    if (agent.place === -1) {
      this.join(agent);
    }
    if (this.plan.tick === undefined && this.waiting.length > 0) {
      this.dropThoseWhoGaveUp();
      const item = chooseItem(agent, this.waiting, this.book, this.now);
      if (item !== null) {
        this.takeOut(item as Customer);
        this.serve(item as Customer, agent);
      }
    }
  }

  private look(most: number): void {
    this.dropThoseWhoGaveUp();
    for (let given = 0; given < most && this.free.length > 0; given += 1) {
      const match = chooseMatch(this.waiting, this.free, this.book, this.now);
      if (match?.choice.outcome !== 'agent') {
        return;
      }
      this.takeOut(match.item as Customer);
      this.serve(match.item as Customer, match.choice.agent as SimAgent);
    }
  }

  private meet(): Customer {
    const { skills, patienceMs } = this.plan;
    const { kinds, patience } = this.random;
    const size = sizeOf(this.plan);
    const kind = this.classes.length === 1 ? 0 : this.pickClass(kinds.next());
    return {
      id: String(this.arrived).padStart(9, '0'),
      queueIds: servedQueues,
      class: size.kind,
      weight: size.weight,
      enqueuedAt: this.now,
      rankAt: rankAt(this.now, this.classes[kind]?.boostMs ?? 0),
      skillIds: skills === undefined ? none : [String(kinds.below(skills.asked))],
      skillLevel: 1,
      ring: 1,
      preferredAgent: null,
      excludedAgents: none,
      askedAgents: none,
      kind,
      number: this.arrived,
      givesUpAt: patienceMs === undefined ? Infinity : this.now + patience.exponential(patienceMs),
    };
  }

  private pickClass(drawn: number): number {
    let sum = 0;
    return this.classes.findIndex(({ share }) => (sum += share) > drawn);
  }

  /** Most come at the end; a head start goes past others. */
  private wait(customer: Customer): void {
    let place = this.waiting.length;
    while (place > 0 && compareWaiting(customer, this.waiting[place - 1] as Customer) < 0) {
      place -= 1;
    }
    this.waiting.splice(place, 0, customer);
  }

  private takeOut(customer: Customer): void {
    const place = this.waiting.indexOf(customer);
    this.waiting.splice(place, 1);
  }

  /** Whoever gave up is found when their turn has come: until then nobody else is behind or before them for it. */
  private dropThoseWhoGaveUp(): void {
    if (this.plan.patienceMs === undefined) {
      return;
    }
    while (this.waiting[0] !== undefined && this.waiting[0].givesUpAt <= this.now) {
      const { number } = this.waiting.shift() as Customer;
      this.lost += Number(number > this.warmUp);
    }
  }

  private serve(customer: Customer, agent: SimAgent): void {
    const { weight, kind } = sizeOf(this.plan);
    const ms = this.random.handling.exponential(this.plan.handlingMs);
    agent.usedUnits += weight;
    agent.classes[kind].used += 1;
    if (this.plan.isFixedOrder !== true) {
      agent.idleSince = null;
      agent.lastAssignedAt = this.now;
    }
    agent.given += 1;
    agent.busyMs += ms;
    if (agent.classes[kind].used === agent.classes[kind].cap) {
      this.leave(agent);
    }
    this.leaving.push(this.now + ms, agent);
    this.note(customer);
  }

  private note({ number, kind, enqueuedAt }: Customer): void {
    if (number > this.warmUp) {
      const waited = this.now - enqueuedAt;
      this.all.add(waited);
      this.byClass[kind]?.add(waited);
      this.prompt.add(Number(waited <= targetMs));
    }
  }

  private join(agent: SimAgent): void {
    agent.place = this.free.push(agent) - 1;
  }

  private leave(agent: SimAgent): void {
    const last = this.free.pop() as SimAgent;
    if (last !== agent) {
      this.free[agent.place] = last;
      last.place = agent.place;
    }
    agent.place = -1;
  }

  private endShift(): void {
    this.shifts.push(jain(this.agents.map(({ given }) => given)));
    this.agents.forEach((agent) => (agent.given = 0));
  }

  private report(): CentreReport {
    const busy = this.agents.map(({ busyMs }) => busyMs);
    const mean = busy.reduce((sum, ms) => sum + ms, 0) / busy.length;
    return {
      arrivals: this.arrived,
      wait: this.all.estimate(),
      waits: this.byClass.map((waits) => waits.estimate()),
      withinTarget: this.prompt.estimate(),
      gaveUp: this.lost / (this.arrived - this.warmUp),
      jain: this.shifts.reduce((sum, one) => sum + one, 0) / this.shifts.length,
      busySpread: (Math.max(...busy) - Math.min(...busy)) / mean,
      left: this.waiting.length,
    };
  }
}

const servedQueues = [queueId];
const call = { kind: 'voice', weight: 100 } as const;
const chat = { kind: 'chat', weight: 30 } as const;

function sizeOf({ places = 1 }: CentrePlan): typeof call | typeof chat {
  return places === 1 ? call : chat;
}

function buildAgent({ places = 1, skills }: CentrePlan, index: number): SimAgent {
  return {
    id: String(index).padStart(4, '0'),
    isOnline: true,
    isDisabled: false,
    presentUntil: Infinity,
    queues: new Map([[queueId, 1]]),
    skills: new Map(skills?.of(index).map((skill) => [String(skill), 1])),
    usedUnits: 0,
    capUnits: 100,
    classes: {
      voice: { used: 0, cap: 1 },
      chat: { used: 0, cap: places },
      async: { used: 0, cap: 10 },
    },
    openQuestions: 0,
    idleSince: 0,
    hasPhone: true,
    isTalking: false,
    lastAssignedAt: -Infinity,
    shift: null,
    place: -1,
    given: 0,
    busyMs: 0,
  };
}
