import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { VisitorCheck } from '../../apps/hub/src/auth/visitors/visitor-check.service.js';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { VisitorPeople } from '../../apps/hub/src/live/visitor-people.service.js';
import { VisitorPresence } from '../../apps/hub/src/live/visitor-presence.service.js';
import { buildAgent } from '../support/build-rows.js';
import { buildChannel, buildQueue, openChat, type VisitorChat } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const many = 60;
let hub: TestHub;
let channel: string;
const open: { close(): void }[] = [];

beforeAll(async () => {
  hub = await startTestHub({ env: { TRUST_PROXY: '127.0.0.1' } });
  const agent = await buildAgent(hub.database, { name: 'Sara' });
  const queueId = await buildQueue(hub.database, { members: [agent.id] });
  ({ id: channel } = await buildChannel(hub, { kind: 'web', queueId, config: { newChatsPerMinute: 1_000 } }));
}, 60_000);
afterEach(() => {
  jest.restoreAllMocks();
  open.splice(0).forEach((chat) => chat.close());
});
afterAll(() => hub?.stop());

/** How often each statement was sent since. */
function countStatements(): Map<string, number> {
  const counts = new Map<string, number>();
  const query = hub.database.query.bind(hub.database);
  jest.spyOn(hub.app.get(Database), 'query').mockImplementation((statement, values) => {
    const name = typeof statement === 'string' ? statement : statement.name;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return query(statement, values) as ReturnType<Database['query']>;
  });
  return counts;
}

const present = async (): Promise<number> => {
  await hub.app.get(VisitorPresence, { strict: false }).settled();
  const [row] = await hub.database.query<{ n: number }>('select count(*)::int as n from visitor_presence');
  return row?.n ?? 0;
};

interface Guest {
  token: string;
  chat: VisitorChat;
  rev: number;
}

let places = 0;

/** Each comes from an address of their own. */
async function come(token: string): Promise<VisitorChat> {
  places += 1;
  const chat = openChat(hub, channel, token, { 'x-forwarded-for': `10.0.0.${String(places % 250)}` });
  open.push(chat);
  await chat.connected();
  return chat;
}

/** Somebody who has written, and has everything. */
async function welcome(): Promise<Guest> {
  const token = hub.app.get(VisitorTokens, { strict: false }).issue(channel);
  const chat = await come(token);
  expect(await chat.say(uuid())).toMatchObject({ ok: true });
  return { token, chat, rev: (await chat.catchUp()).rev };
}

describe('visitors who fall off together and come back together', () => {
  it('have nothing read for them that they have already, and are there again', async () => {
    const guests: Guest[] = [];
    for (let n = 0; n < many; n += 1) {
      guests.push(await welcome());
    }
    expect(await present()).toBe(many);
    const counts = countStatements();
    guests.forEach(({ chat }) => chat.close());
    await until(present, (count) => count === 0);
    const back = await Promise.all(guests.map(async ({ token, rev }) => (await come(token)).catchUp(rev)));
    // Nothing had been said meanwhile, and nobody was told anything twice.
    expect(back.flatMap(({ messages }) => messages)).toEqual([]);
    expect(back.map(({ rev }) => rev)).toEqual(guests.map(({ rev }) => rev));
    await until(present, (count) => count === many);
    expect(counts.get('visitor-messages')).toBeUndefined();
  }, 60_000);

  it('cost a few statements in all when they knock at one moment', async () => {
    const check = hub.app.get(VisitorCheck, { strict: false });
    const people = hub.app.get(VisitorPeople, { strict: false });
    const presence = hub.app.get(VisitorPresence, { strict: false });
    const tokens = Array.from({ length: many }, () => hub.app.get(VisitorTokens, { strict: false }).issue(channel));
    const [somebody] = await hub.database.query<{ id: string }>(`select id from identity where kind = 'web' limit 1`);
    const counts = countStatements();
    const visitors = await Promise.all(tokens.map((token) => check.read(token, channel)));
    await Promise.all(visitors.map((visitor) => people.find(visitor?.visitorId ?? '')));
    const sockets = visitors.map(() => ({}));
    sockets.forEach((socket) => presence.arrive(socket, somebody?.id ?? ''));
    await presence.settled();
    sockets.forEach((socket) => presence.depart(socket));
    await presence.settled();
    const ours = [...counts].filter(([name]) => /^(?:site-visitors|visitors-known|visitor-presence)/.test(name));
    expect(ours.map(([name]) => name).toSorted()).toEqual([
      'site-visitors-taken',
      'visitor-presence-drop',
      'visitor-presence-hold',
      'visitor-presence-wishes',
      'visitors-known',
    ]);
    // The first of a rush goes alone, the others together; presence may be renewed meanwhile.
    expect(Math.max(...ours.map(([, count]) => count))).toBeLessThanOrEqual(6);
  });

  it('get exactly what was said while they were away', async () => {
    const guest = await welcome();
    const [row] = await hub.database.query<{ conversation: string }>(
      `select conversation_id as conversation from message m join identity i on i.id = m.identity_id
       where i.kind = 'web' order by m.at desc limit 1`,
    );
    guest.chat.close();
    await hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, kind, body, delivery)
       select $1, conversation_id, channel_id, identity_id, 'out', 'system', 'text', 'while away', 'sent'
       from message where conversation_id = $2 limit 1`,
      [uuid(), row?.conversation],
    );
    const chat = await come(guest.token);
    expect((await chat.catchUp(guest.rev)).messages.map(({ body }) => body)).toEqual(['while away']);
  });
});
