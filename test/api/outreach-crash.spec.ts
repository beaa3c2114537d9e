import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { OutreachView } from '#contract';
import { OutreachSweeper } from '../../apps/hub/src/outreach/campaigns/sending/outreach.sweeper.js';
import { Caller, signedIn } from '../support/build-rows.js';
import { inState, join, makeCrowd, makeOutreach, step, type Member } from '../support/outreach-scene.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
const crowdSize = 12;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let survivors: TestHub[];
let admin: Caller;
let doomed: SpawnedNode | null;
let channelId: string;

/** The survivors send nothing until they are woken. */
const sweepers = (): OutreachSweeper[] => survivors.map(({ app }) => app.get(OutreachSweeper, { strict: false }));
const wakeSurvivors = (): void => sweepers().forEach((sweeper) => sweeper.onApplicationBootstrap());

beforeAll(async () => {
  database = await createTestDatabase();
  survivors = [
    await startTestHub({ databaseUrl: database.url, env }),
    await startTestHub({ databaseUrl: database.url, env }),
  ];
  const [root] = await sql<{ id: string }>('select id from agent');
  admin = await signedIn(survivors[0] as TestHub, root?.id ?? '');
  const made = await admin.call<{ id: string }>('/api/channels', {
    body: { kind: 'web', name: 'Chat', config: {}, secrets: {} },
  });
  channelId = made.body.id;
}, 90_000);

beforeEach(async () => {
  doomed = null;
  await Promise.all(sweepers().map((sweeper) => sweeper.onApplicationShutdown()));
});

afterEach(() => doomed?.close());

afterAll(async () => {
  for (const hub of survivors ?? []) {
    await hub.stop();
  }
  await database?.drop();
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  (survivors[0] as TestHub).database.query<Row>(text, values);

/** Somebody who chatted with us: what is written to them stands in their chat, and no provider is needed. */
async function visitor(member: Member): Promise<void> {
  await sql(
    `insert into identity (id, customer_id, kind, address, trust) values ($1, $2, 'web', $3, 'channel_given')`,
    [uuid(), member.id, uuid()],
  );
  await sql(
    `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body)
     select $1, $2, $3, i.id, 'in', 'customer', 'hello' from identity i where i.customer_id = $4`,
    [uuid(), member.conversation, channelId, member.id],
  );
}

/** Scheduled by way of one node, which begins at once; it may die before it can answer. */
async function scheduled(by: Caller = admin): Promise<OutreachView> {
  const crowd = await makeCrowd((survivors[0] as TestHub).database);
  for (let number = 0; number < crowdSize; number++) {
    await visitor(await join((survivors[0] as TestHub).database, crowd, {}));
  }
  const outreach = await makeOutreach(admin, crowd, { channelIds: [channelId] });
  await step(by, outreach.id, 'schedule').catch((error: unknown) => {
    if (by === admin) {
      throw error;
    }
  });
  return outreach;
}

/** Messages of an outreach per person, and people by state. */
async function toldBy(id: string): Promise<{ messages: number[]; states: string[] }> {
  const rows = await sql<{ messages: number; state: string }>(
    `select p.state, (select count(*)::int from message m where m.conversation_id = c.id and m.content -> 'event' ->> 'outreachId' = $1::text) as messages
     from outreach_person p join conversation c on c.customer_id = p.person_id where p.outreach_id = $1::uuid`,
    [id],
  );
  return { messages: rows.map(({ messages }) => messages), states: rows.map(({ state }) => state) };
}

async function finish(id: string): Promise<void> {
  wakeSurvivors();
  // What the dead node fed is free once its lease ran out.
  await sql('update outreach set feeder_until = clock_timestamp() where id = $1', [id]);
  sweepers().forEach((sweeper) => sweeper.wake());
  await inState(admin, id, 'done');
}

it.each(['outreach.before-person-commit', 'outreach.after-person-commit'])(
  'tells everybody once and nobody twice when a node dies at %s and two others go on',
  async (point) => {
    doomed = await spawnNode({ ...env, DATABASE_URL: database.url });
    await doomed.dieAt(`${point}:kill:4`);
    const { id } = await scheduled(new Caller(doomed.url, admin.credentials));
    await doomed.gone;
    const before = await toldBy(id);
    expect(before.messages.filter((count) => count > 0).length).toBeLessThan(crowdSize);
    await finish(id);
    const { messages, states } = await toldBy(id);
    expect(messages).toEqual(Array.from({ length: crowdSize }, () => 1));
    expect(new Set(states)).toEqual(new Set(['sent']));
  },
  40_000,
);

it('sends nothing twice where two nodes feed the same outreach at once', async () => {
  wakeSurvivors();
  const { id } = await scheduled();
  const robbing = setInterval(() => {
    // A lease that lapses in the middle: both feed, and only claims keep them apart.
    void sql('update outreach set feeder_until = clock_timestamp() where id = $1', [id]).catch(() => undefined);
    sweepers().forEach((sweeper) => sweeper.wake());
  }, 2);
  try {
    await inState(admin, id, 'done');
  } finally {
    clearInterval(robbing);
  }
  expect((await toldBy(id)).messages).toEqual(Array.from({ length: crowdSize }, () => 1));
});
