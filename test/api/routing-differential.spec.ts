import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chooseItem,
  chooseMatch,
  compareAgents,
  compareWaiting,
  isEligible,
  type ChoiceReason,
  type RoutedQueue,
  type WaitingItem,
} from '../../libs/tickets/src/routing/policy.js';
import { findStuckQueues, findWorkFor, pickWork } from '#tickets';
import { loadCalendars, loadStates } from '../support/load-routing-states.js';
import { drawState, type RoutingState } from '../support/routing-states.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

/** `PEYK_ROUTING_STATES=10000` is the long run; `PEYK_ROUTING_SEED` repeats one. */
const wanted = Number(process.env['PEYK_ROUTING_STATES'] ?? 400);
const firstSeed = Number(process.env['PEYK_ROUTING_SEED'] ?? 1);
const statesAtOnce = 100;
const connections = 4;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await loadCalendars(database);
});
afterAll(() => database.close());

/** What is given next from a queue, who could have it from the best on, and what decided. */
interface Decision {
  item: string;
  agents: string[];
  reason: ChoiceReason;
}

function decide(state: RoutingState, queue: RoutedQueue, now: number): Decision | null {
  const line = state.items.filter(({ queueIds }) => queueIds[0] === queue.id).sort(compareWaiting);
  const match = chooseMatch(line, state.agents, { queueOf: () => queue }, now);
  if (match === null) {
    return null;
  }
  const { item, choice } = match;
  const agents = state.agents
    .filter((agent) => isEligible(item, agent, queue, now))
    .sort((one, other) => compareAgents(item, queue, one, other))
    .map(({ id }) => id);
  const reason = choice.outcome === 'agent' ? choice.reason : 'broadcast';
  return { item: item.id, agents, reason };
}

async function decideInSql(queueId: string): Promise<Decision | null> {
  const picked = await pickWork(database, queueId);
  return picked && { item: picked.workId, agents: picked.agentIds, reason: picked.why };
}

/** From which queue an agent who has become free is given something. */
function decideFor(state: RoutingState, agentId: string, now: number): string | null {
  const agent = state.agents.find(({ id }) => id === agentId);
  const queueOf = ({ queueIds }: WaitingItem): RoutedQueue =>
    state.queues.find(({ id }) => id === queueIds[0]) as RoutedQueue;
  const agentOf = (id: string) => state.agents.find((other) => other.id === id);
  const item = agent && chooseItem(agent, state.items.toSorted(compareWaiting), { queueOf, agentOf }, now);
  return item?.queueIds[0] ?? null;
}

/** Both answers, and the state they were given about, where they differ. */
function differ(state: RoutingState, about: string, policy: unknown, sql: unknown): string[] {
  return JSON.stringify(policy) === JSON.stringify(sql)
    ? []
    : [`seed ${String(state.seed)}, ${about}\npolicy ${show(policy)}\nsql    ${show(sql)}\nstate  ${show(state)}`];
}

function show(value: unknown): string {
  const plain = (_key: string, one: unknown): unknown =>
    one instanceof Map ? Object.fromEntries(one) : one instanceof Set ? [...one] : one;
  return JSON.stringify(value, plain);
}

async function eachOf<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = list.values();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const one of left) {
        await work(one);
      }
    }),
  );
}

interface Tally {
  decisions: number;
  reasons: Map<string, number>;
  differences: string[];
}

async function compare(state: RoutingState, now: number, tally: Tally): Promise<string[]> {
  const stuck: string[] = [];
  for (const queue of state.queues) {
    const [policy, sql] = [decide(state, queue, now), await decideInSql(queue.id)];
    tally.differences.push(...differ(state, `queue ${queue.id}`, policy, sql));
    const reason = policy?.reason ?? 'nothing';
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    if (policy !== null) {
      stuck.push(queue.id);
    }
  }
  for (const { id } of state.agents) {
    tally.differences.push(...differ(state, `agent ${id}`, decideFor(state, id, now), await findWorkFor(database, id)));
  }
  tally.decisions += state.queues.length + state.agents.length;
  return stuck;
}

describe('the statements of routing', () => {
  it('choose as the policy does, in whatever state queues and agents are', async () => {
    const tally: Tally = { decisions: 0, reasons: new Map(), differences: [] };
    for (let seed = firstSeed; seed < firstSeed + wanted; seed += statesAtOnce) {
      const now = Date.now();
      const count = Math.min(statesAtOnce, firstSeed + wanted - seed);
      const states = Array.from({ length: count }, (_, index) => drawState(seed + index, now));
      await database.transaction((tx) => loadStates(tx, states));
      await database.query('analyze');
      const stuck: string[] = [];
      await eachOf(states, async (state) => void stuck.push(...(await compare(state, now, tally))));
      expect((await findStuckQueues(database)).toSorted()).toEqual(stuck.toSorted());
      await database.query('truncate agent, queue, skill, work_item, work_broadcast cascade');
    }
    expect(tally.differences.slice(0, 3).join('\n\n')).toBe('');
    console.info(`${String(wanted)} states, ${String(tally.decisions)} decisions`, Object.fromEntries(tally.reasons));
    // A comparison of states in which nothing happens would prove nothing.
    for (const reason of ['sticky', 'skill', 'longest_idle', 'least_loaded', 'round_robin', 'broadcast', 'nothing']) {
      expect(tally.reasons.get(reason) ?? 0).toBeGreaterThan(wanted / 100);
    }
  }, 600_000);
});
