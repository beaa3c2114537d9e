import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { PresenceService } from '../../apps/hub/src/live/presence.service.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import {
  buildChannel,
  buildQueue,
  hearFrom,
  openConsole,
  openedConsole,
  type LiveConsole,
} from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

interface State {
  id: string;
  status: string;
  present: boolean;
}

let hub: TestHub;
const open: LiveConsole[] = [];

beforeAll(async () => {
  hub = await startTestHub();
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => hub.stop());

async function enter(agentId: string): Promise<LiveConsole> {
  const client = await openedConsole(hub, agentId);
  open.push(client);
  return client;
}

async function leases(agentId: string): Promise<{ id: string; seconds: number; node: string }[]> {
  return hub.database.query<{ id: string; seconds: number; node: string }>(
    `select id, node, extract(epoch from lease_until - clock_timestamp())::float8 as seconds from agent_presence where agent_id = $1`,
    [agentId],
  );
}

/** The leases, once there are as many; what there are when that takes longer than a few hundred looks. */
async function heldBy(agentId: string, count: number): ReturnType<typeof leases> {
  let held = await leases(agentId);
  for (let looks = 0; held.length !== count && looks < 500; looks += 1) {
    await hub.app.get(PresenceService).settled();
    held = await leases(agentId);
  }
  return held;
}

function statesOf(client: LiveConsole, id: string): State[] {
  return client.of<State>('agent.state').filter((state) => state.id === id);
}

async function setStatus(agentId: string, status: string): Promise<void> {
  const answer = await (await signedIn(hub, agentId)).call('/api/me', { method: 'PATCH', body: { status } });
  expect(answer.status).toBe(200);
}

describe('being at the console', () => {
  it('holds one lease per socket, on the database clock, and gives it back', async () => {
    const [agent, watcher] = [await buildAgent(hub.database), await enter((await buildAgent(hub.database)).id)];
    const [first, second] = [await enter(agent.id), await enter(agent.id)];
    await watcher.until('present', () => statesOf(watcher, agent.id).at(-1)?.present === true);
    expect(await heldBy(agent.id, 2)).toHaveLength(2);
    first.close();
    const held = await heldBy(agent.id, 1);
    expect(held).toHaveLength(1);
    expect(held[0]?.seconds).toBeGreaterThan(20);
    expect(held[0]?.seconds).toBeLessThanOrEqual(25);
    expect(statesOf(watcher, agent.id).at(-1)?.present).toBe(true);
    second.close();
    await watcher.until('gone', () => statesOf(watcher, agent.id).at(-1)?.present === false);
    expect(await leases(agent.id)).toEqual([]);
  });

  it('renews all leases of the node in one statement, even those that somebody swept, and sweeps what lapsed', async () => {
    const agents = [await buildAgent(hub.database), await buildAgent(hub.database)];
    const presence = hub.app.get(PresenceService);
    for (const { id } of agents) {
      await enter(id);
    }
    await presence.settled();
    const [mine] = await leases(agents[0]?.id ?? '');
    await hub.database.query('delete from agent_presence where id = $1', [mine?.id]);
    await hub.database.query(
      `update agent_presence set lease_until = clock_timestamp() + interval '1 second' where agent_id = $1`,
      [agents[1]?.id],
    );
    const dead = await buildAgent(hub.database);
    await hub.database.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'a node that died', clock_timestamp() - interval '1 second')`,
      [uuid(), dead.id],
    );
    await presence.renewNow();
    for (const { id } of agents) {
      expect((await leases(id))[0]?.seconds).toBeGreaterThan(20);
    }
    expect(await leases(dead.id)).toEqual([]);
  });

  it('is noticed when another node dies: its agents are gone for everyone', async () => {
    const [watcher, agent] = [await enter((await buildAgent(hub.database)).id), await buildAgent(hub.database)];
    const lease = (interval: string) =>
      hub.database.query(
        `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'elsewhere', clock_timestamp() + $3::interval)`,
        [uuid(), agent.id, interval],
      );
    await lease('20 seconds');
    await hub.app.get(PresenceService).renewNow();
    await watcher.until('present', () => statesOf(watcher, agent.id).at(-1)?.present === true);
    await hub.database.query(`update agent_presence set lease_until = clock_timestamp() where agent_id = $1`, [
      agent.id,
    ]);
    await hub.app.get(PresenceService).renewNow();
    await watcher.until('gone', () => statesOf(watcher, agent.id).at(-1)?.present === false);
  });

  it('is nothing that a program does', async () => {
    const agent = await buildAgent(hub.database);
    const { key } = await hub.app.get(ApiKeyService).create(agent.id, { name: 'x', scopes: ['read'], expiresAt: null });
    const program = await openConsole(hub, { headers: { authorization: `Bearer ${key}`, origin: '' } });
    open.push(program);
    await program.connected();
    await hub.app.get(PresenceService).settled();
    expect(await leases(agent.id)).toEqual([]);
  });
});

describe('an agent who can work', () => {
  it('gets waiting work when they come online, and when an online agent comes', async () => {
    const [first, second] = [await buildAgent(hub.database), await buildAgent(hub.database)];
    const queueId = await buildQueue(hub.database, { members: [first.id] });
    const channel = await buildChannel(hub, { kind: 'messages', queueId });
    const console = await enter(first.id);
    await hearFrom(hub, channel, uuid(), 'is anybody there?');
    await setStatus(first.id, 'online');
    await console.until('assigned', () =>
      console.of<{ agentId: string }>('ticket.assigned').some(({ agentId }) => agentId === first.id),
    );
    await console.until('online', () => statesOf(console, first.id).at(-1)?.status === 'online');

    const other = await buildQueue(hub.database, { members: [second.id] });
    await hub.database.query(`update agent set status = 'online' where id = $1`, [second.id]);
    await hearFrom(hub, await buildChannel(hub, { kind: 'messages', queueId: other }), uuid(), 'and here?');
    const late = await enter(second.id);
    await late.until('assigned', () =>
      late.of<{ agentId: string }>('ticket.assigned').some(({ agentId }) => agentId === second.id),
    );
  });
});
