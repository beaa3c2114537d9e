import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  AssignmentFrame,
  ConversationView,
  ListRow,
  MessageView,
  OwnRoleView,
  Page,
  PresenceFrame,
  TicketView,
} from '#contract';
import { SessionService } from '../../apps/hub/src/auth/sessions/session.service.js';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import type { HubEventName, HubEvents } from '../../apps/hub/src/events/hub-events.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import {
  buildChannel,
  buildQueue,
  hearFrom,
  openedChat,
  openedConsole,
  storedRow,
  type ConsoleWish,
  type LiveConsole,
  type VisitorChat,
} from '../support/live-client.js';
import { hasRedis, hears, startRedis, startTwoNodes, type TestRedis, type TwoNodes } from '../support/two-nodes.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let nodes: TwoNodes;
let redis: TestRedis | null = null;
const open: { close(): void }[] = [];

afterEach(() => open.splice(0).forEach((client) => client.close()));

async function enter(
  hub: TestHub,
  agent: Pick<BuiltAgent, 'id'>,
  wish: Omit<ConsoleWish, 'agentId'> = {},
): Promise<LiveConsole> {
  const client = await openedConsole(hub, agent.id, wish);
  open.push(client);
  return client;
}

/** What a hub's rooms hear from now on. */
function listen<Name extends HubEventName>(hub: TestHub, name: Name): HubEvents[Name][] {
  const heard: HubEvents[Name][] = [];
  hub.app.get(EventBus).on(name, (payload) => void heard.push(payload));
  return heard;
}

async function visitOn(hub: TestHub, channelId: string): Promise<VisitorChat> {
  const chat = await openedChat(hub, channelId, hub.app.get(VisitorTokens, { strict: false }).issue(channelId));
  open.push(chat);
  return chat;
}

async function buildDesk(kind: 'messages' | 'web' = 'messages') {
  const agent = await buildAgent(nodes.one.database, { email: `${uuid()}@peyk.test` });
  const queueId = await buildQueue(nodes.one.database, { members: [agent.id] });
  const channel = await buildChannel(nodes.one, { kind, queueId });
  await nodes.two.app.get(ChannelDirectory).refresh();
  return { agent, queueId, channel };
}

interface Loser {
  what: string;
  client: LiveConsole;
  /** The frames that they may not hear afterwards. */
  frames: string[];
  take: () => Promise<{ status: number }>;
}

/** Consoles on one node, each of somebody who loses a right on the other, one who keeps theirs, and those who write meanwhile. */
async function losersOfRights() {
  const { queueId, channel } = await buildDesk();
  const admin = await signedIn(
    nodes.one,
    (await buildAgent(nodes.one.database, { role: 'admin', email: `${uuid()}@peyk.test` })).id,
  );
  const change = (path: string, body: object) => admin.call(path, { method: 'PATCH', body });
  const frames = ['conversation.changes'];
  const member = async (role: 'agent' | 'supervisor' = 'agent') => {
    const agent = await buildAgent(nodes.one.database, { role, email: `${uuid()}@peyk.test` });
    await nodes.one.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [
      role === 'agent' ? queueId : await buildQueue(nodes.one.database, {}),
      agent.id,
    ]);
    return agent;
  };
  const withRole = async (role: object) => {
    const body = { name: { en: uuid() }, base: 'supervisor', permissions: ['board.watch'], ...role };
    const made = (await admin.call<OwnRoleView>('/api/roles', { body })).body;
    const agent = await member('supervisor');
    expect((await change(`/api/agents/${agent.id}`, { ownRoleId: made.id })).status).toBe(200);
    const narrow = (less: object) =>
      admin.call(`/api/roles/${made.id}`, { method: 'PATCH', body: { ...body, ...less, version: made.version } });
    return { client: await enter(nodes.two, agent), narrow };
  };
  const [watcher, overseer] = [await withRole({ sees: 'all' }), await withRole({ sees: 'all' })];
  const [left, demoted, disabled] = [await member(), await member('supervisor'), await member()];
  const keeps = await enter(nodes.two, await member('supervisor'));
  for (const client of [watcher.client, keeps]) {
    expect(await client.ask('board.watch', {})).toMatchObject({ ok: true });
  }
  const losers: Loser[] = [
    {
      what: 'a permission of the role',
      client: watcher.client,
      frames: ['board.changed'],
      take: () => watcher.narrow({ permissions: [] }),
    },
    {
      what: 'all queues but their own',
      client: overseer.client,
      frames,
      take: () => overseer.narrow({ sees: 'own_queues' }),
    },
    {
      what: 'the queue',
      client: await enter(nodes.two, left),
      frames,
      take: () => change(`/api/queues/${queueId}`, { memberIds: [disabled.id] }),
    },
    {
      what: 'the rank',
      client: await enter(nodes.two, demoted),
      frames,
      take: () => change(`/api/agents/${demoted.id}`, { role: 'agent' }),
    },
    {
      what: 'the account',
      client: await enter(nodes.two, disabled),
      frames,
      take: () => change(`/api/agents/${disabled.id}`, { disabled: true }),
    },
  ];
  return { losers, keeps, speak: () => streamOf(channel) };
}

/** Somebody who writes without a rest, and now and then somebody new, until told to end; the end says what was written. */
function streamOf(channel: Awaited<ReturnType<typeof buildDesk>>['channel']): { end(): Promise<string[]> } {
  const said: string[] = [];
  const address = uuid();
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const text = `said ${uuid()}`;
      await hearFrom(nodes.one, channel, said.length % 5 === 0 ? uuid() : address, text);
      said.push(text);
    }
    return said;
  })();
  return {
    end: () => {
      isOver = true;
      return running;
    },
  };
}

/** What holds however the nodes talk to each other. */
function tellEachOther(): void {
  it('shows what came in on one node to the agents of the other, and to nobody else there', async () => {
    const [desk, other] = [await buildDesk(), await buildDesk()];
    const [here, there, stranger] = [
      await enter(nodes.one, desk.agent),
      await enter(nodes.two, desk.agent),
      await enter(nodes.two, other.agent),
    ];
    const address = uuid();
    let conversation = '';
    for (const text of ['one', 'two', 'three']) {
      conversation = await hearFrom(nodes.one, desk.channel, address, text);
    }
    await hearFrom(nodes.one, other.channel, uuid(), 'a marker');
    await Promise.all(
      [here, there].map((client) => client.until('all three', () => client.bodies(conversation).length === 3)),
    );
    expect(there.bodies(conversation)).toEqual((await storedRow(nodes.one.database, conversation)).bodies);
    await stranger.until('the marker', () => stranger.hasHeard('a marker'));
    expect(stranger.hasHeard(conversation)).toBe(false);
  });

  it('puts an agent out on every node at once', async () => {
    const desk = await buildDesk();
    const there = await enter(nodes.two, desk.agent);
    await nodes.one.app.get(SessionService).end(desk.agent.id, { allBut: null });
    await there.until('put out', () => !there.socket.connected, 1_000);
  });

  it('lets no frame through a second after a right was taken away on the other node', async () => {
    const { losers, keeps, speak } = await losersOfRights();
    const stream = speak();
    await Promise.all(
      [...losers, { client: keeps, frames: ['conversation.changes', 'board.changed'] }].flatMap(({ client, frames }) =>
        // The board rests the longer, the dearer its looks are.
        frames.map((frame) => client.until(`a ${frame}`, () => client.of(frame).length > 1, 20_000)),
      ),
    );
    const answered = await Promise.all(
      losers.map(async ({ what, take }) => {
        expect([what, (await take()).status]).toEqual([what, 200]);
        return performance.now();
      }),
    );
    // The stream runs on for longer than the second that is allowed, and whoever keeps their rights hears it.
    const isLate = (frame: string): boolean => (keeps.lastOf(frame)?.at ?? 0) > Math.max(...answered) + 1_200;
    await keeps.until('more', () => isLate('conversation.changes') && isLate('board.changed'));
    const said = await stream.end();
    await keeps.until('all that was said', () => keeps.hasHeard(said.at(-1) ?? ''));
    const last = losers.map(({ what, client, frames }, index) => ({
      what,
      ms: Math.round((client.lastOf(...frames)?.at ?? Infinity) - (answered[index] ?? 0)),
    }));
    process.stdout.write(
      `The last frame after a right was gone, of ${String(said.length)} messages: ${JSON.stringify(last)}\n`,
    );
    expect(last.filter(({ ms }) => ms > 1_000)).toEqual([]);
  });

  it('wakes the rooms of the other node, once', async () => {
    const [agentId, last] = [uuid(), uuid()];
    const echoed = listen(nodes.one, 'rights.changed');
    const heard = listen(nodes.two, 'rights.changed');
    nodes.one.app.get(EventBus).emit('rights.changed', { agentId });
    nodes.one.app.get(EventBus).emit('rights.changed', { agentId: last });
    await until(
      () => Promise.resolve(heard.length),
      (count) => count === 2,
    );
    expect([heard, echoed]).toEqual([
      [{ agentId }, { agentId: last }],
      [{ agentId }, { agentId: last }],
    ]);
  });

  it('leaves waiting work to the node that queued it, unless that one does not route', async () => {
    const web = await startTestHub({ ...nodes.settings, env: { ...nodes.settings.env, ROLE: 'web' } });
    try {
      await hears(nodes.two, web);
      const [own, foreign] = [uuid(), uuid()];
      const heard = listen(nodes.two, 'work.queued');
      nodes.one.app.get(EventBus).emit('work.queued', { queueId: own });
      await hears(nodes.two, nodes.one);
      web.app.get(EventBus).emit('work.queued', { queueId: foreign });
      await hears(nodes.two, web);
      expect(heard).toEqual([{ queueId: foreign }]);
    } finally {
      await web.stop();
    }
  });

  it('reads the channels again when another node changed one', async () => {
    const { channel } = await buildDesk('web');
    const changed = new Promise<void>((resolve) => {
      nodes.two.app
        .get(EventBus)
        .on('channel.changed', ({ channelId }) => (channelId === channel.id ? resolve() : undefined));
    });
    await nodes.one.database.query(`update channel set name = name || ' renamed' where id = $1`, [channel.id]);
    await nodes.one.app.get(ChannelDirectory).refresh();
    await changed;
    expect(nodes.two.app.get(ChannelDirectory).find(channel.id)?.name).toMatch(/renamed$/);
  });

  it('shows an answer that was written on one node to the agent and the visitor on the other, and how far it came', async () => {
    const { agent, channel } = await buildDesk('web');
    const chat = await visitOn(nodes.one, channel.id);
    const desk = await enter(nodes.one, agent);
    await chat.say('hello from a visitor');
    await desk.until('the visitor', () => desk.hasHeard('hello from a visitor'));
    const [conversation = ''] = desk.rows.keys();
    await desk.watch(conversation);
    const there = await signedIn(nodes.two, agent.id);
    const { body: view } = await there.call<ConversationView>(`/api/conversations/${conversation}`);
    expect(view.messages.map(({ body }) => body)).toContain('hello from a visitor');
    const way = view.ways.find(({ channelId }) => channelId === channel.id);
    const answer = await there.call<MessageView>(`/api/conversations/${conversation}/messages`, {
      body: {
        id: uuid(),
        kind: 'text',
        body: 'an answer from elsewhere',
        channelId: channel.id,
        identityId: way?.identityId,
      },
    });
    expect(answer.status).toBe(201);
    await chat.until('the answer', () => chat.messages().some(({ body }) => body === 'an answer from elsewhere'));
    const shown = () => desk.row(conversation).messages.get(answer.body.id);
    await desk.until('the answer', () => shown()?.delivery === 'sent');
    await chat.catchUp();
    await desk.until('that it arrived', () => shown()?.delivery === 'delivered');
    chat.socket.emit('seen', { seq: answer.body.seq });
    await desk.until('that it was read', () => shown()?.delivery === 'read');
    expect(shown()).toMatchObject({ body: 'an answer from elsewhere', author: { kind: 'agent', id: agent.id } });
    expect(
      (await storedRow(nodes.two.database, conversation)).bodies.filter((body) => body === shown()?.body),
    ).toHaveLength(1);
  });

  it('shows an assignment that was made on one node to those whom it concerns on the other, once', async () => {
    const [desk, chief] = [
      await buildDesk(),
      await buildAgent(nodes.one.database, { role: 'supervisor', email: `${uuid()}@peyk.test` }),
    ];
    const [taker, watcher] = [await enter(nodes.two, desk.agent), await enter(nodes.two, chief)];
    const conversation = await hearFrom(nodes.one, desk.channel, uuid(), 'who takes me?');
    await taker.until('the message', () => taker.hasHeard('who takes me?'));
    const here = await signedIn(nodes.one, desk.agent.id);
    const { body: list } = await here.call<Page<ListRow>>('/api/conversations?view=unassigned');
    const ticket = list.rows.find((row) => row.conversation === conversation)?.ticket as TicketView;
    const path = `/api/tickets/${ticket.id}/assignment`;
    expect((await here.call(path, { body: { agentId: desk.agent.id, expected: null } })).status).toBe(200);
    const told = {
      ticketId: ticket.id,
      number: ticket.number,
      prefix: '',
      conversation,
      agentId: desk.agent.id,
      by: desk.agent.id,
    };
    for (const client of [taker, watcher]) {
      await client.until('the assignment', () => client.of('ticket.assigned').length > 0);
      expect(client.of<AssignmentFrame>('ticket.assigned')).toEqual([told]);
    }
    const owners = () => taker.of<{ tickets: TicketView[] }>('conversation.changes').flatMap(({ tickets }) => tickets);
    await taker.until('the owner', () =>
      owners().some(({ id, ownerId }) => id === ticket.id && ownerId === desk.agent.id),
    );
    const late = await (
      await signedIn(nodes.two, chief.id)
    ).call(path, { body: { agentId: chief.id, expected: null } });
    expect(late).toMatchObject({ status: 409, body: { code: 'already_taken' } });
  });

  it('knows teammates, typing and presence over nodes', async () => {
    const desk = await buildDesk();
    const colleague = await buildAgent(nodes.one.database, { role: 'supervisor', email: `${uuid()}@peyk.test` });
    const [here, there] = [await enter(nodes.one, desk.agent), await enter(nodes.two, colleague)];
    await here.until('present', () =>
      here
        .of<{ id: string; present: boolean }>('agent.state')
        .some(({ id, present }) => id === colleague.id && present),
    );
    const conversation = await hearFrom(nodes.one, desk.channel, uuid(), 'hello');
    await here.watch(conversation);
    await there.watch(conversation);
    const agents = (client: LiveConsole) => client.of<PresenceFrame>('presence').at(-1)?.agents ?? [];
    await Promise.all([here, there].map((client) => client.until('both', () => agents(client).length === 2)));
    there.socket.emit('typing', { conversation, on: true });
    await here.until('typing', () => agents(here).some(({ id, typing }) => typing && id === colleague.id));
    there.close();
    await here.until('alone', () => agents(here).length === 1);
  });

  it('carries a chat whose visitor and agent are on different nodes', async () => {
    const { agent, channel } = await buildDesk('web');
    const token = nodes.one.app.get(VisitorTokens, { strict: false }).issue(channel.id);
    const [first, second, console] = [
      await openedChat(nodes.one, channel.id, token),
      await openedChat(nodes.two, channel.id, token),
      await enter(nodes.two, agent),
    ];
    open.push(first, second);
    await first.say('hello from a visitor');
    await console.until('the visitor', () => console.hasHeard('hello from a visitor'));
    await second.until('the other tab', () => second.hasHeard('hello from a visitor'));
    await second.say('and from my other tab');
    await first.until('the other tab', () => first.hasHeard('and from my other tab'));
    const [conversation = ''] = console.rows.keys();
    await console.watch(conversation);
    first.socket.emit('typing', { on: true });
    await console.until('typing', () => console.of('customer.typing').length > 0);
    console.socket.emit('typing', { conversation, on: true });
    await first.until('typing', () => first.of('typing').length > 0);
  });
}

describe('two nodes on one database', () => {
  beforeAll(async () => {
    nodes = await startTwoNodes();
  });
  afterAll(() => nodes.stop());
  tellEachOther();

  it('lose nothing for good when the link between them breaks', async () => {
    const desk = await buildDesk();
    const there = await enter(nodes.two, desk.agent, { reconnects: true });
    there.socket.on('connect', () => void there.catchUp().catch(() => undefined));
    const address = uuid();
    const conversation = await hearFrom(nodes.one, desk.channel, address, 'before');
    await there.until('before', () => there.bodies(conversation).length === 1);
    const ended = await nodes.one.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'peyk live' and datname = current_database()`,
    );
    expect(ended).toHaveLength(2);
    await hearFrom(nodes.one, desk.channel, address, 'while it was broken');
    await there.until('made to come back', () => there.of('disconnect').length > 0);
    await there.until('what was missed', () => there.bodies(conversation).length === 2);
    await hearFrom(nodes.one, desk.channel, address, 'after');
    await there.until('after', () => there.bodies(conversation).length === 3);
  });
});

(hasRedis() ? describe : describe.skip)('two nodes with a Redis between them', () => {
  beforeAll(async () => {
    redis = await startRedis();
    nodes = await startTwoNodes({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await nodes.stop();
    await redis?.stop();
  });
  tellEachOther();

  it('go on by themselves while Redis is away, and catch up when it is back', async () => {
    const desk = await buildDesk();
    const [here, there] = [
      await enter(nodes.one, desk.agent, { reconnects: true }),
      await enter(nodes.two, desk.agent, { reconnects: true }),
    ];
    [here, there].forEach((client) => client.socket.on('connect', () => void client.catchUp().catch(() => undefined)));
    const address = uuid();
    const conversation = await hearFrom(nodes.one, desk.channel, address, 'before');
    await there.until('before', () => there.bodies(conversation).length === 1);
    await redis?.kill();
    const from = performance.now();
    await hearFrom(nodes.one, desk.channel, address, 'while it was away');
    await here.until('at once', () => here.bodies(conversation).length === 2);
    expect(performance.now() - from).toBeLessThan(1_000);
    await redis?.start();
    await there.until('what was missed', () => there.bodies(conversation).length === 2, 15_000);
    await hearFrom(nodes.one, desk.channel, address, 'after');
    await Promise.all(
      [here, there].map((client) => client.until('after', () => client.bodies(conversation).length === 3)),
    );
  });
});
