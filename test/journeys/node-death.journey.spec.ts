import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HubConfig } from '#config';
import type { AssignmentFrame, ListRow } from '#contract';
import { AbsentAgents } from '../../apps/hub/src/automation/absent-agents.sweeper.js';
import { TicketTelling } from '../../apps/hub/src/automation/ticket-telling.service.js';
import { PresenceService } from '../../apps/hub/src/live/presence.service.js';
import { startBotApi, type BotApiStandIn } from '../../tools/stand-ins/bot-api.js';
import { buildAgent, Caller, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { listRows } from '../support/connected-world.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { admin, startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { hasRedis, startRedis, type TestRedis } from '../support/two-nodes.js';
import { until } from '../support/until.js';

interface Lease {
  holder: string;
  token: number;
}

/** The survivor looks for a lease that ran out every five seconds. */
const takeoverMs = 20_000;
const seat = { body: { status: 'online' }, method: 'PATCH' };

/** Two nodes on one database: a process that will be killed, with the poller's lease and Reza's console, and one that lives on. */
function loseANode(link: () => Record<string, string>): void {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let doomed: SpawnedNode;
  let survivor: TestHub;
  let bot: BotApiStandIn;
  let sara: BuiltAgent;
  let reza: BuiltAgent;
  /** Sara's console on the node that lives on, Reza's on the other. */
  let desk: LiveConsole;
  let lost: LiveConsole;
  let before: Lease;

  beforeAll(async () => {
    database = await createTestDatabase();
    const shared = {
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      OUTBOUND_ALLOW: '127.0.0.0/8',
      DATABASE_URL: database.url,
      ...link(),
    };
    [doomed, bot] = await Promise.all([spawnNode(shared), startBotApi()]);
    await connectBot(doomed.url, bot);
    survivor = await startTestHub({ databaseUrl: database.url, env: shared });
    [before] = (await until(leases, (rows) => rows.length === 1)) as [Lease];
    sara = await buildMember('Sara');
    reza = await buildMember('Reza');
    desk = await openedConsole(survivor, sara.id);
    lost = await openedConsole({ ...survivor, url: doomed.url }, reza.id);
  }, 60_000);

  afterAll(async () => {
    [desk, lost].forEach((client) => client?.close());
    await doomed?.close();
    await survivor?.stop();
    await bot?.close();
    await database?.drop();
  }, 30_000);

  const leases = (): Promise<Lease[]> =>
    survivor.database.query<Lease & object>('select holder, token from account_lease');
  const bodies = async (): Promise<string[]> =>
    (await survivor.database.query<{ body: string }>(`select body from message where kind = 'text' order by at`)).map(
      ({ body }) => body,
    );
  const isPresent = (agent: BuiltAgent): boolean | undefined =>
    desk.of<{ id: string; present: boolean }>('agent.state').findLast(({ id }) => id === agent.id)?.present;
  const rowsOf = async (view: string): Promise<ListRow[]> => listRows(await signedIn(survivor, sara.id), view);

  async function buildMember(name: string): Promise<BuiltAgent> {
    const agent = await buildAgent(survivor.database, { name });
    await survivor.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [agent.id]);
    return agent;
  }

  it('gives work to the agent of the one node, and shows it to the consoles of the other', async () => {
    await desk.until('Reza', () => isPresent(reza) === true);
    const there = new Caller(doomed.url, (await signedIn(survivor, reza.id)).credentials);
    await there.call('/api/me', seat);
    bot.customer(1, 'Mina').say('پیش از مرگ');
    await lost.until('the ticket', () => lost.of<AssignmentFrame>('ticket.assigned').length === 1);
    await desk.until('the message', () => desk.hasHeard('پیش از مرگ'));
    expect(await rowsOf('open')).toMatchObject([{ ticket: { ownerId: reza.id } }]);
  });

  it('takes over the account that the dead node polled: what it had stored and not confirmed is fetched again and shown once', async () => {
    await doomed.dieAt('poller.before-cursor');
    bot.customer(1, 'Mina').say('میان ذخیره و تأیید');
    await doomed.gone;
    expect(await bodies()).toEqual(['پیش از مرگ', 'میان ذخیره و تأیید']);
    expect(await leases()).toEqual([before]);
    bot.customer(1, 'Mina').say('پس از مرگ');
    // The time that the lease has left passes on the database's clock. The dead cannot renew it.
    await survivor.database.query('update account_lease set lease_until = clock_timestamp()');
    await desk.until('what came after', () => desk.hasHeard('پس از مرگ'), takeoverMs);
    await until(
      async () => bot.pending(),
      (count) => count === 0,
    );
    expect(await bodies()).toEqual(['پیش از مرگ', 'میان ذخیره و تأیید', 'پس از مرگ']);
    const [after] = (await leases()) as [Lease];
    expect(after.holder).not.toBe(before.holder);
    expect(after.token).toBeGreaterThan(before.token);
  }, 40_000);

  it('lets the dead node’s agent be gone when the leases run out, and gives waiting work to those who are there', async () => {
    expect(isPresent(reza)).toBe(true);
    await survivor.database.query('update agent_presence set lease_until = clock_timestamp() where agent_id = $1', [
      reza.id,
    ]);
    await survivor.app.get(PresenceService).renewNow();
    await desk.until('Reza is gone', () => isPresent(reza) === false);
    expect(isPresent(sara)).not.toBe(false);
    bot.customer(2, 'Omid').say('کسی هست؟');
    const [waiting] = await until(
      () => rowsOf('unassigned'),
      (rows) => rows.length === 1,
    );
    expect(waiting?.ticket).toMatchObject({ state: 'new', ownerId: null });
    await (await signedIn(survivor, sara.id)).call('/api/me', seat);
    await desk.until('the ticket', () => desk.of<AssignmentFrame>('ticket.assigned').length === 1);
    expect(desk.of<AssignmentFrame>('ticket.assigned')).toMatchObject([
      { ticketId: waiting?.ticket.id, agentId: sara.id, by: 'router' },
    ]);
  });

  it('gives the chat that the lost agent held to a colleague, once the agent has been gone for a minute, with all that was said', async () => {
    // One that looks only when it is told to, beside the hub's own, which has its minute still before it.
    const absent = new AbsentAgents(
      survivor.database,
      survivor.app.get(TicketTelling),
      survivor.app.get(HubConfig, { strict: false }),
    );
    const held = (await rowsOf('open')).find(({ ticket }) => ticket.ownerId === reza.id);
    await absent.look(0);
    await absent.look(59_999);
    expect((await rowsOf('open')).find(({ ticket }) => ticket.id === held?.ticket.id)?.ticket.ownerId).toBe(reza.id);
    await absent.look(60_000);
    await desk.until('the chat', () => desk.of<AssignmentFrame>('ticket.assigned').length === 2);
    expect(desk.of<AssignmentFrame>('ticket.assigned')[1]).toMatchObject({
      ticketId: held?.ticket.id,
      conversation: held?.conversation,
      agentId: sara.id,
      by: 'router',
    });
    await desk.catchUp({ [held?.conversation ?? '']: 0 });
    expect(desk.bodies(held?.conversation ?? '').filter(Boolean)).toEqual([
      'پیش از مرگ',
      'میان ذخیره و تأیید',
      'پس از مرگ',
    ]);
    const holds = `select g.name, a.state, a.end_reason from assignment a join agent g on g.id = a.agent_id
      join work_item w on w.id = a.work_item_id where w.ticket_id = $1 order by a.offered_at`;
    expect(await survivor.database.query(holds, [held?.ticket.id])).toEqual([
      { name: 'Reza', state: 'ended', end_reason: 'agent_left' },
      { name: 'Sara', state: 'accepted', end_reason: null },
    ]);
  });
}

async function connectBot(url: string, bot: BotApiStandIn): Promise<void> {
  const login = await new Caller(url).call('/api/session', { body: admin });
  const caller = new Caller(url, { cookie: login.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const made = await caller.call('/api/channels', {
    body: { kind: 'telegram', name: 'Bot', config: { apiRoot: bot.url, mode: 'poll' }, secrets: { token: bot.token } },
  });
  expect(made.status).toBe(201);
}

describe('a node that dies, of two that tell each other by the database', () => {
  loseANode(() => ({}));
});

(hasRedis() ? describe : describe.skip)('a node that dies, of two with a Redis between them', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  loseANode(() => ({ REDIS_URL: redis.url }));
});
