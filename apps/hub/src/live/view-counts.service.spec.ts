import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { ViewCounter } from '../desk/views/view-counter.service.js';
import { EventBus } from '../events/event-bus.js';
import { createLog } from '../platform/operations/log.js';
import type { AgentSocket } from './agent-sockets.service.js';
import type { LiveFeed } from './live-feed.service.js';
import type { NodeLink } from './node-link.js';
import type { SocketOutlet } from './socket-outlet.service.js';
import { ViewCountsPush } from './view-counts.service.js';

const countMs = 50;

let counted: string[];
let push: ViewCountsPush;

beforeEach(() => {
  jest.useFakeTimers();
  counted = [];
  const counter = {
    countsOf: async ({ id }: { id: string }) => {
      counted.push(id);
      await new Promise((resolve) => setTimeout(resolve, countMs));
      return { open: { count: counted.length, isMore: false } };
    },
  };
  const link = { on: () => undefined, send: () => undefined };
  const log = createLog('warn', { write: () => undefined });
  push = new ViewCountsPush(
    counter as unknown as ViewCounter,
    log,
    link as unknown as NodeLink,
    { toEveryAgent: () => undefined } as unknown as SocketOutlet,
    { attach: () => undefined } as unknown as LiveFeed,
    new EventBus(log),
  );
});

afterEach(async () => {
  const closed = push.onModuleDestroy();
  await jest.advanceTimersByTimeAsync(countMs);
  await closed;
  jest.useRealTimers();
});

function open(id: string): void {
  const socket = { data: { seat: { actor: { id }, rooms: ['queue:one'] } }, emit: () => true };
  push.watch(socket as unknown as AgentSocket);
}

/** So many seconds in each of which 20 things happen in the queue that all serve. */
async function pass(seconds: number): Promise<void> {
  for (let event = 0; event < seconds * 20; event += 1) {
    push.toAgents(['queue:one'], [], 'views.changed');
    await jest.advanceTimersByTimeAsync(50);
  }
}

it('an agent among few is counted for every two seconds while something happens', async () => {
  open('a');
  await pass(20);
  expect(counted.length).toBeGreaterThanOrEqual(9);
  expect(counted.length).toBeLessThanOrEqual(11);
});

it('fifty agents on a busy hub are all counted for, and counting takes no more than a quarter of the time', async () => {
  const agents = Array.from({ length: 50 }, (_, index) => `agent ${String(index)}`);
  agents.forEach(open);
  await pass(20);
  expect(new Set(counted).size).toBe(50);
  expect((counted.length - 1) * countMs).toBeLessThanOrEqual(20_000 / 4);
});
