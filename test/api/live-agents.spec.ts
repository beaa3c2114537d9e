import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationChanges, PresenceFrame } from '#contract';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { SessionService } from '../../apps/hub/src/auth/sessions/session.service.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { Companions } from '../../apps/hub/src/live/companions.service.js';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { buildAgent, type AgentWish, type BuiltAgent } from '../support/build-rows.js';
import {
  buildChannel,
  buildQueue,
  hearFrom,
  openConsole,
  openedConsole,
  refusalOf,
  storedRow,
  type ConsoleWish,
  type LiveConsole,
} from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
const open: { close(): void }[] = [];

beforeAll(async () => {
  hub = await startTestHub();
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => hub.stop());

/** A queue with its own channel, and an agent who serves it. */
async function buildDesk(wish: { restricted?: boolean; agent?: AgentWish } = {}) {
  const agent = await buildAgent(hub.database, wish.agent);
  const queueId = await buildQueue(hub.database, { members: [agent.id], restricted: wish.restricted ?? false });
  return { agent, queueId, channel: await buildChannel(hub, { kind: 'messages', queueId }) };
}

async function enter(agent: Pick<BuiltAgent, 'id'>, wish: Omit<ConsoleWish, 'agentId'> = {}): Promise<LiveConsole> {
  const client = await openedConsole(hub, agent.id, wish);
  open.push(client);
  return client;
}

async function knock(wish: ConsoleWish): Promise<string> {
  return refusalOf(await openConsole(hub, wish));
}

describe('who gets in', () => {
  it('refuses whoever brings no session, a wrong one, or one of a disabled agent', async () => {
    const agent = await buildAgent(hub.database);
    expect(await knock({})).toBe('unauthenticated');
    expect(await knock({ headers: { cookie: 'peyk=no-such-token' } })).toBe('unauthenticated');
    expect(await knock({ headers: { authorization: 'Bearer peyk_nothing' } })).toBe('unauthenticated');
    const console = await enter(agent);
    console.close();
    await hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [agent.id]);
    expect(await knock({ agentId: agent.id })).toBe('unauthenticated');
  });

  it('refuses pages of other sites, whatever cookie the browser adds', async () => {
    const agent = await buildAgent(hub.database);
    expect(await knock({ agentId: agent.id, headers: { origin: 'https://evil.test' } })).toBe('forbidden');
    expect(await knock({ agentId: agent.id, headers: { origin: '' } })).toBe('forbidden');
  });

  it('lets a program in by its key, when the key may read', async () => {
    const agent = await buildAgent(hub.database);
    const keys = hub.app.get(ApiKeyService);
    const reads = await keys.create(agent.id, { name: 'reads', scopes: ['read'], expiresAt: null });
    const writes = await keys.create(agent.id, { name: 'writes', scopes: ['write'], expiresAt: null });
    const program = await openConsole(hub, { headers: { authorization: `Bearer ${reads.key}`, origin: '' } });
    open.push(program);
    await program.connected();
    expect(await knock({ headers: { authorization: `Bearer ${writes.key}` } })).toBe('unauthenticated');
    await keys.revoke(agent.id, reads.id);
    await program.until('put out', () => !program.socket.connected, 1_000);
  });

  it('serves no other transport than the websocket', async () => {
    const answer = await fetch(`${hub.url}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
  });
});

describe('who hears what', () => {
  it('tells the agents of a queue, and nobody of another one', async () => {
    const [mine, theirs] = [await buildDesk(), await buildDesk()];
    const [me, them] = [await enter(mine.agent), await enter(theirs.agent)];
    const secret = `canary ${uuid()}`;
    const conversation = await hearFrom(hub, mine.channel, uuid(), secret);
    await hearFrom(hub, theirs.channel, uuid(), 'a marker');
    await me.until('my message', () => me.bodies(conversation).includes(secret));
    await them.until('the marker', () => them.hasHeard('a marker'));
    expect(them.hasHeard(secret)).toBe(false);
    expect(them.hasHeard(conversation)).toBe(false);
  });

  it('answers a foreign conversation like one that does not exist, and sends nothing of it', async () => {
    const [mine, theirs] = [await buildDesk(), await buildDesk()];
    const conversation = await hearFrom(hub, mine.channel, uuid(), 'before');
    const them = await enter(theirs.agent);
    const foreign = await them.watch(conversation);
    expect(foreign).toEqual(await them.watch(uuid()));
    expect(foreign).toEqual({ ok: false, code: 'not_found' });
    expect(await them.catchUp({ [conversation]: 0 })).toEqual({ changes: [], resync: [] });
    await hub.app.get(LiveFeed).moved([{ conversation, since: 0 }]);
    await hearFrom(hub, theirs.channel, uuid(), 'a marker');
    await them.until('the marker', () => them.hasHeard('a marker'));
    expect(them.hasHeard(conversation)).toBe(false);
  });

  it('tells a supervisor about every queue', async () => {
    const desk = await buildDesk();
    const supervisor = await enter(await buildAgent(hub.database, { role: 'supervisor' }));
    await hearFrom(hub, desk.channel, uuid(), 'for all to see');
    await supervisor.until('the message', () => supervisor.hasHeard('for all to see'));
  });

  it('lets no client name a room', async () => {
    const [mine, theirs] = [await buildDesk(), await buildDesk()];
    const them = await enter(theirs.agent);
    const socket = them.socket as unknown as { emit(name: string, ...payload: unknown[]): void };
    for (const room of ['overseers', `queue:${mine.queueId}`, `agent:${mine.agent.id}`]) {
      for (const name of ['join', 'subscribe', 'room', 'node', 'conversation.open', 'typing']) {
        socket.emit(name, room);
        socket.emit(name, { conversation: room, room, rooms: [room] });
      }
    }
    const secret = `canary ${uuid()}`;
    await hearFrom(hub, mine.channel, uuid(), secret);
    await hearFrom(hub, theirs.channel, uuid(), 'a marker');
    await them.until('the marker', () => them.hasHeard('a marker'));
    expect(them.hasHeard(secret)).toBe(false);
  });

  it('keeps the words of a restricted queue from those who do not serve it, live and in catch-up', async () => {
    const [sealed, plain] = [await buildDesk({ restricted: true }), await buildDesk()];
    const [owner, outsider] = [await enter(sealed.agent), await enter(plain.agent)];
    const supervisor = await enter(await buildAgent(hub.database, { role: 'supervisor' }));
    const address = uuid();
    const conversation = await hearFrom(hub, plain.channel, address, 'an ordinary question');
    await outsider.watch(conversation);
    const secret = `canary ${uuid()}`;
    // A second ticket of the same person, in the restricted queue: the outsider still reads the person, but not these words.
    await hub.database.query(
      `update ticket set state = 'solved', solved_at = clock_timestamp() where conversation_id = $1`,
      [conversation],
    );
    await hearFrom(hub, sealed.channel, address, secret);
    await supervisor.until('the words', () => supervisor.hasHeard(secret));
    await owner.until('the words', () => owner.bodies(conversation).includes(secret));
    const { rev } = await storedRow(hub.database, conversation);
    await outsider.until('the change', () => outsider.row(conversation).rev === rev);
    const { changes } = await outsider.catchUp({ [conversation]: 0 });
    expect(changes[0]?.messages.filter(({ withheld }) => withheld)).toMatchObject([{ seq: 2, body: '' }]);
    expect(JSON.stringify([outsider.heard, changes])).not.toContain(secret);
    expect(changes[0]?.tickets.map(({ subject }) => subject)).toContain('an ordinary question');
    const full = await owner.catchUp({ [conversation]: 0 });
    expect(JSON.stringify(full)).toContain(secret);
  });

  it('follows a person while they are open, and not after', async () => {
    const desk = await buildDesk();
    const supervisor = await buildAgent(hub.database, { role: 'supervisor' });
    const [one, two] = [await enter(supervisor), await enter(desk.agent)];
    const conversation = await hearFrom(hub, desk.channel, uuid(), 'hello');
    expect(await one.watch(conversation)).toMatchObject({
      ok: true,
      value: { revs: { [conversation]: expect.any(Number) } },
    });
    await two.watch(conversation);
    const here = (client: LiveConsole) => client.of<PresenceFrame>('presence').at(-1)?.agents ?? [];
    await two.until('both are here', () => here(two).length === 2);
    expect(here(two)).toEqual(
      [
        { id: supervisor.id, name: supervisor.name, typing: false, away: false },
        { id: desk.agent.id, name: desk.agent.name, typing: false, away: false },
      ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    one.socket.emit('typing', { conversation, on: true });
    await two.until('one types', () => here(two).some(({ id, typing }) => typing && id === supervisor.id));
    const isAway = () => here(two).find(({ id }) => id === supervisor.id)?.away;
    one.socket.emit('look', { away: true });
    await two.until('one looks elsewhere', () => isAway() === true);
    one.socket.emit('look', { away: false });
    await two.until('one is back', () => isAway() === false);
    one.socket.emit('conversation.close', { conversation });
    await two.until('one left', () => here(two).length === 1);
  });
});

describe('rights that change under an open socket', () => {
  it('puts out at once whoever signs out, is disabled or gets a new password', async () => {
    const desk = await buildDesk();
    const [first, second] = [await enter(desk.agent), await enter(desk.agent)];
    const sessions = await hub.database.query<{ id: string }>(
      'select id from session where agent_id = $1 order by created_at',
      [desk.agent.id],
    );
    await hub.app.get(SessionService).end(desk.agent.id, { only: sessions[0]?.id ?? '' });
    await first.until('put out', () => !first.socket.connected, 1_000);
    expect(second.socket.connected).toBe(true);
    await hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [desk.agent.id]);
    hub.app.get(EventBus).emit('rights.changed', { agentId: desk.agent.id });
    await second.until('put out', () => !second.socket.connected, 1_000);
  });

  it('moves an agent who leaves a queue out of its room and out of its people', async () => {
    const [desk, other] = [await buildDesk(), await buildDesk()];
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [
      other.queueId,
      desk.agent.id,
    ]);
    const client = await enter(desk.agent);
    const conversation = await hearFrom(hub, desk.channel, uuid(), 'hello');
    await client.watch(conversation);
    await hub.database.query('delete from queue_member where queue_id = $1 and agent_id = $2', [
      desk.queueId,
      desk.agent.id,
    ]);
    hub.app.get(EventBus).emit('rights.changed', { agentId: desk.agent.id });
    await client.until('told', () => client.of('rights.changed').length === 1, 1_000);
    const secret = `canary ${uuid()}`;
    await hub.database.query(
      `insert into message (id, conversation_id, direction, author, kind, body) values ($1, $2, 'internal', 'system', 'note', $3)`,
      [uuid(), conversation, secret],
    );
    await hub.app.get(LiveFeed).moved([{ conversation, since: 1 }]);
    await hearFrom(hub, other.channel, uuid(), 'a marker');
    await client.until('the marker', () => client.hasHeard('a marker'));
    expect(client.hasHeard(secret)).toBe(false);
  });

  it('gives a new supervisor everything, and takes it back', async () => {
    const desk = await buildDesk();
    const promoted = await buildAgent(hub.database);
    const client = await enter(promoted);
    const become = async (role: string): Promise<void> => {
      const before = client.of('rights.changed').length;
      await hub.database.query('update agent set role = $2 where id = $1', [promoted.id, role]);
      hub.app.get(EventBus).emit('rights.changed', { agentId: promoted.id });
      await client.until('told', () => client.of('rights.changed').length > before, 1_000);
    };
    await become('supervisor');
    await hearFrom(hub, desk.channel, uuid(), 'seen by supervisors');
    await client.until('the message', () => client.hasHeard('seen by supervisors'));
    await become('agent');
    await hearFrom(hub, desk.channel, uuid(), 'not seen any more');
    await client.ask('feed', { cursor: null });
    expect(client.hasHeard('not seen any more')).toBe(false);
  });
});

type FeedPage = { conversations: string[]; cursor: string };

/**
 * What the feed tells from a cursor on until it told of so many. It waits for every transaction of the server that began earlier, and
 * other tests have theirs on the same server.
 */
async function gather<Page extends FeedPage>(
  read: (cursor: string) => Promise<Page>,
  cursor: string,
  count: number,
): Promise<FeedPage> {
  const told: string[] = [];
  let at = cursor;
  await until(
    async () => {
      const page = await read(at);
      at = page.cursor;
      told.push(...page.conversations);
      return told.length;
    },
    (length) => length >= count,
  );
  return { conversations: told, cursor: at };
}

describe('catching up', () => {
  it('gives exactly the changes that were missed', async () => {
    const desk = await buildDesk();
    const address = uuid();
    const conversation = await hearFrom(hub, desk.channel, address, 'one');
    const client = await enter(desk.agent);
    await client.catchUp({ [conversation]: 0 });
    const { rev } = client.row(conversation);
    client.close();
    for (const text of ['two', 'three', 'four']) {
      await hearFrom(hub, desk.channel, address, text);
    }
    client.socket.connect();
    await client.connected();
    const { changes, resync } = await client.catchUp({ [conversation]: rev });
    expect(resync).toEqual([]);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.messages.map(({ body }) => body)).toEqual(['two', 'three', 'four']);
    const stored = await storedRow(hub.database, conversation);
    expect(changes[0]).toMatchObject({ since: rev, rev: stored.rev, lastSeq: 4 });
    expect(client.bodies(conversation)).toEqual(stored.bodies);
    expect(await client.catchUp({ [conversation]: stored.rev })).toEqual({ changes: [], resync: [] });
  });

  it('asks to load anew what is too much, and what the client is ahead of', async () => {
    const desk = await buildDesk();
    const address = uuid();
    const conversation = await hearFrom(hub, desk.channel, address, 'first');
    await hub.database.query(
      `insert into message (id, conversation_id, direction, author, kind, body)
       select gen_random_uuid(), $1, 'internal', 'system', 'note', 'note ' || n from generate_series(1, 200) n`,
      [conversation],
    );
    const client = await enter(desk.agent);
    expect(await client.catchUp({ [conversation]: 0 })).toEqual({ changes: [], resync: [conversation] });
    expect(await client.catchUp({ [conversation]: 100_000 })).toEqual({ changes: [], resync: [conversation] });
    const { rev } = await storedRow(hub.database, conversation);
    const { changes } = await client.catchUp({ [conversation]: rev - 200 });
    expect(changes[0]?.messages).toHaveLength(200);
  });

  it('tells of a burst that no frame holds, so that clients ask for it', async () => {
    const desk = await buildDesk();
    const conversation = await hearFrom(hub, desk.channel, uuid(), 'first');
    const client = await enter(desk.agent);
    const since = (await storedRow(hub.database, conversation)).rev;
    await hub.database.query(
      `insert into message (id, conversation_id, direction, author, kind, body)
       select gen_random_uuid(), $1, 'internal', 'system', 'note', 'note ' || n from generate_series(1, 201) n`,
      [conversation],
    );
    await hub.app.get(LiveFeed).moved([{ conversation, since }]);
    await client.until('the frame', () =>
      client.of<ConversationChanges>('conversation.changes').some(({ rev }) => rev === since + 201),
    );
    expect(client.of<ConversationChanges>('conversation.changes').at(-1)).toMatchObject({
      since: since + 201,
      messages: [],
    });
  });

  it('lists the people of my queues that something happened to since my cursor', async () => {
    const [mine, theirs] = [await buildDesk(), await buildDesk()];
    const client = await enter(mine.agent);
    type Feed = { conversations: string[]; cursor: string; resync: boolean };
    const read = async (cursor: string | null): Promise<Feed> => {
      const answer = await client.ask<Feed>('feed', { cursor });
      return answer.ok ? answer.value : Promise.reject(new Error(answer.code));
    };
    const { cursor, conversations } = await read(null);
    expect(conversations).toEqual([]);
    const [known, foreign] = [
      await hearFrom(hub, mine.channel, uuid(), 'a'),
      await hearFrom(hub, theirs.channel, uuid(), 'b'),
    ];
    const news = await gather(read, cursor, 1);
    expect(news.conversations).toEqual([known]);
    expect(news.conversations).not.toContain(foreign);
    expect(await read(news.cursor)).toMatchObject({ conversations: [], resync: false });
    for (const strange of ['', 'x', '1', '99999999999999999.1', '0.0']) {
      expect(await read(strange)).toMatchObject({ conversations: [], resync: true });
    }
  });

  it('tells of everything once, also when transactions end in another order than they began', async () => {
    const desk = await buildDesk();
    const client = await enter(desk.agent);
    type Feed = { conversations: string[]; cursor: string };
    const read = async (cursor: string | null): Promise<Feed> => {
      const answer = await client.ask<Feed>('feed', { cursor });
      return answer.ok ? answer.value : Promise.reject(new Error(answer.code));
    };
    const start = await read(null);
    const conversation = await hearFrom(hub, desk.channel, uuid(), 'a');
    let [{ cursor }, later] = [await gather(read, start.cursor, 1), ''];
    await hub.database.transaction(async (tx) => {
      await tx.query(`insert into event_log (type, conversation_id, subject_id) values ('test', $1, $1)`, [
        conversation,
      ]);
      later = await hearFrom(hub, desk.channel, uuid(), 'committed meanwhile');
      const early = await read(cursor);
      expect(early.conversations).toEqual([]);
      ({ cursor } = early);
    });
    const news = await gather(read, cursor, 2);
    expect(news.conversations.toSorted()).toEqual([conversation, later].toSorted());
    expect((await read(news.cursor)).conversations).toEqual([]);
  });

  it('ends with what the database holds after thirty cuts at random moments', async () => {
    const desk = await buildDesk();
    const client = await enter(desk.agent, { reconnects: true });
    client.socket.on('connect', () => void client.catchUp().catch(() => undefined));
    const addresses = [uuid(), uuid(), uuid()];
    const conversations = new Set<string>();
    let seed = 29509;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    let cuts = 0;
    for (let n = 0; cuts < 30; n += 1) {
      conversations.add(
        await hearFrom(hub, desk.channel, addresses[Math.floor(random() * 3)] ?? '', `message ${String(n)}`),
      );
      // Cutting a connection that is still opening would only make the client wait for it.
      const { engine } = client.socket.io;
      if (random() < 0.3 && engine.readyState === 'open') {
        cuts += 1;
        engine.close();
      }
    }
    await client.connected();
    await client.catchUp();
    for (const conversation of conversations) {
      const stored = await storedRow(hub.database, conversation);
      await client.until('the newest rev', () => client.row(conversation).rev === stored.rev);
      expect(client.bodies(conversation)).toEqual(stored.bodies);
    }
    expect(client.resync).toEqual([]);
  });
});

describe('garbage', () => {
  it('is answered or passed over, ten thousand times, and the next good call works', async () => {
    const desk = await buildDesk();
    const [bad, good] = [await enter(desk.agent), await enter(desk.agent)];
    const emit = bad.socket.emit.bind(bad.socket) as unknown as (name: string, ...payload: unknown[]) => void;
    const names = [
      'conversation.open',
      'conversation.close',
      'typing',
      'catch-up',
      'feed',
      'nothing',
      '',
      '__proto__',
      'constructor',
    ];
    const payloads = [
      undefined,
      null,
      0,
      '',
      [],
      {},
      { conversation: {} },
      { revs: { x: 1 } },
      { revs: [] },
      { conversation: uuid(), on: 'yes' },
      { cursor: 7 },
      [[[]]],
      { revs: { [uuid()]: -1 } },
      { revs: { [uuid()]: 1e300 } },
      Buffer.from('x'),
    ];
    let answered = 0;
    for (let n = 0; n < 10_000; n += 1) {
      const [name, payload] = [names[n % names.length] ?? '', payloads[n % payloads.length]];
      if (n % 3 === 0) {
        emit(name, payload, () => (answered += 1));
      } else {
        emit(name, payload, payload);
      }
    }
    const raw = bad.socket.io.engine as unknown as { write(packet: string): void };
    ['45-', '2/agent,["typing"', '99999', '42["disconnect"]', '5'.repeat(50)].forEach((packet) => raw.write(packet));
    await good.watch(uuid());
    const conversation = await hearFrom(hub, desk.channel, uuid(), 'still here');
    await good.until('the message', () => good.bodies(conversation).includes('still here'));
    expect(answered).toBeGreaterThan(0);
    expect(hub.app.get(Companions).size).toBe(0);
    expect(hub.logged()).not.toContain('A socket call failed');
  });

  it('closes a socket that sends more at once than any call needs', async () => {
    const client = await enter(await buildAgent(hub.database));
    (client.socket.emit as (name: string, payload: string) => void)('typing', 'x'.repeat(200_000));
    await client.until('closed', () => !client.socket.connected);
  });
});
