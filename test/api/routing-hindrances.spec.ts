import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listHindrances } from '#tickets';
import { findHindrance, type RoutedQueue } from '../../libs/tickets/src/routing/policy.js';
import { loadCalendars, loadStates } from '../support/load-routing-states.js';
import { drawState, type DrawnItem, type RoutingState } from '../support/routing-states.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

const states = 100;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await loadCalendars(database);
});
afterAll(() => database?.close());

/** What keeps each member of the item's queues from it, as the policy says. */
function hindrancesOf({ queues, agents }: RoutingState, item: DrawnItem, now: number): string[] {
  const queue = queues.find(({ id }) => id === item.queueIds[0]) as RoutedQueue;
  return agents
    .filter((agent) => item.queueIds.some((id) => agent.queues.has(id)))
    .map((agent) => `${agent.id} ${String(findHindrance(item, agent, queue, now))}`)
    .toSorted();
}

describe('what keeps agents from waiting work', () => {
  it('is told as routing means it, whatever state queues and agents are in', async () => {
    const now = Date.now();
    const drawn = Array.from({ length: states }, (_, seed) => drawState(seed + 50_000, now));
    await database.transaction((tx) => loadStates(tx, drawn));
    const kinds = new Set<string>();
    for (const state of drawn) {
      for (const item of state.items) {
        const told = await listHindrances(database, item.id);
        const lines = told.map(({ agentId, hindrance }) => `${agentId} ${String(hindrance)}`).toSorted();
        expect({ seed: state.seed, item: item.id, lines }).toEqual({
          seed: state.seed,
          item: item.id,
          lines: hindrancesOf(state, item, now),
        });
        told.forEach(({ hindrance }) => kinds.add(String(hindrance)));
      }
    }
    // A comparison of states that show nothing would prove nothing.
    expect([...kinds].toSorted()).toEqual([
      'asked_already',
      'class_full',
      'disabled',
      'excluded',
      'lacks_skill',
      'no_phone',
      'no_units',
      'not_in_queue',
      'not_online',
      'not_present',
      'null',
      'off_shift',
      'on_a_call',
      'queue_closed',
    ]);
  }, 120_000);
});
