import type { ServiceTime } from '../calendars/service-time.js';
import type { WorkClass } from './work-class.js';

/**
 * Who gets which work, as pure functions: the rules that the database follows by statements (match-work) stand here to be read, simulated
 * and held against it. Instants are milliseconds of the Unix epoch, durations are milliseconds, ids are uuids or anything that sorts as text.
 */

const minuteMs = 60_000;

/** How a queue chooses among agents who suit an item equally well. */
export type Strategy = 'longest_idle' | 'least_loaded' | 'round_robin' | 'broadcast';

/** What decided. */
export type ChoiceReason = 'sticky' | 'skill' | Strategy;

/** A piece of work in line. */
export interface WaitingItem {
  id: string;
  /** Its queue first, then those whose agents were called in to help. */
  queueIds: readonly string[];
  class: WorkClass;
  /** Units of an agent. */
  weight: number;
  enqueuedAt: number;
  /** Its place in line, see rankAt. */
  rankAt: number;
  skillIds: readonly string[];
  /** The least level, in each of the skills. */
  skillLevel: number;
  /** Members of a queue up to this level are asked. */
  ring: number;
  preferredAgent: string | null;
  /** Agents who declined it or let it pass. */
  excludedAgents: readonly string[];
  /** Agents who were asked together with others and have not answered yet. */
  askedAgents: readonly string[];
}

export interface ClassLoad {
  used: number;
  cap: number;
}

/** Somebody who may be given work. */
export interface RoutedAgent {
  id: string;
  isOnline: boolean;
  isDisabled: boolean;
  /** The end of the latest lease of an open console; null without one. */
  presentUntil: number | null;
  /** Level of membership by queue. */
  queues: ReadonlyMap<string, number>;
  /** Level by skill. */
  skills: ReadonlyMap<string, number>;
  usedUnits: number;
  capUnits: number;
  classes: Readonly<Record<WorkClass, ClassLoad>>;
  /** Items that they were asked about together with others and have not answered yet. */
  openQuestions: number;
  /** null while there is work. */
  idleSince: number | null;
  lastAssignedAt: number;
  /** There is a phone that calls can ring. */
  hasPhone: boolean;
  /** On the line at this moment, whatever became of the ticket behind it. */
  isTalking: boolean;
  /** null: at any time. */
  shift: Pick<ServiceTime, 'isOpen'> | null;
}

export interface RoutedQueue {
  id: string;
  strategy: Strategy;
  /** How long an item waits for the agent it prefers while that agent is there but full; null: a minute for a chat, else not at all. */
  stickyMs: number | null;
  /** null: at any time. Outside its hours nothing is given from a queue. */
  hours: Pick<ServiceTime, 'isOpen'> | null;
}

/** Why an agent cannot have an item; the first reason found. */
export type Hindrance =
  | 'queue_closed'
  | 'disabled'
  | 'not_online'
  | 'not_present'
  | 'excluded'
  | 'not_in_queue'
  | 'off_shift'
  | 'lacks_skill'
  | 'no_phone'
  | 'asked_already'
  | Fullness;

/** Reasons that pass when the agent finishes something. */
export type Fullness = 'no_units' | 'class_full' | 'on_a_call';

/** null: the agent can have the item. Fullness is looked at last, so it means that nothing else is in the way. */
export function findHindrance(
  item: WaitingItem,
  agent: RoutedAgent,
  queue: RoutedQueue,
  now: number,
): Hindrance | null {
  if (queue.hours !== null && !queue.hours.isOpen(now)) {
    return 'queue_closed';
  }
  return absenceOf(agent, now) ?? unfitness(item, agent) ?? questioning(item, agent, queue) ?? fullness(item, agent);
}

export function isEligible(item: WaitingItem, agent: RoutedAgent, queue: RoutedQueue, now: number): boolean {
  return findHindrance(item, agent, queue, now) === null;
}

function absenceOf(agent: RoutedAgent, now: number): Hindrance | null {
  if (agent.isDisabled) {
    return 'disabled';
  }
  if (!agent.isOnline) {
    return 'not_online';
  }
  if (agent.presentUntil === null || agent.presentUntil <= now) {
    return 'not_present';
  }
  return agent.shift === null || agent.shift.isOpen(now) ? null : 'off_shift';
}

function unfitness(item: WaitingItem, agent: RoutedAgent): Hindrance | null {
  if (item.excludedAgents.includes(agent.id)) {
    return 'excluded';
  }
  if (!item.queueIds.some((queueId) => (agent.queues.get(queueId) ?? Infinity) <= item.ring)) {
    return 'not_in_queue';
  }
  const hasSkills = item.skillIds.every((skillId) => (agent.skills.get(skillId) ?? 0) >= item.skillLevel);
  if (!hasSkills) {
    return 'lacks_skill';
  }
  return item.class === 'voice' && !agent.hasPhone ? 'no_phone' : null;
}

/** Where everybody is asked, nobody is asked twice, nor about more at once than they could take. */
function questioning(item: WaitingItem, agent: RoutedAgent, { strategy }: RoutedQueue): Hindrance | null {
  if (strategy !== 'broadcast') {
    return null;
  }
  if (item.askedAgents.includes(agent.id)) {
    return 'asked_already';
  }
  const { used, cap } = agent.classes[item.class];
  return used + agent.openQuestions + 1 > cap ? 'class_full' : null;
}

/**
 * A call on the line has an agent's whole attention, but what is answered in its own time may wait beside it: it takes nothing of the
 * room that a call needs, or whoever has a mail would never be rung.
 */
function fullness(item: WaitingItem, { usedUnits, capUnits, classes, isTalking }: RoutedAgent): Fullness | null {
  if ((item.class === 'voice' ? 0 : usedUnits) + item.weight > capUnits) {
    return 'no_units';
  }
  const { used, cap } = classes[item.class];
  if (used + 1 > cap) {
    return 'class_full';
  }
  const isBusyTalking =
    (item.class !== 'async' && (isTalking || classes.voice.used > 0)) ||
    (item.class === 'voice' && classes.chat.used > 0);
  return isBusyTalking ? 'on_a_call' : null;
}

const fullnesses: ReadonlySet<Hindrance> = new Set<Fullness>(['no_units', 'class_full', 'on_a_call']);

/**
 * Whether an item is kept for the agent it prefers: they are there, and have room for it or may soon have. `preferred` is that agent, where
 * known. Where everybody is asked at once, nothing is kept.
 */
export function isKept(
  item: WaitingItem,
  preferred: RoutedAgent | undefined,
  queue: RoutedQueue,
  now: number,
): boolean {
  if (preferred === undefined || queue.strategy === 'broadcast' || now >= keptUntil(item, queue)) {
    return false;
  }
  const hindrance = findHindrance(item, preferred, queue, now);
  return hindrance === null || fullnesses.has(hindrance);
}

/** Until when an item waits for the agent it prefers. */
function keptUntil(item: WaitingItem, queue: RoutedQueue): number {
  return item.enqueuedAt + (queue.stickyMs ?? (item.class === 'chat' ? minuteMs : 0));
}

/** What becomes of a waiting item at this moment. */
export type AgentChoice =
  | { outcome: 'agent'; agent: RoutedAgent; reason: ChoiceReason; eligible: number }
  /** The first to accept has it. In the order of longest idle. */
  | { outcome: 'everybody'; agents: RoutedAgent[] }
  /** Kept until then for the agent it prefers. */
  | { outcome: 'kept'; until: number }
  | { outcome: 'nobody' };

/** Chooses for one item among agents in any order; agents who cannot have it are passed over. A call rings one phone after the other. */
export function chooseAgent(
  item: WaitingItem,
  agents: readonly RoutedAgent[],
  queue: RoutedQueue,
  now: number,
): AgentChoice {
  if (queue.strategy === 'broadcast' && item.class !== 'voice') {
    return askEverybody(item, agents, queue, now);
  }
  const preferred = item.preferredAgent === null ? undefined : agents.find(({ id }) => id === item.preferredAgent);
  if (preferred && !isEligible(item, preferred, queue, now) && isKept(item, preferred, queue, now)) {
    return { outcome: 'kept', until: keptUntil(item, queue) };
  }
  const found = findBest(item, agents, queue, now);
  return found === null
    ? { outcome: 'nobody' }
    : { outcome: 'agent', agent: found.best, reason: reasonFor(item, queue, found), eligible: found.eligible };
}

interface Best {
  best: RoutedAgent;
  /** How many can have it. */
  eligible: number;
  /** How many of them know as much of what it asks for as the best does. */
  asSkilled: number;
}

function findBest(item: WaitingItem, agents: readonly RoutedAgent[], queue: RoutedQueue, now: number): Best | null {
  let best: RoutedAgent | null = null;
  let [eligible, asSkilled] = [0, 0];
  for (const agent of agents) {
    if (isEligible(item, agent, queue, now)) {
      const moreSkill = best === null ? 1 : skillOf(item, agent) - skillOf(item, best);
      asSkilled = moreSkill > 0 ? 1 : asSkilled + Number(moreSkill === 0);
      best = best === null || compareAgents(item, queue, agent, best) < 0 ? agent : best;
      eligible += 1;
    }
  }
  return best && { best, eligible, asSkilled };
}

function askEverybody(item: WaitingItem, agents: readonly RoutedAgent[], queue: RoutedQueue, now: number): AgentChoice {
  const asked = agents.filter((agent) => isEligible(item, agent, queue, now));
  return asked.length === 0
    ? { outcome: 'nobody' }
    : { outcome: 'everybody', agents: asked.sort((one, other) => compareAgents(item, queue, one, other)) };
}

function reasonFor(item: WaitingItem, queue: RoutedQueue, { best, eligible, asSkilled }: Best): ChoiceReason {
  if (queue.strategy === 'broadcast') {
    return 'broadcast';
  }
  if (best.id === item.preferredAgent) {
    return 'sticky';
  }
  return asSkilled === 1 && eligible > 1 ? 'skill' : queue.strategy;
}

/** Negative where `one` comes before `other` for an item that both can have. Only the same agent twice compares as 0. */
export function compareAgents(item: WaitingItem, queue: RoutedQueue, one: RoutedAgent, other: RoutedAgent): number {
  const isPreferred = Number(other.id === item.preferredAgent) - Number(one.id === item.preferredAgent);
  return (
    (queue.strategy === 'broadcast' ? 0 : isPreferred) ||
    skillOf(item, other) - skillOf(item, one) ||
    byStrategy(queue.strategy, one, other) ||
    earlier(one.lastAssignedAt, other.lastAssignedAt) ||
    compareText(one.id, other.id)
  );
}

function byStrategy(strategy: Strategy, one: RoutedAgent, other: RoutedAgent): number {
  switch (strategy) {
    case 'longest_idle':
    case 'broadcast':
      return earlier(one.idleSince ?? Infinity, other.idleSince ?? Infinity);
    case 'least_loaded':
      return one.usedUnits / one.capUnits - other.usedUnits / other.capUnits;
    case 'round_robin':
      return 0;
  }
}

/** How well an agent knows what an item asks for: the sum of their levels. */
function skillOf(item: WaitingItem, agent: RoutedAgent): number {
  let sum = 0;
  for (const skillId of item.skillIds) {
    sum += agent.skills.get(skillId) ?? 0;
  }
  return sum;
}

/** Infinities, which have no difference, are equal. */
function earlier(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The order of the line: by rank, then by id. */
export function compareWaiting(one: WaitingItem, other: WaitingItem): number {
  return earlier(one.rankAt, other.rankAt) || compareText(one.id, other.id);
}

/** What the choice of an item looks up. */
export interface RoutingBook {
  queueOf: (item: WaitingItem) => RoutedQueue;
  agentOf: (agentId: string) => RoutedAgent | undefined;
}

/**
 * The item an agent gets who has become free: the first in line of all that they can have and that is not kept for another. `waiting` is
 * in the order of compareWaiting, over all queues. An item that this agent cannot have holds nobody up behind it.
 */
export function chooseItem(
  agent: RoutedAgent,
  waiting: Iterable<WaitingItem>,
  { queueOf, agentOf }: RoutingBook,
  now: number,
): WaitingItem | null {
  for (const item of waiting) {
    const queue = queueOf(item);
    const preferred = item.preferredAgent === null ? undefined : agentOf(item.preferredAgent);
    if (isEligible(item, agent, queue, now) && (preferred === agent || !isKept(item, preferred, queue, now))) {
      return item;
    }
  }
  return null;
}

/** An item and who gets it. */
export interface Match {
  item: WaitingItem;
  choice: Extract<AgentChoice, { outcome: 'agent' | 'everybody' }>;
}

/** What is given next of a line: the first item in it that somebody can have, and who. `waiting` is in the order of compareWaiting. */
export function chooseMatch(
  waiting: Iterable<WaitingItem>,
  agents: readonly RoutedAgent[],
  { queueOf }: Pick<RoutingBook, 'queueOf'>,
  now: number,
): Match | null {
  for (const item of waiting) {
    const choice = chooseAgent(item, agents, queueOf(item), now);
    if (choice.outcome === 'agent' || choice.outcome === 'everybody') {
      return { item, choice };
    }
  }
  return null;
}

/** The head start that a queue gives, in minutes of waiting: by priority (4 is urgent), by the customer's tier, and at most this much. */
export interface Boosts {
  priority: Readonly<Record<string, number>>;
  tier: Readonly<Record<string, number>>;
  cap: number;
}

export const defaultBoosts: Boosts = { priority: { 1: 0, 2: 5, 3: 15, 4: 60 }, tier: {}, cap: 120 };

/** A head start by what it comes from. `overdue`: what was added because it waited too long or a promise was in danger. */
export interface BoostParts {
  priority: number;
  tier: number;
  overdue: number;
}

/** The parts of a head start in milliseconds; `total` is what counts, their sum up to the cap. */
export function boostOf(
  boosts: Boosts,
  item: { priority: number; tier: number; overdueMs?: number },
): BoostParts & { total: number } {
  const parts = {
    priority: (boosts.priority[String(item.priority)] ?? 0) * minuteMs,
    tier: (boosts.tier[String(item.tier)] ?? 0) * minuteMs,
    overdue: item.overdueMs ?? 0,
  };
  return { ...parts, total: Math.min(parts.priority + parts.tier + parts.overdue, boosts.cap * minuteMs) };
}

/**
 * The place in line. Everybody ages by the same clock, so a head start at the beginning is one for good: whoever came more than the head
 * start before is never overtaken, and nothing has to be sorted again as time goes by.
 */
export function rankAt(enqueuedAt: number, boostMs: number): number {
  return enqueuedAt - boostMs;
}
