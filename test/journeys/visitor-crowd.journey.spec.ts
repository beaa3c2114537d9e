import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runCrowd } from '../../bench/visitor-crowd.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let desk: Caller;
let channel: string;

beforeAll(async () => {
  hub = await startTestHub({ env: { TRUST_PROXY: '127.0.0.1' } });
  const agent = await buildAgent(hub.database, { name: 'Sara' });
  desk = await signedIn(hub, agent.id);
  const queueId = await buildQueue(hub.database, { members: [agent.id] });
  ({ id: channel } = await buildChannel(hub, { kind: 'web', queueId, config: { newChatsPerMinute: 1_000 } }));
}, 60_000);
afterAll(() => hub?.stop());

async function answer(opening: string, body: string): Promise<void> {
  const [to] = await hub.database.query<{ conversation: string; identity: string }>(
    'select conversation_id as conversation, identity_id as identity from message where body = $1',
    [opening],
  );
  const message = { id: randomUUID(), kind: 'text', body, channelId: channel, identityId: to?.identity };
  const answered = await desk.call(`/api/conversations/${to?.conversation ?? ''}/messages`, { body: message });
  expect(answered.status).toBe(201);
}

/** The whole size, 2,000 visitors of a hub in a process of its own, is `npm run bench -- visitors`. */
it('loses nothing, tells nothing twice and has everybody back in ten seconds when all visitors fall off at once', async () => {
  const report = await runCrowd({
    hub: hub.url,
    channel,
    visitors: 60,
    rate: 20,
    seconds: 5,
    cut: { afterMs: 1_000, ms: 2_000 },
    answer,
  });
  expect(report).toMatchObject({ missing: [], doubled: [], faults: [], sent: { byVisitors: 50, byAgents: 50 } });
  expect(report.backMs).toHaveLength(60);
  expect(Math.max(...report.backMs)).toBeLessThan(10_000);
  expect(Math.min(...report.backMs)).toBeGreaterThan(2_000);
}, 120_000);
