import type { RoutedAgent, RoutedQueue, Strategy, WaitingItem } from '../../libs/tickets/src/routing/policy.js';
import { createChance, type Chance } from '../chaos/chance.js';

/**
 * A little world of routing: two queues that may help each other, with everything that can tell one agent or item from another, and many
 * that are told apart by nothing.
 */
export interface RoutingState {
  seed: number;
  queues: DrawnQueue[];
  skills: string[];
  agents: DrawnAgent[];
  items: DrawnItem[];
}

/** Hours as the database has them: the name of a calendar, null for none. */
export type Hours = 'always' | 'never' | null;

export interface DrawnQueue extends RoutedQueue {
  calendar: Hours;
  servesOutOfHours: boolean;
}

export interface DrawnAgent extends RoutedAgent {
  calendar: Hours;
  status: 'online' | 'busy' | 'away' | 'offline';
  /** Classes in which the default cap holds. */
  uncapped: ReadonlySet<string>;
}

export type DrawnItem = WaitingItem;

const strategies: Strategy[] = ['longest_idle', 'least_loaded', 'round_robin', 'broadcast'];
const minute = 60_000;
const closed = { isOpen: () => false };
const open = { isOpen: () => true };
const defaultCaps = { voice: 1, chat: 3, async: 10 };
const sizes = { voice: 100, chat: 30, async: 5 } as const;

class Draw {
  private readonly chance: Chance;

  constructor(seed: number) {
    this.chance = createChance(seed);
  }

  one<T>(...choices: readonly T[]): T {
    return choices[this.chance.below(choices.length)] as T;
  }

  some<T>(choices: readonly T[], share: number): T[] {
    return choices.filter(() => this.is(share));
  }

  is(share: number): boolean {
    return this.chance.below(1_000) < share * 1_000;
  }

  between(least: number, most: number): number {
    return least + this.chance.below(most - least + 1);
  }

  /** A uuid whose order has nothing to do with when it was drawn. */
  id(): string {
    const hex = Array.from({ length: 32 }, () => this.chance.below(16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

/**
 * The same state for the same seed and moment, in whole milliseconds so that the database holds exactly the same. Weighted so that most
 * agents can have most items: a state in which nobody can do anything shows nothing.
 */
export function drawState(seed: number, now: number): RoutingState {
  const draw = new Draw(seed);
  const queues = [drawQueue(draw), drawQueue(draw)];
  const skills = [draw.id(), draw.id()];
  const ground = { queueIds: queues.map(({ id }) => id), skills, now };
  const agents = Array.from({ length: draw.between(0, 7) }, () => drawAgent(draw, ground));
  const items = Array.from({ length: draw.between(1, 7) }, () => drawItem(draw, ground, agents));
  return { seed, queues, skills, agents: agents.map((agent) => askedAmong(agent, items)), items };
}

interface Ground {
  queueIds: string[];
  skills: string[];
  now: number;
}

function drawQueue(draw: Draw): DrawnQueue {
  const calendar = draw.one<Hours>(null, null, null, 'always', 'always', 'never');
  const servesOutOfHours = draw.is(0.5);
  return {
    id: draw.id(),
    strategy: draw.one(...strategies),
    stickyMs: draw.one(null, 0, 60_000, 600_000),
    hours: calendar === 'never' && !servesOutOfHours ? closed : null,
    calendar,
    servesOutOfHours,
  };
}

function drawAgent(draw: Draw, { queueIds, skills, now }: Ground): DrawnAgent {
  const used = { voice: Number(draw.is(0.06)), chat: draw.one(0, 0, 0, 1, 1, 2, 3), async: draw.one(0, 0, 1, 3) };
  const caps = { voice: draw.one(0, 1, 1), chat: draw.one(1, 2, 3, 3), async: draw.one(0, 3, 10) };
  const uncapped = new Set(draw.some(['voice', 'chat', 'async'] as const, 0.6));
  const load = (kind: 'voice' | 'chat' | 'async') => ({
    used: used[kind],
    cap: uncapped.has(kind) ? defaultCaps[kind] : caps[kind],
  });
  const usedUnits = used.voice * 100 + used.chat * 30 + used.async * 5;
  const status = draw.is(0.1) ? draw.one('busy', 'away', 'offline' as const) : 'online';
  const calendar = draw.one<Hours>(null, null, null, 'always', 'always', draw.one('never', null));
  return {
    id: draw.id(),
    status,
    isOnline: status === 'online',
    isDisabled: draw.is(0.03),
    presentUntil: draw.is(0.92) ? now + 240 * minute : draw.one(null, now - minute),
    queues: new Map(draw.some(queueIds, 0.75).map((id) => [id, draw.one(1, 1, 1, 2, 3)])),
    skills: new Map(draw.some(skills, 0.75).map((skill) => [skill, draw.between(1, 5)])),
    usedUnits,
    capUnits: draw.one(100, 100, 100, 130, 60, 250),
    uncapped,
    classes: { voice: load('voice'), chat: load('chat'), async: load('async') },
    openQuestions: 0,
    idleSince: usedUnits === 0 ? now - draw.between(0, 3) * minute : null,
    lastAssignedAt: draw.is(0.2) ? -Infinity : now - draw.between(0, 4) * minute,
    calendar,
    shift: calendar === null ? null : calendar === 'always' ? open : closed,
    hasPhone: draw.is(0.8),
    isTalking: draw.is(0.04),
  };
}

function drawItem(draw: Draw, { queueIds, skills, now }: Ground, agents: DrawnAgent[]): DrawnItem {
  const [own, other] = draw.is(0.6) ? queueIds : queueIds.toReversed();
  const kind = draw.one('chat', 'chat', 'async', 'async', 'voice' as const);
  // Ends of waits for an agent are far off on either side, for the database's clock goes on meanwhile.
  const enqueuedAt = now - draw.one(5_000, 5_000, 5_000, 5 * minute, draw.between(15, 90) * minute);
  const agentIds = agents.map(({ id }) => id);
  return {
    id: draw.id(),
    queueIds: [own as string, ...(draw.is(0.2) ? [other as string] : [])],
    class: kind,
    weight: sizes[kind],
    enqueuedAt,
    rankAt: enqueuedAt - draw.one(0, 0, 5, 15, 60) * minute,
    skillIds: draw.is(0.5) ? draw.some(skills, 0.6) : [],
    skillLevel: draw.one(1, 1, 2, 3),
    ring: draw.one(1, 2, 5, 5),
    preferredAgent: draw.is(0.35) && agents.length > 0 ? draw.one(...agentIds) : null,
    excludedAgents: draw.is(0.25) ? draw.some(agentIds, 0.4) : [],
    askedAgents: draw.is(0.15) ? draw.some(agentIds, 0.5) : [],
  };
}

function askedAmong(agent: DrawnAgent, items: readonly DrawnItem[]): DrawnAgent {
  return { ...agent, openQuestions: items.filter(({ askedAgents }) => askedAgents.includes(agent.id)).length };
}
