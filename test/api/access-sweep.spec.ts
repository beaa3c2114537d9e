import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { AttachmentView, OwnRoleView, TicketView } from '#contract';
import { AccessInventory, type Door } from '../../apps/hub/src/auth/access-inventory.js';
import { Access } from '../../apps/hub/src/auth/access-rule.js';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { SessionService } from '../../apps/hub/src/auth/sessions/session.service.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { VisitorGateway } from '../../apps/hub/src/live/visitor.gateway.js';
import {
  callOf,
  inTurns,
  isSampled,
  judge,
  ruleSays,
  tellApart,
  words,
  type Intruder,
  type Target,
} from '../support/access-sweep.js';
import { buildAgent, Caller, signedIn } from '../support/build-rows.js';
import { managingDeeds, entriless } from '../support/managing-deeds.js';
import { managedWorld, ManagingWalk } from '../support/managing-walk.js';
import { buildChannel, openConsole, openedChat, visitorToken } from '../support/live-client.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';

/** Holes of four kinds, for the sweep to find: it is worth nothing if it does not. */
@Controller('api/planted/tickets')
@Access('agent')
class Holes {
  constructor(private readonly database: Database) {}

  @Get(':id/words')
  async words(@Param('id') id: string): Promise<unknown> {
    return this.database.query(
      'select m.body from message m join ticket t on t.conversation_id = m.conversation_id where t.id = $1',
      [id],
    );
  }

  @Get(':id/failure')
  fail(): never {
    throw new Error('planted');
  }

  @Post('quietly')
  @Access('admin')
  actQuietly(): object {
    return {};
  }
}

@Module({ controllers: [Holes] })
class Planted {}

/** These end what the sweep stands on: the caller's own session, or the process. Each has tests of its own. */
const spared = /api\/session|api\/me\/sessions|api\/planted|api\/setup|api\/demo/;
const nothing = '01900000-0000-7000-8000-000000000000';
const isWhole = process.env['ACCESS_SWEEP'] === 'full';

let desk: PeopleDesk;
let doors: Door[];
let holes: Door[];
let managing: Door[];
let intruders: Intruder[];
let foreign: Target;
let planted: Writer;
let own: Writer;
let absent: Target;
let theirs: Target;
let events: string[];
let chat: { id: string; token: string };

beforeAll(async () => {
  desk = await PeopleDesk.start({ rooms: [Planted], env: { ROLE: 'web' } });
  const listed = desk.hub.app.get(AccessInventory).list();
  const all = listed.filter(({ name }) => name.includes(' /'));
  events = listed.filter((door) => !all.includes(door)).map(({ name }) => name.split(' ')[1] ?? '');
  doors = all.filter(({ name }) => !spared.test(name) && !name.startsWith('OPTIONS'));
  holes = all.filter(({ name }) => name.startsWith('GET /api/planted'));
  managing = all.filter(({ name, rule }) => !name.startsWith('GET') && (rule === 'supervisor' || rule === 'admin'));
  own = await desk.hear({ address: '+989120000001', name: 'Known', text: 'ours' });
  const web = await buildChannel(desk.hub, { kind: 'web', queueId: desk.queue });
  chat = { id: web.id, token: await visitorToken(desk.hub, web.id) };
  await plant();
  intruders = await gather();
}, 60_000);

afterAll(() => desk?.hub.stop());

/** A person of another queue, with a word that is found nowhere else in each thing there is of them. */
async function plant(): Promise<void> {
  const { database } = desk.hub;
  planted = await desk.hear({ address: '+989120000002', name: words.name, text: words.text });
  const elsewhere = uuid();
  await database.query(`insert into queue (id, name) values ($1, 'Elsewhere')`, [elsewhere]);
  const note = await desk.admin.call<{ id: string }>(`/api/conversations/${planted.conversation}/messages`, {
    body: { id: uuid(), kind: 'note', body: words.note },
  });
  const uploaded = await desk.admin.call<AttachmentView>(`/api/attachments?conversation=${planted.conversation}`, {
    file: { name: `${words.file}.txt`, content: words.file },
  });
  const file = uploaded.body.id;
  const [ticket] = await database.query<{ id: string }>('select id from ticket where conversation_id = $1', [
    planted.conversation,
  ]);
  const id = ticket?.id ?? '';
  await database.query('update ticket set queue_id = $2, subject = $3 where id = $1', [id, elsewhere, words.subject]);
  await database.query(
    `with said as (insert into whisper (id, conversation_id, agent_id, by_id, words) select $1, $2, $3, id, $4 from agent where role = 'admin')
     insert into raised_hand (id, conversation_id, ticket_id, agent_id, words) values ($1, $2, $5, $3, $4)`,
    [uuid(), planted.conversation, desk.agentId, words.whisper, id],
  );
  const [message] = await database.query<{ id: string }>(
    'select id from message where conversation_id = $1 order by seq limit 1',
    [planted.conversation],
  );
  foreign = {
    conversations: planted.conversation,
    customers: planted.customer,
    people: planted.customer,
    tickets: id,
    messages: message?.id ?? note.body.id,
    attachments: file,
    identities: planted.identity,
    elsewhere,
    channel: chat.id,
    anything: id,
  };
  absent = { ...Object.fromEntries(Object.keys(foreign).map((name) => [name, nothing])), channel: chat.id };
  theirs = {
    ...absent,
    conversations: own.conversation,
    customers: own.customer,
    people: own.customer,
    identities: own.identity,
    anything: own.conversation,
  };
  expect((await desk.admin.call<TicketView>(`/api/conversations/${planted.conversation}`)).text).toContain(words.text);
}

async function gather(): Promise<Intruder[]> {
  const { hub, queue } = desk;
  const account = async (body: object): Promise<{ id: string; caller: Caller }> => {
    const role = await desk.admin.call<OwnRoleView>('/api/roles', { body: { name: { en: uuid() }, ...body } });
    const { id } = await buildAgent(hub.database);
    await desk.admin.call(`/api/agents/${id}`, { method: 'PATCH', body: { ownRoleId: role.body.id } });
    return { id, caller: await desk.member(id, queue) };
  };
  const scoped = {
    base: 'supervisor',
    permissions: ['board.watch', 'work.steer', 'steering.watch', 'steering.whisper'],
    sees: 'own_queues',
  } as const;
  const single = { base: 'agent', permissions: ['routing.manage'], sees: 'own_queues' } as const;
  const stale = await buildAgent(hub.database, { role: 'admin' });
  const ended = await signedIn(hub, stale.id);
  await hub.app.get(SessionService).end(stale.id, { allBut: null });
  const { key } = await hub.app
    .get(ApiKeyService)
    .create(desk.agentId, { name: 'reads', scopes: ['read'], expiresAt: null });
  const built = async (role: 'supervisor' | 'admin', queues: string[] = []) =>
    desk.member((await buildAgent(hub.database, { role })).id, ...queues);
  const plain = (role: 'agent' | 'supervisor' | 'admin') => ({ role, permissions: null, scopes: null });
  return [
    { name: 'a stranger', caller: new Caller(hub.url), rights: null, reads: false },
    {
      name: 'a visitor',
      caller: new Caller(hub.url, { authorization: `Bearer ${chat.token}` }),
      rights: null,
      reads: false,
    },
    { name: 'a session that was ended', caller: ended, rights: null, reads: false },
    { name: 'an agent of another queue', caller: await desk.member(null, queue), rights: plain('agent'), reads: false },
    {
      name: 'a key that reads',
      caller: new Caller(hub.url, { authorization: `Bearer ${key}` }),
      rights: { ...plain('agent'), scopes: ['read'] },
      reads: false,
    },
    {
      name: 'a supervisor of other queues',
      caller: (await account(scoped)).caller,
      rights: { role: 'supervisor', permissions: [...scoped.permissions], scopes: null },
      reads: false,
    },
    {
      name: 'one permission',
      caller: (await account(single)).caller,
      rights: { role: 'agent', permissions: [...single.permissions], scopes: null },
      reads: false,
    },
    {
      name: 'an agent of the queue',
      caller: await desk.member(null, foreign['elsewhere'] ?? ''),
      rights: plain('agent'),
      reads: true,
    },
    {
      name: 'a supervisor',
      caller: await built('supervisor'),
      rights: plain('supervisor'),
      reads: true,
      watches: true,
    },
    { name: 'an administrator', caller: await built('admin'), rights: plain('admin'), reads: true, watches: true },
  ];
}

/** What is their own shows them nothing of others. */
async function tryOwn(door: Door, who: Intruder, expected: Parameters<typeof judge>[1]): Promise<string[]> {
  if (!door.name.includes(':')) {
    return [];
  }
  const { path, call } = callOf(door, theirs);
  return judge(await who.caller.call(path, call), expected);
}

/** Whoever may read the person would change the world for those who come after: with its ids they only look. */
async function tryDoor(door: Door, who: Intruder): Promise<string[]> {
  const method = door.name.split(' ')[0] ?? '';
  const says = ruleSays(door, method, who);
  const expected = { ...who, says };
  const toForeign = callOf(door, foreign);
  const toAbsent = callOf(door, absent);
  const first = await who.caller.call(toAbsent.path, toAbsent.call);
  const complaints = judge(first, expected);
  if (method === 'GET' && !who.reads) {
    complaints.push(...(await tryOwn(door, who, expected)));
  }
  if (!who.reads || method === 'GET' || says !== true) {
    const second = await who.caller.call(toForeign.path, toForeign.call);
    complaints.push(...judge(second, expected));
    if (
      !who.reads &&
      (toForeign.path !== toAbsent.path || JSON.stringify(toForeign.call) !== JSON.stringify(toAbsent.call))
    ) {
      complaints.push(...tellApart(second, first));
    }
  }
  return complaints.map((complaint) => `${who.name} at ${door.name}: ${complaint}`);
}

describe('every door of the router, for everybody', () => {
  it('is closed where its rule says so, tells what is foreign from what is absent to nobody, shows nothing and never fails', async () => {
    const trials = intruders.flatMap((who) =>
      doors
        .filter(({ name }) => isWhole || isSampled(name, who.name, name.includes(':') && !who.reads ? 1 : 2))
        .map((door) => ({ door, who })),
    );
    const complaints: string[] = [];
    // One line for each of them, so that what somebody does to themselves comes before what they do next.
    await inTurns([...Map.groupBy(trials, ({ who }) => who).values()], 10, async (mine) => {
      for (const { door, who } of mine) {
        complaints.push(...(await tryDoor(door, who)));
      }
    });
    expect(trials.length).toBeGreaterThan(1_000);
    expect(complaints.toSorted()).toEqual([]);
  }, 120_000);

  it('is tried in a way that finds what was planted: shown words, a foreign object that answers otherwise, and a failure', async () => {
    const [who] = intruders.filter(({ name }) => name === 'an agent of another queue');
    const found = (await Promise.all(holes.map((hole) => tryDoor(hole, who as Intruder)))).flat().join('\n');
    expect(found).toContain('shows CANARY-TEXT');
    expect(found).toContain('tells 200');
    expect(found).toContain('fails with 500');
    expect(judge({ status: 200, text: words.whisper }, { says: true, reads: true })).toEqual(['shows CANARY-WHISPER']);
    const closed = { rule: 'admin', permissions: [] } as const;
    expect(judge({ status: 200, text: '' }, { says: ruleSays(closed, 'GET', who as Intruder), reads: false })).toEqual([
      'answers 200 where the rule says 403',
    ]);
  });

  it('and the sockets: a call about a foreign person is answered like one about nobody, and no frame carries a word of theirs', async () => {
    const outside = intruders.filter(({ rights, reads }) => rights !== null && !reads);
    const consoles = await Promise.all(
      outside.map(async ({ caller }) => {
        const console = await openConsole(desk.hub, { headers: caller.credentials });
        await console.connected();
        return console;
      }),
    );
    const calls = (conversation: string): [string, object][] => [
      ['conversation.open', { conversation }],
      ['typing', { conversation, on: true }],
      ['look', { away: false }],
      ['catch-up', { revs: { [conversation]: 0 } }],
      ['feed', { cursor: null }],
      ['views.watch', { on: true }],
      ['board.watch', {}],
      ['board.unwatch', {}],
      ['steering.watch', { conversation }],
      ['steering.unwatch', { conversation }],
      ['conversation.close', { conversation }],
    ];
    const unanswered = new Set(['typing', 'look', 'conversation.close']);
    expect(
      calls(nothing)
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(events.toSorted());
    for (const console of consoles) {
      for (const [index, [name, call]] of calls(planted.conversation).entries()) {
        if (unanswered.has(name)) {
          console.socket.emit(name as 'typing', call as never);
          continue;
        }
        const theirs = await console.ask(name, call);
        const nobodys = await console.ask(name, calls(nothing)[index]?.[1]);
        expect(name === 'feed' ? [] : tellApart(asAnswer(theirs), asAnswer(nobodys))).toEqual([]);
      }
    }
    await desk.hear({ address: planted.address, text: `${words.text} again` });
    await desk.hear({ address: own.address, text: 'the mark' });
    await Promise.all(consoles.map((console) => console.until('the mark', () => console.hasHeard('the mark'))));
    expect(consoles.filter((console) => console.hasHeard('CANARY'))).toEqual([]);
    consoles.forEach((console) => console.close());
  });

  it('and the chat: what a visitor names of others is answered like what is not there, and no frame carries a word of theirs', async () => {
    const neighbour = await openedChat(desk.hub, chat.id, await visitorToken(desk.hub, chat.id));
    const [visitor] = await Promise.all([openedChat(desk.hub, chat.id, chat.token), neighbour.say(words.text)]);
    const calls = ({ messages = '', attachments = '' }: Target): [string, object][] => [
      ['say', { id: uuid(), body: 'a file', attachmentIds: [attachments] }],
      ['say', { id: uuid(), body: 'a choice', choice: { id: 'yes', of: messages } }],
      ['form', { id: uuid(), kind: 'away', locale: 'en', values: { message: 'a form' } }],
      ['standing', { locale: 'en' }],
      ['callback', { way: 'call', phone: planted.address }],
      ['typing', { on: true }],
      ['seen', { seq: 1_000 }],
      ['catch-up', { rev: 0 }],
    ];
    const { served } = desk.hub.app.get(VisitorGateway);
    expect(new Set(calls(absent).map(([name]) => name))).toEqual(new Set(served.keys()));
    for (const [index, [name, call]] of calls(absent).entries()) {
      const nobodys = await visitor.ask(name, call);
      const theirs = await visitor.ask(name, calls(foreign)[index]?.[1]);
      // What a chat holds grows with each call.
      expect(name === 'catch-up' ? [] : tellApart(asAnswer(theirs), asAnswer(nobodys))).toEqual([]);
    }
    // Calls of agents are nothing here.
    for (const name of events.filter((event) => !served.has(event))) {
      visitor.socket.emit(name as 'typing', { conversation: planted.conversation } as never);
    }
    await desk.hear({ address: planted.address, text: `${words.text} again` });
    await neighbour.say(`${words.text} again`);
    await visitor.say('the mark');
    expect((await visitor.catchUp()).messages.map(({ body }) => body)).toContain('the mark');
    expect(JSON.stringify(await visitor.catchUp())).not.toContain('CANARY');
    expect(visitor.hasHeard('CANARY')).toBe(false);
    [visitor, neighbour].forEach((one) => one.close());
  });
});

describe('every door by which those who manage change something', () => {
  it('leaves an entry in the audit, or is named with the reason why it needs none', async () => {
    const world = await managedWorld(desk);
    const [quietly] = managing.filter(({ name }) => name.includes('api/planted'));
    const deeds = managingDeeds(world);
    const named = new Set([...deeds.map(([name]) => name), ...Object.keys(entriless)]);
    expect(managing.filter(({ name }) => !named.has(name))).toEqual([quietly]);
    expect([...named].filter((name) => !managing.some((door) => door.name === name))).toEqual([]);
    const walk = new ManagingWalk(desk, world);
    const complaints = await walk.through(quietly as Door, {}, true);
    for (const [name, wish] of deeds) {
      const door = managing.find((one) => one.name === name) as Door;
      complaints.push(...(await walk.through(door, wish, !(name in entriless))));
    }
    world.close();
    expect(complaints).toEqual(['POST /api/planted/tickets/quietly leaves no entry']);
  }, 60_000);
});

const asAnswer = (answer: unknown): { status: number; text: string } => ({
  status: 200,
  text: JSON.stringify(answer).replace(/("(?:seq|rev)":)\d+/g, '$1N'),
});
