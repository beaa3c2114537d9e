import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  AuditEntryView,
  BoardHand,
  BoardView,
  ConversationView,
  NoticeView,
  Page,
  SteeringFrame,
  SteeringView,
  TicketView,
  UnseenWhispersView,
  WatchView,
} from '#contract';
import { GuardedAccess } from '../../apps/hub/src/auth/access.js';
import { recordAct } from '../../apps/hub/src/auth/record-act.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { Log } from '../../apps/hub/src/platform/operations/log.js';
import { Watches } from '../../apps/hub/src/supervision/steering/watches.service.js';
import { WebhookDoor } from '../../apps/hub/src/webhooks/webhook-door.js';
import { webhookTypes } from '../../apps/hub/src/webhooks/webhook-types.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedChat, openedConsole, visitorToken, type LiveConsole } from '../support/live-client.js';
import { placesOf, type Ways } from '../support/places-of-words.js';
import { problem, remove } from '../support/ticket-desk.js';
import { until } from '../support/until.js';
import { startReceiver, type Receiver } from '../support/webhook-receiver.js';

let all: ConnectedWorld;
let receiver: Receiver;
let lead: BuiltAgent;
let supervisor: Caller;
/** Oversees a queue that nobody of these wrote to. */
let elsewhere: Caller;
let colleague: Caller;
const consoles: LiveConsole[] = [];

beforeAll(async () => {
  [all, receiver] = await Promise.all([startConnectedWorld(), startReceiver()]);
  jest.spyOn(all.hub.app.get(WebhookDoor), 'agentFor').mockReturnValue(undefined);
  const { database } = all.hub;
  lead = await buildAgent(database, { name: 'Leyla', role: 'supervisor' });
  supervisor = await signedIn(all.hub, lead.id);
  elsewhere = await signedIn(all.hub, (await scoped('{steering.watch,steering.whisper,board.watch}')).id);
  const reza = await buildAgent(database, { name: 'Reza' });
  await database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue where name <> $2', [
    reza.id,
    'Elsewhere',
  ]);
  colleague = await signedIn(all.hub, reza.id);
  const added = await all.admin.call('/api/webhooks', {
    body: { name: 'All', url: receiver.url, types: webhookTypes },
  });
  expect(added.status).toBe(201);
}, 60_000);

afterAll(async () => {
  consoles.forEach((console) => console.close());
  jest.restoreAllMocks();
  await all.close();
  await receiver.close();
});

/** A supervisor of one queue, in which there is nobody. */
async function scoped(permissions: string): Promise<BuiltAgent> {
  const { database } = all.hub;
  const [one, role, queue] = [await buildAgent(database, { role: 'supervisor' }), uuid(), uuid()];
  await database.query(
    `insert into own_role (id, name, base, permissions, sees) values ($1, $2, 'supervisor', $3, 'own_queues')`,
    [role, JSON.stringify({ en: role }), permissions],
  );
  await database.query('update agent set own_role_id = $2 where id = $1', [one.id, role]);
  await database.query('insert into queue (id, name) values ($1, $2)', [queue, `Elsewhere ${queue}`]);
  await database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queue, one.id]);
  return one;
}

async function console(agentId: string): Promise<LiveConsole> {
  const opened = await openedConsole(all.hub, agentId);
  consoles.push(opened);
  return opened;
}

interface Talk extends Ways {
  ticket: string;
}

/** A visitor's chat that Sara has. */
async function talk(): Promise<Talk> {
  const token = await visitorToken(all.hub, all.channels.web);
  const visitor = await openedChat(all.hub, all.channels.web, token);
  const word = `hello ${uuid()}`;
  await visitor.say(word);
  const [row] = await all.hub.database.query<{ conversation: string; customer: string; ticket: string }>(
    `select m.conversation_id as conversation, c.customer_id as customer, t.id as ticket
     from message m join conversation c on c.id = m.conversation_id join ticket t on t.conversation_id = c.id where m.body = $1`,
    [word],
  );
  const { conversation, customer, ticket } = row as { conversation: string; customer: string; ticket: string };
  await assign(ticket, null, all.sara.id);
  return { all, receiver, visitor, token, customer, conversation, ticket };
}

async function assign(ticket: string, expected: string | null, agentId: string | null): Promise<void> {
  const answer = await all.admin.call<TicketView>(`/api/tickets/${ticket}/assignment`, { body: { agentId, expected } });
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.anything()]);
}

const whisper = (by: Caller, conversation: string, words: string, more: object = {}, id: string = uuid()) =>
  by.call(`/api/conversations/${conversation}/whispers/${id}`, { method: 'PUT', body: { words, ...more } });
const seenBy = async (who: Caller, conversation: string): Promise<SteeringView> =>
  (await who.call<SteeringView>(`/api/conversations/${conversation}/steering`)).body;
const watched = async (conversation: string, who = supervisor): Promise<WatchView> =>
  (await who.call<WatchView>(`/api/conversations/${conversation}/watch`)).body;
const hearsOf = (who: LiveConsole, kind: SteeringFrame['kind'], conversation: string): Promise<void> =>
  who.until(`hears of the ${kind}`, () =>
    who.of<SteeringFrame>('steering.changed').some((one) => one.kind === kind && one.conversation === conversation),
  );

async function acts(conversation: string): Promise<string[]> {
  const rows = await all.hub.database.query<{ action: string }>(
    `select action from audit where entry::jsonb ->> 'subject' = $1 order by at, id`,
    [conversation],
  );
  return rows.map(({ action }) => action);
}

describe('watching', () => {
  it('shows everything live, marks nothing read, is seen by nobody, and stands in the audit once', async () => {
    const { conversation, visitor } = await talk();
    const [hers, sara] = [await console(lead.id), await console(all.sara.id)];
    await sara.watch(conversation);
    const begun = await hers.ask<{ revs: Record<string, number> }>('steering.watch', { conversation });
    const again = await hers.ask('steering.watch', { conversation });
    expect([begun, again.ok]).toEqual([{ ok: true, value: { revs: { [conversation]: expect.any(Number) } } }, true]);
    hers.row(conversation).rev = begun.ok ? (begun.value.revs[conversation] ?? 0) : 0;
    await visitor.say('are you there?');
    await hers.until('hears it live', () => hers.bodies(conversation).includes('are you there?'));
    await sara.until('hears it too', () => sara.hasHeard('are you there?'));
    visitor.socket.emit('typing', { on: true });
    await hers.until('sees them type', () => hers.of<{ conversation: string }>('customer.typing').length === 1);
    expect(hers.of('customer.typing')).toMatchObject([{ conversation }]);
    expect((await openConversation(supervisor, conversation)).unread).toBe(2);
    expect((await all.hub.database.query('select 1 from read_cursor where agent_id = $1', [lead.id])).length).toBe(0);
    // Sara is told who else is there when she opens it, and nothing since.
    expect([sara.hasHeard(lead.id), sara.hasHeard('steering.changed')]).toEqual([false, false]);
    expect((await seenBy(all.agent, conversation)).watchers).toEqual([]);
    expect((await watched(conversation)).watchers).toMatchObject([{ id: lead.id, name: 'Leyla' }]);
    expect(await hers.ask('steering.unwatch', { conversation })).toMatchObject({ ok: true });
    expect((await watched(conversation)).watchers).toEqual([]);
    expect((await acts(conversation)).filter((act) => act.includes('watch'))).toEqual([
      'conversation.watched',
      'conversation.watch_ended',
    ]);
    // What a console says counts in its order, however fast it comes.
    await Promise.all([hers.ask('steering.watch', { conversation }), hers.ask('steering.unwatch', { conversation })]);
    expect((await watched(conversation)).watchers).toEqual([]);
  });

  it('is told to the agent where the organisation says so', async () => {
    const { conversation } = await talk();
    const [hers, sara] = [await console(lead.id), await console(all.sara.id)];
    expect((await colleague.call('/api/steering/rules')).status).toBe(403);
    await all.admin.call('/api/steering/rules', { method: 'PUT', body: { tellWatched: true } });
    await hers.ask('steering.watch', { conversation });
    await hearsOf(sara, 'watch', conversation);
    expect((await seenBy(all.agent, conversation)).watchers).toEqual([{ id: lead.id, name: 'Leyla' }]);
    await all.admin.call('/api/steering/rules', { method: 'PUT', body: { tellWatched: false } });
    expect((await seenBy(all.agent, conversation)).watchers).toEqual([]);
  });

  it('ends by itself where its console or its whole node is gone, at the moment when it was last there', async () => {
    const { conversation } = await talk();
    const watches = all.hub.app.get(Watches, { strict: false });
    const hers = await console(lead.id);
    await hers.ask('steering.watch', { conversation });
    await watches.look();
    expect((await watched(conversation)).watchers).toHaveLength(1);
    // What a node leaves that was killed: a row that nobody speaks for any more.
    hers.close();
    await until(
      async () => {
        await all.hub.database.query(
          `update steering_watch set began_at = clock_timestamp() - interval '61 seconds', seen_at = clock_timestamp() - interval '1 minute'
           where conversation_id = $1 and ended_at is null`,
          [conversation],
        );
        await watches.look();
        return (await watched(conversation)).watchers;
      },
      (left) => left.length === 0,
    );
    const [entry] = (await all.admin.call<Page<AuditEntryView>>(`/api/audit?subject=${conversation}`)).body.rows.filter(
      ({ action }) => action === 'conversation.watch_ended',
    );
    expect(entry).toMatchObject({ actor: { id: lead.id }, details: { seconds: 1 } });
  });

  it('is not ended by a look that began before it', async () => {
    const [first, second] = [await talk(), await talk()];
    const hers = await console(lead.id);
    await hers.ask('steering.watch', { conversation: first.conversation });
    const access = all.hub.app.get(GuardedAccess, { strict: false });
    const [reached, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const list = access.listPersons.bind(access);
    jest.spyOn(access, 'listPersons').mockImplementationOnce(async (...asked) => {
      const found = await list(...asked);
      reached.resolve();
      await held.promise;
      return found;
    });
    const look = all.hub.app.get(Watches, { strict: false }).look();
    await reached.promise;
    await hers.ask('steering.watch', { conversation: second.conversation });
    held.resolve();
    await look;
    expect((await watched(second.conversation)).watchers).toHaveLength(1);
    hers.close();
  });

  it('is for supervisors whose queues it is in, as long as they are', async () => {
    const { conversation, visitor } = await talk();
    const away = await scoped('{steering.watch}');
    const [foreign, agent] = [await console(away.id), await console(all.sara.id)];
    expect(await foreign.ask('steering.watch', { conversation })).toEqual({ ok: false, code: 'not_found' });
    expect(await agent.ask('steering.watch', { conversation })).toEqual({ ok: false, code: 'forbidden' });
    const mine = await elsewhere.call(`/api/conversations/${conversation}/watch`);
    expect([mine.status, (await whisper(elsewhere, conversation, 'psst')).status]).toEqual([404, 404]);
    expect((await whisper(all.agent, conversation, 'psst')).status).toBe(403);
    const hers = await console(lead.id);
    await hers.ask('steering.watch', { conversation });
    await agent.watch(conversation);
    const typed = (who: LiveConsole): number => who.of('customer.typing').length;
    visitor.socket.emit('typing', { on: true });
    await hers.until('sees them type', () => typed(hers) === 1);
    await all.hub.database.query(`update agent set role = 'agent' where id = $1`, [lead.id]);
    await all.admin.call(`/api/agents/${lead.id}`, { method: 'PATCH', body: { name: 'Leyla' } });
    visitor.socket.emit('typing', { on: false });
    await agent.until('sees them stop', () => typed(agent) === 2);
    await hers.catchUp();
    expect(typed(hers)).toBe(1);
    await until(
      async () => {
        await all.hub.app.get(Watches, { strict: false }).look();
        return all.hub.database.query('select 1 from steering_watch where conversation_id = $1 and ended_at is null', [
          conversation,
        ]);
      },
      (open) => open.length === 0,
    );
    await all.hub.database.query(`update agent set role = 'supervisor' where id = $1`, [lead.id]);
  });
});

describe('a watch of somebody who is merged', () => {
  it('goes on at once with whom they are now', async () => {
    const [one, other] = [await talk(), await talk()];
    const hers = await console(lead.id);
    expect(await hers.ask('steering.watch', { conversation: one.conversation })).toMatchObject({ ok: true });
    const watches = all.hub.app.get(Watches, { strict: false });
    // Nobody looks but because of the merge.
    await watches.onApplicationShutdown();
    await all.admin.call(`/api/customers/${one.customer}/merge`, { body: { into: other.customer } });
    await until(
      async () => {
        [true, false].forEach((on) => other.visitor.socket.emit('typing', { on }));
        return (await hers.catchUp()) && hers.of<{ conversation: string }>('customer.typing');
      },
      (typed) => typed.some(({ conversation }) => conversation === other.conversation),
    );
    watches.onApplicationBootstrap();
  });
});

describe('whispers', () => {
  it('reach the one who has the work, wait for them, are answered, and are nobody else’s to read', async () => {
    const { conversation, ticket } = await talk();
    const id = uuid();
    expect((await whisper(supervisor, conversation, 'Offer a refund.', {}, id)).status).toBe(204);
    expect((await whisper(supervisor, conversation, 'Offer a refund.', {}, id)).status).toBe(204);
    expect(problem(await whisper(all.admin, conversation, 'Mine.', {}, id))).toEqual([409, 'id_taken', 'id']);
    expect(problem(await whisper(supervisor, conversation, 'Other words.', {}, id))).toEqual([409, 'id_taken', 'id']);
    expect((await whisper(supervisor, conversation, ' \n ')).status).toBe(422);
    const waiting = (await all.agent.call<UnseenWhispersView[]>('/api/me/whispers')).body;
    expect(waiting.filter((one) => one.conversation === conversation)).toMatchObject([
      { count: 1, by: { name: 'Leyla' } },
    ]);
    const sara = await console(all.sara.id);
    await whisper(supervisor, conversation, 'And be quick.');
    await hearsOf(sara, 'whisper', conversation);
    expect(sara.hasHeard('quick')).toBe(false);
    const { whispers } = await seenBy(all.agent, conversation);
    expect(whispers.map(({ words, by, seenAt }) => [words, by.name, seenAt])).toEqual([
      ['Offer a refund.', 'Leyla', null],
      ['And be quick.', 'Leyla', null],
    ]);
    const hers = await console(lead.id);
    // Somebody who whispered here as well, and looks on, and has lost the right since.
    const former = await buildAgent(all.hub.database, { role: 'supervisor' });
    expect((await whisper(await signedIn(all.hub, former.id), conversation, 'Me too.')).status).toBe(204);
    const theirs = await console(former.id);
    expect(await theirs.ask('steering.watch', { conversation })).toMatchObject({ ok: true });
    await hearsOf(theirs, 'watch', conversation);
    await all.admin.call(`/api/agents/${former.id}`, { method: 'PATCH', body: { role: 'agent' } });
    const answer = { method: 'PUT', body: { words: 'How much?' } };
    const path = `/api/conversations/${conversation}/whispers/${uuid()}/answer`;
    expect((await all.agent.call(path, answer)).status).toBe(204);
    await hearsOf(hers, 'whisper', conversation);
    await theirs.catchUp();
    expect(theirs.of<SteeringFrame>('steering.changed').map(({ kind }) => kind)).toEqual(['watch']);
    expect(await theirs.ask('steering.watch', { conversation })).toMatchObject({ ok: false });
    const told = (await watched(conversation)).whispers;
    expect(told.map(({ words, by, seenAt }) => [words, by.name, seenAt !== null])).toEqual([
      ['Offer a refund.', 'Leyla', true],
      ['And be quick.', 'Leyla', true],
      ['Me too.', former.name, true],
      ['How much?', 'Sara', false],
    ]);
    expect((await all.agent.call<UnseenWhispersView[]>('/api/me/whispers')).text).not.toContain(conversation);
    expect((await seenBy(colleague, conversation)).whispers).toEqual([]);
    expect(problem(await colleague.call(path, answer))).toEqual([409, 'no_whisper', undefined]);
    expect((await acts(conversation)).filter((act) => act.includes('whisper'))).toEqual([
      'whisper.sent',
      'whisper.sent',
      'whisper.sent',
      'whisper.answered',
    ]);
    await assign(ticket, all.sara.id, null);
    expect(problem(await whisper(supervisor, conversation, 'Anybody?'))).toEqual([409, 'nobody_works', undefined]);
    expect((await whisper(supervisor, conversation, 'You?', { agentId: all.sara.id })).status).toBe(204);
    const stranger = await buildAgent(all.hub.database);
    expect(problem(await whisper(supervisor, conversation, 'You?', { agentId: stranger.id }))).toEqual([
      422,
      'agent_cannot_read',
      'agentId',
    ]);
    await all.agent.call(`/api/conversations/${conversation}/whispers/seen`, { method: 'POST' });
    expect(
      (await seenBy(all.agent, conversation)).whispers.every((one) => one.by.id === all.sara.id || one.seenAt),
    ).toBe(true);
  });

  it('stand in their own table and nowhere else; whatever else is said is found by the same search', async () => {
    const one = await talk();
    const { conversation } = one;
    const [whispered, said, noted] = ['wombat', 'heron', 'marmot'].map((word) => `${word}${uuid().slice(-12)}`) as [
      string,
      string,
      string,
    ];
    const headers = { 'idempotency-key': uuid() };
    const sent = await supervisor.call(`/api/conversations/${conversation}/whispers/${uuid()}`, {
      method: 'PUT',
      body: { words: `Say ${whispered}` },
      headers,
    });
    expect(sent.status).toBe(204);
    await all.agent.call(`/api/conversations/${conversation}/whispers/${uuid()}/answer`, {
      method: 'PUT',
      body: { words: `Why ${whispered}?` },
      headers: { 'idempotency-key': uuid() },
    });
    await all.agent.call(`/api/conversations/${conversation}/hand`, { method: 'PUT', body: { words: 'Help' } });
    await replyBy(all.agent, conversation, 'web', `Yes, ${said}`);
    await all.agent.call(`/api/conversations/${conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: noted },
    });
    await one.visitor.until('hears the answer', () => one.visitor.hasHeard(said));
    const transcript = await fetch(`${all.hub.url}/api/chat/${all.channels.web}/transcript`, {
      method: 'POST',
      headers: { authorization: `Bearer ${one.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ locale: 'en', timeZone: 'UTC', to: `${uuid()}@example.org` }),
    });
    expect(transcript.status).toBe(204);
    await all.world.mail.waitFor(({ text }) => text.includes(said));
    await until(
      () => Promise.resolve(receiver.told),
      (told) => [said, noted].every((word) => told.some(({ body }) => body.includes(word))),
    );
    all.hub.app.get(Log).info('planted', { word: noted });
    await recordAct(all.hub.database, { actorId: lead.id, action: 'system.diagnosed', subject: noted });
    // The search finds what stands where it looks, so that finding nothing means something.
    expect(await placesOf(one, said)).toEqual(
      expect.arrayContaining([
        'a mail',
        'a webhook',
        'public.message',
        'the conversation',
        'the export',
        "the person's archive",
        'the search',
        'the transcript',
        'the visitor',
      ]),
    );
    expect(await placesOf(one, noted)).toEqual(
      expect.arrayContaining(['log', 'public.audit', 'public.message', 'the audit', 'the export']),
    );
    expect(await placesOf(one, whispered)).toEqual(['public.whisper']);
    await all.hub.database.query(`update ticket set subject = $2 where id = $1`, [one.ticket, whispered]);
    expect(await placesOf(one, whispered)).toContain('public.ticket');
  }, 30_000);

  it('are read by nothing but what shows them, erases them and takes the demonstration away', async () => {
    const root = join(import.meta.dirname, '../..');
    const files = (
      await Promise.all(
        ['apps/hub/src', 'libs'].map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
      )
    ).flat();
    const reading: string[] = [];
    for (const file of files.filter(({ name }) => name.endsWith('.ts'))) {
      const path = join(file.parentPath, file.name);
      if (/\b(?:from|into|join|update|table:?) ['"]?whisper\b|\['whisper'/u.test(await readFile(path, 'utf8'))) {
        reading.push(relative(join(root, 'apps/hub/src'), path));
      }
    }
    expect(reading.toSorted()).toEqual([
      'database/migrations/0064-steering.ts',
      'privacy/personal-data.ts',
      'settings/demo/demo-rows.query.ts',
      'supervision/steering/steering-age.service.ts',
      'supervision/steering/steering.query.ts',
      'supervision/steering/whispers.service.ts',
    ]);
  });

  it('never change, and go with time', async () => {
    const { conversation } = await talk();
    await whisper(supervisor, conversation, 'For today only.');
    const { database } = all.hub;
    await expect(
      database.query(`update whisper set words = 'Never mind.' where conversation_id = $1`, [conversation]),
    ).rejects.toThrow(/never changes/);
    await database.query('alter table whisper disable trigger whisper_stays');
    await database.query(`update whisper set at = at - interval '91 days' where conversation_id = $1`, [conversation]);
    await database.query('alter table whisper enable trigger whisper_stays');
    await all.hub.app.get(Housekeeping, { strict: false }).run();
    expect((await watched(conversation)).whispers).toEqual([]);
  });
});

describe('a raised hand', () => {
  it('calls the supervisors who may come, is taken by one, and lies on the board until it is lowered', async () => {
    const { conversation, ticket } = await talk();
    const hers = await console(lead.id);
    const path = `/api/conversations/${conversation}/hand`;
    const raise = (who: Caller, words: string) => who.call(path, { method: 'PUT', body: { words } });
    expect(problem(await raise(colleague, 'Me!'))).toEqual([409, 'not_your_work', undefined]);
    expect((await raise(all.agent, 'He wants a lawyer.')).status).toBe(204);
    expect((await raise(all.agent, 'He wants two lawyers.')).status).toBe(204);
    await hearsOf(hers, 'hand', conversation);
    const [hand] = (await supervisor.call<BoardHand[]>('/api/hands')).body.filter(
      ({ ticket: { id } }) => id === ticket,
    );
    expect(hand).toMatchObject({ agent: { name: 'Sara' }, words: 'He wants two lawyers.', takenBy: null });
    const onBoard = async (who: Caller) => (await who.call<BoardView>('/api/board')).body.hands;
    expect((await onBoard(supervisor)).map(({ id }) => id)).toContain(hand?.id);
    expect(await onBoard(elsewhere)).toEqual([]);
    const { rows } = await until(
      async () => (await supervisor.call<Page<NoticeView>>('/api/me/notices?limit=50')).body,
      (page) => page.rows.some(({ kind, about }) => kind === 'hand' && about?.conversation === conversation),
    );
    expect(rows.filter(({ about }) => about?.conversation === conversation)).toMatchObject([
      { kind: 'hand', about: { by: { name: 'Sara' }, ticket: { id: ticket }, text: '' } },
    ]);
    const door = `/api/hands/${hand?.id ?? ''}`;
    expect((await elsewhere.call(`${door}/take`, { method: 'POST' })).status).toBe(404);
    expect((await supervisor.call(`${door}/take`, { method: 'POST' })).status).toBe(204);
    expect(problem(await all.admin.call(`${door}/take`, { method: 'POST' }))).toEqual([409, 'hand_settled', undefined]);
    expect((await seenBy(all.agent, conversation)).hand).toMatchObject({ takenBy: { name: 'Leyla' } });
    expect((await remove(supervisor, door)).status).toBe(204);
    expect((await seenBy(all.agent, conversation)).hand).toBeNull();
    expect((await acts(conversation)).filter((act) => act.includes('hand'))).toEqual([
      'hand.raised',
      'hand.taken',
      'hand.lowered',
    ]);
  });

  it('is lowered when the work goes, whichever way it goes', async () => {
    const [handed, solved] = [await talk(), await talk()];
    for (const { conversation } of [handed, solved]) {
      await all.agent.call(`/api/conversations/${conversation}/hand`, { method: 'PUT', body: {} });
      expect(await seenBy(all.agent, conversation)).toMatchObject({ mayRaise: true, hand: { words: '' } });
    }
    await assign(handed.ticket, all.sara.id, null);
    const view: ConversationView = await openConversation(all.agent, solved.conversation);
    const version = view.tickets.find(({ id }) => id === solved.ticket)?.version;
    await all.agent.call(`/api/tickets/${solved.ticket}`, { method: 'PATCH', body: { version, state: 'solved' } });
    for (const { conversation } of [handed, solved]) {
      expect(await seenBy(all.agent, conversation)).toMatchObject({ mayRaise: false, hand: null });
    }
  });
});
