import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { InboundMessage } from '#channels';
import { BotSweeper } from '../../apps/hub/src/bots/sessions/bot.sweeper.js';
import { BotTurns } from '../../apps/hub/src/bots/sessions/bot-turns.service.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { deploy, menuScript, publishScript } from '../support/bot-scene.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue } from '../support/live-client.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { copyTalks } from '../support/copy-talks.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** How many times an agent and a bot are let loose on the same customer at once. */
// oxlint-disable-next-line node/no-process-env -- How long this runs is no configuration of the product.
const races = Number(process.env['BOT_RACES'] ?? 1_000);
const isLong = races > 1_000;
/** How many things customers say while transactions die; each comes three times. */
// oxlint-disable-next-line node/no-process-env -- As above.
const events = Number(process.env['BOT_EVENTS'] ?? 100);
/** One transaction in so many dies, before its commit or after it. */
const dyingOf = 20;
const atOnce = 8;
const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), OUTBOUND_ALLOW: '127.0.0.0/8' };

const lookupScript = `
format: hub-script/1
id: order_state
title: {en: Where is my order}
locales: [en]
default_locale: en
channels: [web]
start: {default: find}
fallback: to_agent
nodes:
  find: {do: lookup, source: http, ref: orders, args: {order: "1"}, into: order, timeout: 5s, next: told, onError: to_agent}
  told: {do: say, message: {text: {en: "Your order is {{ order.state }}."}}, next: done}
  done: {do: end, outcome: resolved}
  to_agent: {do: handoff, onUnavailable: done}
`;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let survivor: TestHub;
let doomed: SpawnedNode[] = [];
let menu: { id: string; kind: 'web' };
let orders: { id: string; kind: 'web' };
let agent: Caller;
let shop: Server;
/** The keys by which the shop was asked. */
const askedBy: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  survivor = await startTestHub({ databaseUrl: database.url, env });
  const sara = await buildAgent(survivor.database, { name: 'Sara' });
  agent = await signedIn(survivor, sara.id);
  // She is there all the time: what she takes over is not given to others, which nobody here measures.
  await survivor.database.query(
    `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '1 day')`,
    [uuid(), sara.id],
  );
  await agent.call('/api/me', { method: 'PATCH', body: { status: 'busy' } });
  const queueId = await buildQueue(survivor.database, { members: [sara.id] });
  menu = (await buildChannel(survivor, { kind: 'web', queueId })) as typeof menu;
  orders = (await buildChannel(survivor, { kind: 'web', queueId })) as typeof orders;
  await deploy(survivor.database, await publishScript(survivor.database, menuScript), menu.id);
  shop = createServer((request, response) => {
    askedBy.push(String(request.headers['idempotency-key']));
    response.setHeader('content-type', 'application/json').end('{"state": "on its way"}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => shop.once('listening', resolve));
  const { port } = shop.address() as AddressInfo;
  await survivor.database.query(
    `insert into script_connector (id, key, method, url, timeout_ms, mapping) values ($1, 'orders', 'GET', $2, 5000, '[]')`,
    [uuid(), `http://127.0.0.1:${String(port)}/orders`],
  );
  await deploy(survivor.database, await publishScript(survivor.database, lookupScript), orders.id);
}, 90_000);

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(doomed.splice(0).map((node) => node.close()));
});

afterAll(
  async () => {
    await survivor?.stop();
    shop?.close();
    await database?.drop();
    // Whoever is absent with thousands of conversations gives them all back before their node is down.
  },
  60_000 + races * 50,
);

const sql = <Row extends object>(text: string, values: unknown[] = []) => survivor.database.query<Row>(text, values);

/** A customer says something, as if their provider had told us so many times at once. */
async function hear(channel: { id: string; kind: 'web' }, address: string, text: string, times = 1): Promise<void> {
  const message: InboundMessage = {
    type: 'message',
    externalId: uuid(),
    raw: Buffer.from(text),
    from: { kind: 'web', address, trust: 'channel_given', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
  const receiving = survivor.app.get(Receiving, { strict: false });
  await Promise.all(Array.from({ length: times }, () => receiving.take(channel, [message])));
}

interface Place {
  conversation: string;
  identity: string;
}

async function placeOf(address: string): Promise<Place> {
  const [row] = await sql<Place>(
    `select c.id as conversation, i.id as identity from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
    [address],
  );
  return row as Place;
}

/** As many as a hub has to its database. */
const connections = 10;

const customers = (count: number): string[] => Array.from({ length: count }, () => `customer ${uuid()}`);

const anHourMs = 3_600_000;

/** The survivor answers nothing until it is woken. */
function fallAsleep(): () => void {
  const asleep = jest.spyOn(survivor.app.get(BotSweeper), 'look').mockResolvedValue(anHourMs);
  return () => {
    asleep.mockRestore();
    survivor.app.get(BotSweeper).wake();
  };
}

interface Talk {
  address: string;
  replies: string[];
  bodies: string[];
  heard: number;
  left: number;
}

/** What became of talks: the replies of turns, what bots wrote, and what is left to answer. */
const talksOf = (addresses: readonly string[]) =>
  sql<Talk>(
    `select i.address,
       array(select t.reply from bot_turn t join bot_session s on s.id = t.session_id where s.conversation_id = c.id order by t.turn) as replies,
       array(select m.body from message m where m.conversation_id = c.id and m.author = 'bot' order by m.seq) as bodies,
       (select count(*)::int from message m where m.conversation_id = c.id and m.author = 'customer') as heard,
       (select count(*)::int from bot_event e where e.conversation_id = c.id and e.state = 'ready') as left
     from conversation c join identity i on i.customer_id = c.customer_id where i.address = any ($1) order by i.address`,
    [addresses],
  );

const said = (replies: readonly string[]): string[] =>
  replies.flatMap((reply) => (JSON.parse(reply) as { body: string }[]).map(({ body }) => body));

describe('what comes three times, to nodes that die one after the other', () => {
  it('is answered once, byte for byte the same when it comes again, and lookups keep their key', async () => {
    const wakeUp = fallAsleep();
    const addresses: string[] = [];
    const [asker] = customers(1) as [string];
    const settings = { ...env, DATABASE_URL: database.url };
    doomed = await Promise.all([spawnNode(settings), spawnNode(settings)]);
    await doomed[0]?.dieAt('bot.before-commit');
    await doomed[1]?.dieAt('bot.lookup-answered');
    let isGone = false;
    void doomed[0]?.gone.then(() => (isGone = true));
    // The other one may be the quicker, so there is more until the first has found something to die of.
    while (!isGone) {
      const [address] = customers(1) as [string];
      addresses.push(address);
      await hear(menu, address, 'hello', 3);
      await hear(menu, address, '1', 3);
      await sleep(100);
    }
    await hear(orders, asker, 'where is it?', 3);
    await doomed[1]?.gone;
    expect(askedBy).toHaveLength(1);
    // The lease of the dead is over at some time; here it is now.
    await sql(`update bot_effect set due_at = clock_timestamp() where state = 'running'`);
    wakeUp();
    const everybody = [...addresses, asker];
    const talks = await until(
      () => talksOf(everybody),
      (all) => all.every(({ left, bodies }) => left === 0 && bodies.length > 0),
    );
    for (const { address, replies, bodies, heard } of talks) {
      expect(said(replies)).toEqual(bodies);
      const counts = [heard, replies.length, bodies.length];
      expect(counts).toEqual(address === asker ? [1, 2, 1] : [2, 2, 2]);
    }
    expect(talks.find(({ address }) => address === asker)?.bodies).toEqual(['Your order is on its way.']);
    expect([askedBy.length, new Set(askedBy).size]).toEqual([2, 1]);
    const kept = await sql<{ payload: Record<string, unknown> }>(
      `select payload from bot_effect where kind = 'lookup' union all select payload from bot_event where kind = 'result'`,
    );
    expect(JSON.stringify(kept)).not.toMatch(/sealed|on its way/u);

    // It comes again: to those who talk as if it were new, and to those whose script has ended by then.
    await sql(
      `update bot_event e set state = 'ready', session_id = case when s.status = 'ended' then s.id end
       from bot_session s where s.id = e.session_id and e.kind = 'message'`,
    );
    for (const address of everybody) {
      await survivor.app.get(BotTurns).drain((await placeOf(address)).conversation);
    }
    expect(await talksOf(everybody)).toEqual(talks);
  }, 60_000);
});

/** What one customer says: a menu twice, a way through it, and a value. */
const lines = ['hello', '2', '2', '1', '12345'];

describe('what comes three times, while one transaction in twenty dies', () => {
  it(
    `is answered once and in order, for all of ${String(events)} messages`,
    async () => {
      const [calm] = customers(1) as [string];
      await say(calm);
      const expected = (await answered([calm]))[0]?.bodies;
      expect(expected).toHaveLength(lines.length + 2);

      const dead = letTransactionsDie();
      const addresses = customers(events / lines.length);
      const waiting = [...addresses];
      const customer = async (): Promise<void> => {
        for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
          await say(address);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, customer));
      const talks = await answered(addresses);
      expect(dead.before + dead.after).toBeGreaterThan(events / dyingOf / 2);
      jest.restoreAllMocks();
      for (const { bodies, replies, heard } of talks) {
        expect(bodies).toEqual(expected);
        expect(said(replies)).toEqual(bodies);
        expect([heard, replies.length]).toEqual([lines.length, lines.length]);
      }
      expect(await sql(`select key from bot_event where state = 'failed'`)).toEqual([]);
    },
    60_000 + events * 60,
  );
});

async function say(address: string): Promise<void> {
  for (const line of lines) {
    await hear(menu, address, line, 3);
  }
}

/** The talks once nothing of them is left to answer. */
const answered = (addresses: readonly string[]): Promise<Talk[]> =>
  until(
    () => talksOf(addresses),
    (all) => all.length === addresses.length && all.every(({ left }) => left === 0),
    30_000 + events * 30,
  );

/** Ends the hub's transactions as a server that goes away does: what they did is undone, or is done and nobody is told. */
function letTransactionsDie(): { before: number; after: number } {
  const dead = { before: 0, after: 0 };
  let count = 0;
  const gone = (when: keyof typeof dead): never => {
    dead[when] += 1;
    throw Object.assign(new Error('the server went away'), { code: '57P01' });
  };
  const hub = survivor.app.get(Database);
  const run = hub.transaction.bind(hub);
  jest.spyOn(hub, 'transaction').mockImplementation(async (work) => {
    count += 1;
    const fate = count % dyingOf === 0 ? (count % (2 * dyingOf) === 0 ? 'before' : 'after') : null;
    const result = await run(async (tx) => {
      const made = await work(tx);
      return fate === 'before' ? gone(fate) : made;
    });
    return (fate === 'after' ? gone(fate) : result) as never;
  });
  return dead;
}

describe('a bot whose hub has one connection left', () => {
  it('answers over that one, also what it looks up for its turn', async () => {
    const database = survivor.app.get(Database);
    const [address] = customers(1) as [string];
    // A script that this hub has not read yet.
    const [queue] = await sql<{ id: string }>('select queue_id as id from channel where id = $1', [menu.id]);
    const fresh = (await buildChannel(survivor, { kind: 'web', queueId: queue?.id ?? '' })) as typeof menu;
    await deploy(survivor.database, await publishScript(survivor.database, menuScript), fresh.id);
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const held = Array.from({ length: connections - 1 }, () => database.transaction(() => gate));
    try {
      await hear(fresh, address, 'hello');
      const [talk] = await until(
        () => talksOf([address]),
        (all) => all[0]?.left === 0,
        4_000,
      );
      expect(talk?.replies).toHaveLength(1);
    } finally {
      letGo();
      await Promise.all(held);
    }
  });
});

/** A talk in which something is still to be answered, and the copies of it that are raced in. */
interface Race extends Place {
  number: number;
}

/** Copied at once; many times as many are raced in one after the other. */
const copiesAtOnce = 1_000;

describe('an agent who writes while a bot is about to', () => {
  it(
    `has the last word in ${String(races)} races, by whatever way they write`,
    async () => {
      fallAsleep();
      const middle = await talkInTheMiddle();
      const talks = [middle, middle, middle, await talkAboutToBegin()];
      for (let first = 1; first <= races; first += copiesAtOnce) {
        const waiting = await copiesOf(talks, first, Math.min(copiesAtOnce, races - first + 1));
        const racer = async (): Promise<void> => {
          for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            await race(next);
          }
        };
        await Promise.all(Array.from({ length: atOnce }, racer));
      }
      const [seen] = await sql<{ raced: number; left: number; after: number; spoke: number }>(outcomes);
      expect(seen).toMatchObject({ raced: races, left: 0, after: 0 });
      // A race that one side always wins shows nothing; a tenth each is sure to be won by one of them.
      expect(Math.min(seen?.spoke ?? 0, races - (seen?.spoke ?? 0))).toBeGreaterThanOrEqual(Math.floor(races / 10));
      await tellPace(seen?.spoke ?? 0);
    },
    60_000 + races * 100,
  );
});

/** Of all conversations in which Sara wrote: what nobody answered, what a bot said behind her, and where it spoke before. */
const outcomes = `
with sara as (select conversation_id, min(seq) as seq from message where author = 'agent' and body = 'This is Sara.' group by conversation_id),
heard as (select s.*, (select max(m.seq) from message m where m.conversation_id = s.conversation_id and m.author = 'customer') as asked from sara s)
select count(*)::int as raced,
  (select count(*)::int from bot_event e join sara using (conversation_id) where e.state <> 'done') as left,
  (select count(*)::int from message b join sara s on s.conversation_id = b.conversation_id and b.seq > s.seq where b.author = 'bot') as after,
  count(*) filter (where exists (
    select 1 from message b where b.conversation_id = h.conversation_id and b.author = 'bot' and b.seq > h.asked))::int as spoke
from heard h`;

/** Somebody has just chosen from the menu that they were shown. */
async function talkInTheMiddle(): Promise<Place> {
  const [address] = customers(1) as [string];
  await hear(menu, address, 'hello');
  const place = await placeOf(address);
  await survivor.app.get(BotTurns).drain(place.conversation);
  await hear(menu, address, '1');
  return place;
}

async function talkAboutToBegin(): Promise<Place> {
  const [address] = customers(1) as [string];
  await hear(menu, address, 'hello');
  return placeOf(address);
}

async function copiesOf(talks: readonly Place[], first: number, count: number): Promise<Race[]> {
  const share = Math.ceil(count / talks.length);
  const made = talks.map(async ({ conversation, identity }, index): Promise<Race[]> => {
    const own = Math.min(share, count - index * share);
    const from = first + index * share;
    const idIn = await copyTalks(survivor.database, conversation, { first: from, count: own });
    return Array.from({ length: own }, (_, copy) => ({
      conversation: idIn(conversation, from + copy),
      identity: idIn(identity, from + copy),
      number: from + copy,
    }));
  });
  return (await Promise.all(made)).flat();
}

/** How long a turn takes with nobody beside it, from the lock to the commit. Told where somebody measures. */
async function tellPace(spoke: number): Promise<void> {
  const tookMs: number[] = [];
  for (const address of customers(isLong ? 300 : 0)) {
    await hear(menu, address, 'hello');
    const { conversation } = await placeOf(address);
    const startedAt = performance.now();
    await survivor.app.get(BotTurns).drain(conversation);
    tookMs.push(performance.now() - startedAt);
  }
  const at = (share: number) => tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * share)]?.toFixed(1);
  if (isLong) {
    process.stdout.write(`the bot was first in ${String(spoke)} of ${String(races)} races\n`);
    process.stdout.write(`turns that begin a session: p50 ${at(0.5) ?? ''} ms, p95 ${at(0.95) ?? ''} ms\n`);
  }
}

/** How long a turn takes, lately. */
let usualMs = 20;

/** One in so many agents writes by the console and its API; the others' words come in as copies of what they wrote elsewhere. */
const byConsole = 20;

async function race({ number, ...place }: Race): Promise<void> {
  const answer = async (): Promise<void> => {
    const startedAt = performance.now();
    await survivor.app.get(BotTurns).drain(place.conversation);
    usualMs += (performance.now() - startedAt - usualMs) / 8;
  };
  const takeOver = () => (number % byConsole === 7 ? replyTo(place) : copyOf(place));
  // One side is now and then sure to be first; else either comes up to half a turn before the other.
  const order = number % 10;
  if (order < 2) {
    await (order === 0 ? answer().then(takeOver) : takeOver().then(answer));
  } else {
    const ahead = (((number * 7) % 29) / 28 - 0.5) * usualMs;
    await Promise.all([sleep(Math.max(0, -ahead)).then(answer), sleep(Math.max(0, ahead)).then(takeOver)]);
  }
}

async function replyTo({ conversation, identity }: Place): Promise<void> {
  const answer = await agent.call(`/api/conversations/${conversation}/messages`, {
    body: { id: uuid(), kind: 'text', body: 'This is Sara.', channelId: menu.id, identityId: identity },
  });
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
}

/** What an agent wrote with a program of their own comes in as a message of theirs. */
async function copyOf({ conversation, identity }: Place): Promise<void> {
  await sql(
    `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body) values ($1, $2, $3, $4, 'out', 'agent', 'This is Sara.')`,
    [uuid(), conversation, menu.id, identity],
  );
}
