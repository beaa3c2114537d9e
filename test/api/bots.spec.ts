import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { BotSessionView, TicketView } from '#contract';
import { ScriptCatalogue } from '../../apps/hub/src/bots/scripts/script-catalogue.service.js';
import { BotSweeper } from '../../apps/hub/src/bots/sessions/bot.sweeper.js';
import { BotWorlds } from '../../apps/hub/src/bots/sessions/bot-worlds.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { startConnectedWorld, openConversation, replyBy, type ConnectedWorld } from '../support/connected-world.js';
import { botWords, deploy, menuScript, publishScript, sessionOf } from '../support/bot-scene.js';
import { seen } from '../support/bot-chat.js';
import { buildChannel, buildQueue, openedChat, visitorToken } from '../support/live-client.js';
import { inState, join, makeCrowd, makeOutreach, step } from '../support/outreach-scene.js';
import { promised, waitingScript, worksOf, writeMail } from '../support/bot-promises.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let menu: string;
const open: { close(): void }[] = [];

beforeAll(async () => {
  scene = await startConnectedWorld();
  menu = await publishScript(scene.hub.database, menuScript);
  for (const channel of [scene.channels.telegram, scene.channels.gateway, scene.channels.email]) {
    await deploy(scene.hub.database, menu, channel);
  }
}, 60_000);

afterAll(async () => {
  open.splice(0).forEach((client) => client.close());
  await scene?.close();
});

let numbers = 0;
function newNumber(): string {
  numbers += 1;
  return `+98912${String(1_000_000 + numbers)}`;
}

async function conversationOf(address: string): Promise<string> {
  const row = await until(
    async () => {
      const [found] = await scene.hub.database.query<{ id: string }>(
        `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1 and i.retired_at is null`,
        [address],
      );
      return found;
    },
    (found) => found !== undefined,
  );
  return row?.id ?? '';
}

async function ticketsOf(conversation: string): Promise<TicketView[]> {
  return (await openConversation(scene.admin, conversation)).tickets;
}

describe('a bot by SMS', () => {
  it('shows its menu, takes digits in Persian, collects, and ends without any work for people', async () => {
    const from = newNumber();
    await scene.world.gateway.sms({ from, text: 'سلام' });
    const conversation = await conversationOf(from);
    expect((await botWords(scene, conversation, 1))[0]).toContain('۱) پیگیری سفارش');
    await scene.world.gateway.sms({ from, text: '۱' });
    expect((await botWords(scene, conversation, 2))[1]).toBe('شماره سفارش شما چیست؟');
    await scene.world.gateway.sms({ from, text: '۱۲۳۴۵۶' });
    expect((await botWords(scene, conversation, 3))[2]).toBe('سفارش ۱۲۳۴۵۶ در راه است.');
    const session = await sessionOf(scene.hub, conversation, (one) => one?.status === 'ended');
    expect(session).toMatchObject({ outcome: 'resolved', ticketId: null });
    expect(await ticketsOf(conversation)).toEqual([]);
  });

  it('hands over with all that was said, and is silent from then on', async () => {
    const from = newNumber();
    await scene.world.gateway.sms({ from, text: 'hello' });
    const conversation = await conversationOf(from);
    await botWords(scene, conversation, 1);
    await scene.world.gateway.sms({ from, text: '0' });
    await sessionOf(scene.hub, conversation, (one) => one?.status === 'handed_off');
    const view = await openConversation(scene.admin, conversation);
    expect(view.holder).toBe('queue');
    expect(view.tickets).toHaveLength(1);
    const ticket = view.tickets[0] as TicketView;
    expect(view.messages.filter(({ kind }) => kind !== 'event').map(({ ticketId }) => ticketId)).toEqual([
      ticket.id,
      ticket.id,
      ticket.id,
      ticket.id,
    ]);
    expect(view.messages.find(({ event }) => event?.name === 'bot.summary')?.event).toMatchObject({ reason: 'script' });
    await scene.world.gateway.sms({ from, text: 'are you there?' });
    const later = await seen(scene, conversation, ({ messages }) =>
      messages.some(({ body }) => body === 'are you there?'),
    );
    expect(later.messages.find(({ body }) => body === 'are you there?')?.ticketId).toBe(ticket.id);
    expect(later.messages.filter(({ author }) => author.kind === 'bot')).toHaveLength(2);
  });

  it('says nothing more once an agent has answered by any way', async () => {
    const from = newNumber();
    await scene.world.gateway.sms({ from, text: 'hello' });
    const conversation = await conversationOf(from);
    await botWords(scene, conversation, 1);
    await replyBy(scene.agent, conversation, 'sms', 'This is Sara.');
    expect(await sessionOf(scene.hub, conversation)).toMatchObject({ status: 'handed_off', reason: 'agent' });
    await scene.world.gateway.sms({ from, text: '1' });
    const view = await seen(scene, conversation, ({ messages }) => messages.some(({ body }) => body === '1'));
    expect(view.holder).toBe('agent');
    expect(view.messages.filter(({ author }) => author.kind === 'bot')).toHaveLength(1);
  });
});

describe('an answer to something that was told to many', () => {
  it('is heard by the bot first, and waits in the queue of that outreach when it hands over', async () => {
    const from = newNumber();
    const sql = scene.hub.database;
    const crowd = await makeCrowd(sql);
    await join(sql, crowd, { phone: from });
    const queueId = await buildQueue(sql);
    const outreach = await makeOutreach(scene.admin, crowd, { channelIds: [scene.channels.gateway], queueId });
    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    await scene.world.gateway.sms({ from, text: 'tell me more' });
    const conversation = await conversationOf(from);
    await botWords(scene, conversation, 1);
    await scene.world.gateway.sms({ from, text: '0' });
    await sessionOf(scene.hub, conversation, (one) => one?.status === 'handed_off');
    const { tickets, messages } = await openConversation(scene.admin, conversation);
    expect(tickets.map((ticket) => ticket.queueId)).toEqual([queueId]);
    expect(messages.find(({ body }) => body === 'tell me more')?.ticketReason).toBe('answers_outreach');
  });
});

describe('a bot on Telegram', () => {
  it('is answered by buttons, takes a ticket in, and lets people have it when it has ended', async () => {
    const chat = await beginTelegram();
    const shown = await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat.chat).find(({ buttons }) => buttons.length > 0)),
      (found) => found !== undefined,
    );
    const complain = shown?.buttons.find(({ text }) => text === 'Complain');
    scene.world.bot.customer(chat.chat, chat.name).press(complain?.data ?? '', shown?.messageId ?? 0);
    const session = await sessionOf(scene.hub, chat.conversation, (one) => one?.status === 'ended');
    const [ticket] = await ticketsOf(chat.conversation);
    expect(ticket).toMatchObject({ id: session?.ticketId, subject: 'A complaint', tags: ['complaint'] });
    expect((await botWords(scene, chat.conversation, 2))[1]).toBe(`Your ticket is ${String(ticket?.number)}.`);
    expect((await openConversation(scene.admin, chat.conversation)).holder).toBe('queue');
  });
});

async function beginTelegram() {
  const name = `Customer ${uuid().slice(-6)}`;
  const chat = 61_000 + (numbers += 1);
  scene.world.bot.customer(chat, name).say('hello');
  const row = await until(
    async () => {
      const [found] = await scene.hub.database.query<{ id: string }>(
        `select c.id from conversation c join customer k on k.id = c.customer_id where k.name = $1`,
        [name],
      );
      return found;
    },
    (found) => found !== undefined,
  );
  return { chat, name, conversation: row?.id ?? '' };
}

describe('a bot in the chat of a site', () => {
  it('shows buttons, explains an old one, and goes on after an agent gave the customer back', async () => {
    const { hub, agent, admin } = scene;
    const queueId = await buildQueue(hub.database, { members: [scene.sara.id] });
    const channel = await buildChannel(hub, { kind: 'web', queueId });
    await deploy(hub.database, menu, channel.id);
    const chat = await openedChat(hub, channel.id, await visitorToken(hub, channel.id));
    open.push(chat);
    const words = `hello ${uuid()}`;
    await chat.say(words);
    const [first] = await until(
      () => Promise.resolve(chat.messages().filter(({ from }) => from === 'bot')),
      (all) => all.length > 0,
    );
    expect(first?.choices?.map(({ label }) => label)).toContain('Opening hours');
    const press = (label: string) => {
      const choice = first?.choices?.find((one) => one.label === label);
      return chat.ask('say', { id: uuid(), body: label, choice: { id: choice?.id, of: first?.id } });
    };
    await press('Opening hours');
    const bots = () => {
      const all = chat.messages().filter(({ from }) => from === 'bot');
      return Promise.resolve([...new Map(all.map((message) => [message.id, message])).values()]);
    };
    const shownAgain = await until(bots, (all) => all.filter(({ choices }) => choices).length === 2);
    expect(shownAgain.map(({ body }) => body)).toContain('We are open from 9 to 5.');
    await press('Track an order');
    await until(bots, (all) => all.length > shownAgain.length);
    const [row] = await hub.database.query<{ id: string }>(
      'select conversation_id as id from message where body = $1',
      [words],
    );
    const conversation = row?.id ?? '';
    expect(await sessionOf(hub, conversation)).toMatchObject({ node: 'menu' });

    await chat.say('Talk to a person');
    await sessionOf(hub, conversation, (one) => one?.status === 'handed_off');
    await replyBy(agent, conversation, 'web', 'This is Sara.');
    const card = await admin.call<{ session: BotSessionView }>(`/api/conversations/${conversation}/bot`);
    expect(card.body.session).toMatchObject({ status: 'handed_off', reason: 'script', mayReturn: true });
    const back = await agent.call<BotSessionView>(`/api/conversations/${conversation}/bot/return`, { method: 'POST' });
    expect([back.status, back.body.mayReturn]).toEqual([200, false]);
    await sessionOf(hub, conversation, (one) => one?.status === 'active');
    expect((await until(bots, (all) => (all.at(-1)?.choices?.length ?? 0) > 0)).at(-1)?.body).toBe('How can we help?');
    const view = await openConversation(admin, conversation);
    expect(view.holder).toBe('bot');
    expect(view.tickets).toMatchObject([{ state: 'pending' }]);
    const again = await agent.call(`/api/conversations/${conversation}/bot/return`, { method: 'POST' });
    expect(again.status).toBe(409);
  });
});

describe('a bot by e-mail', () => {
  it('writes one mail for a turn, whose links choose by a button only, and takes answers in words as well', async () => {
    const from = `${uuid()}@example.org`;
    await writeMail(scene, from, 'I have a question', { subject: 'A question' });
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
    const links = [...mail.text.matchAll(/http:\/\/peyk\.test(\/b\/[\w-]+)/gu)].map(([, path]) => path ?? '');
    expect(links).toHaveLength(4);
    const conversation = await conversationOf(from);
    const shown = await visit(links[0] ?? '');
    expect([shown.status, shown.text.includes('Track an order')]).toEqual([200, true]);
    expect(await sessionOf(scene.hub, conversation)).toMatchObject({ node: 'menu', turn: 1 });
    expect((await visit(links[0] ?? '', true)).text).toContain('Thank you');
    await sessionOf(scene.hub, conversation, (one) => one?.node === 'ask_order');
    expect((await visit(links[0] ?? '', true)).status).toBe(410);
    expect((await visit('/b/AAAA')).status).toBe(404);
    const thread = { subject: 'Re: A question', inReplyTo: mail.messageId, hidden: [8, 39] as [number, number] };
    await writeMail(scene, from, '123456\n\n> What is your order number?', thread);
    await sessionOf(scene.hub, conversation, (one) => one?.status === 'ended' && one.vars['order'] === '123456');
    expect(await ticketsOf(conversation)).toEqual([]);
  });
});

describe('whoever says nothing, or wants to hear nothing', () => {
  it('is said good bye to when the time is over, and leaves no work behind', async () => {
    const from = newNumber();
    await scene.world.gateway.sms({ from, text: 'hello' });
    const conversation = await conversationOf(from);
    await botWords(scene, conversation, 1);
    await scene.hub.database.query(
      `update bot_session set state = jsonb_set(state, '{wakeAt}', to_jsonb(floor(extract(epoch from clock_timestamp()) * 1000) - 1)),
         wake_at = clock_timestamp() - interval '1 second' where conversation_id = $1`,
      [conversation],
    );
    scene.hub.app.get(BotSweeper).wake();
    const session = await sessionOf(scene.hub, conversation, (one) => one?.status === 'ended');
    expect(session).toMatchObject({ outcome: 'unresolved' });
    expect((await botWords(scene, conversation, 2))[1]).toBe('Good bye.');
    expect(await ticketsOf(conversation)).toEqual([]);
  });

  it('hears no bot after STOP, and reaches people with what they write next', async () => {
    const from = newNumber();
    await scene.world.gateway.sms({ from, text: 'hello' });
    const conversation = await conversationOf(from);
    await botWords(scene, conversation, 1);
    await scene.world.gateway.sms({ from, text: 'STOP' });
    await seen(scene, conversation, ({ messages }) => messages.some(({ body }) => body === 'STOP'));
    const stopped = await sessionOf(scene.hub, conversation, (one) => one?.status === 'ended');
    expect(stopped).toMatchObject({ reason: 'opted_out', outcome: 'abandoned' });
    expect(await ticketsOf(conversation)).toEqual([]);
    await scene.world.gateway.sms({ from, text: '2' });
    const session = await sessionOf(scene.hub, conversation, (one) => one?.status === 'failed');
    expect(session).toMatchObject({ reason: 'opted_out' });
    expect(await ticketsOf(conversation)).toHaveLength(1);
    expect(await botWords(scene, conversation, 1)).toHaveLength(1);
  });
});

async function visit(path: string, chooses = false): Promise<{ status: number; text: string }> {
  const response = await fetch(scene.hub.url + path, { method: chooses ? 'POST' : 'GET' });
  return { status: response.status, text: await response.text() };
}

describe('a hand-off that nobody takes in time', () => {
  it('is taken back: the bot goes on, and what it promised waits in the queue once it has ended', async () => {
    const { hub, admin } = scene;
    const queueId = await buildQueue(hub.database, {});
    const channel = await buildChannel(hub, { kind: 'web', queueId });
    await deploy(hub.database, await publishScript(hub.database, waitingScript), channel.id);
    const chat = await openedChat(hub, channel.id, await visitorToken(hub, channel.id));
    open.push(chat);
    const words = `hello ${uuid()}`;
    await chat.say(words);
    const [row] = await hub.database.query<{ id: string }>(
      'select conversation_id as id from message where body = $1',
      [words],
    );
    const conversation = row?.id ?? '';
    await botWords(scene, conversation, 1);
    await chat.say('xyzzy-4711');
    const handed = await sessionOf(hub, conversation, (one) => one?.status === 'handed_off');
    const [ticket] = await ticketsOf(conversation);
    expect(ticket?.id).toBe(handed?.ticketId);
    await hub.database.query(
      `update bot_session set state = jsonb_set(state, '{wakeAt}', to_jsonb(floor(extract(epoch from clock_timestamp()) * 1000) - 1)),
         wake_at = clock_timestamp() - interval '1 second' where conversation_id = $1`,
      [conversation],
    );
    hub.app.get(BotSweeper).wake();
    await sessionOf(hub, conversation, (one) => one?.status === 'ended');
    expect(await botWords(scene, conversation, 3)).toEqual(['Your secret?', 'Please wait.', 'We will call you.']);
    const view = await openConversation(admin, conversation);
    expect(view.holder).toBe('queue');
    const callbacks = await hub.database.query('select state, way, address from callback where conversation_id = $1', [
      conversation,
    ]);
    expect(callbacks).toEqual([{ state: 'requested', way: 'call', address: '+989121112233' }]);
    const works = await hub.database.query<{ id: string; works: number }>(
      `select t.id, (select count(*)::int from work_item w where w.ticket_id = t.id and w.state = 'queued') as works
       from ticket t where t.conversation_id = $1`,
      [conversation],
    );
    expect(works).toEqual([{ id: ticket?.id, works: 1 }]);
    const kept = await hub.database.query<{ text: string }>(
      `select t::text as text from bot_session t where t.conversation_id = $1
       union all select r::text from bot_turn r join bot_session s on s.id = r.session_id where s.conversation_id = $1
       union all select e::text from bot_effect e join bot_session s on s.id = e.session_id where s.conversation_id = $1
       union all select e::text from bot_event e where e.conversation_id = $1
       union all select m::text from message m where m.conversation_id = $1
       union all select r::text from message_revision r where r.conversation_id = $1
       union all select l.payload::text from event_log l where l.conversation_id = $1
       union all select convert_from(e.raw, 'utf8') from inbound_event e join message m on m.channel_id = e.channel_id and m.external_id = e.external_id
                 where m.conversation_id = $1`,
      [conversation],
    );
    expect(kept.length).toBeGreaterThan(8);
    expect(kept.filter(({ text }) => text.includes('xyzzy'))).toEqual([]);
    const redacted = (await openConversation(admin, conversation)).messages.filter(
      ({ redactedAt }) => redactedAt !== null,
    );
    expect(redacted).toMatchObject([{ direction: 'in', body: '' }]);
  });
});

describe('what a bot promised', () => {
  it('waits for people although somebody took over with a program of their own', async () => {
    const { conversation, channelId } = await promised(scene, open);
    expect(await worksOf(scene, conversation)).toMatchObject([{ works: 0 }]);
    await scene.hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body)
       select $2, c.id, $3, i.id, 'out', 'agent', 'This is Sara.'
       from conversation c join identity i on i.customer_id = c.customer_id where c.id = $1`,
      [conversation, uuid(), channelId],
    );
    expect(await sessionOf(scene.hub, conversation)).toMatchObject({ status: 'handed_off', reason: 'agent' });
    scene.hub.app.get(BotSweeper).wake();
    const works = await until(
      () => worksOf(scene, conversation),
      (all) => all.every(({ works: count }) => count > 0),
    );
    expect(works).toMatchObject([{ works: 1 }]);
  });

  it('is kept when its bot cannot go on, and what is personal stays masked', async () => {
    const { hub } = scene;
    const { conversation, channelId } = await promised(scene, open);
    await hub.database.query('update channel set enabled = false where id = $1', [channelId]);
    await hub.app.get(ChannelDirectory, { strict: false }).refresh();
    await hub.database.query(
      `update bot_session set state = jsonb_set(state, '{wakeAt}', to_jsonb(floor(extract(epoch from clock_timestamp()) * 1000) - 1)),
         wake_at = clock_timestamp() - interval '1 second' where conversation_id = $1`,
      [conversation],
    );
    hub.app.get(BotSweeper).wake();
    await sessionOf(hub, conversation, (one) => one?.status !== 'active');
    expect(await hub.database.query('select state from callback where conversation_id = $1', [conversation])).toEqual([
      { state: 'requested' },
    ]);
    expect((await worksOf(scene, conversation)).every(({ works }) => works === 1)).toBe(true);
    const lines = await hub.database.query<{ text: string }>(
      `select content::text as text from message where conversation_id = $1 and kind = 'event'`,
      [conversation],
    );
    expect(lines.filter(({ text }) => text.includes('4712'))).toEqual([]);
  });

  it('is kept when its timer fails again and again', async () => {
    const { hub } = scene;
    const { conversation } = await promised(scene, open);
    const broken = jest.spyOn(hub.app.get(BotWorlds), 'read').mockRejectedValue(new Error('planted'));
    await until(
      async () => {
        await hub.database.query(
          `update bot_session set wake_at = clock_timestamp() where conversation_id = $1 and status = 'active'`,
          [conversation],
        );
        hub.app.get(BotSweeper).wake();
        return worksOf(scene, conversation);
      },
      (all) => all.every(({ works }) => works === 1),
    );
    broken.mockRestore();
    expect(await sessionOf(hub, conversation)).toMatchObject({ status: 'ended', reason: 'broken' });
  });

  it('is shown to nobody who does not serve its restricted queue', async () => {
    const { conversation, queueId } = await promised(scene, open);
    const other = await buildQueue(scene.hub.database, { members: [scene.sara.id] });
    await scene.hub.database.query(
      `insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, 'Of Sara')`,
      [uuid(), conversation, other],
    );
    const card = () => scene.agent.call<{ session: BotSessionView | null }>(`/api/conversations/${conversation}/bot`);
    expect((await card()).body.session).not.toBeNull();
    await scene.hub.database.query('update queue set restricted = true where id = $1', [queueId]);
    expect((await card()).body.session).toBeNull();
  });
});

describe('two people who turn out to be one', () => {
  it('hear one bot: the one that began later', async () => {
    const { hub, admin } = scene;
    const people = [newNumber(), newNumber()];
    for (const from of people) {
      await scene.world.gateway.sms({ from, text: 'hello' });
      await botWords(scene, await conversationOf(from), 1);
    }
    const talks = await Promise.all(people.map(conversationOf));
    const [first, second] = await Promise.all(talks.map(async (id) => (await openConversation(admin, id)).customer.id));
    const merged = await admin.call(`/api/customers/${String(first)}/merge`, { body: { into: second } });
    expect([merged.status, merged.text]).toEqual([200, merged.text]);
    await scene.world.gateway.sms({ from: people[0] ?? '', text: '2' });
    const ended = await sessionOf(hub, talks[0] ?? '', (one) => one?.status === 'ended');
    expect(ended).toMatchObject({ outcome: 'abandoned', reason: 'held' });
    const live = await hub.database.query(
      `select 1 from bot_session where conversation_id = any ($1::uuid[]) and status in ('active', 'waiting')`,
      [talks],
    );
    expect(live.length).toBeLessThanOrEqual(1);
  });
});

describe('a script that breaks', () => {
  it('leaves what it cannot answer to people after three tries', async () => {
    const { hub } = scene;
    const queueId = await buildQueue(hub.database, { members: [scene.sara.id] });
    const channel = await buildChannel(hub, { kind: 'web', queueId });
    await deploy(hub.database, menu, channel.id);
    jest.spyOn(hub.app.get(ScriptCatalogue), 'pins').mockRejectedValue(new Error('planted'));
    const chat = await openedChat(hub, channel.id, await visitorToken(hub, channel.id));
    open.push(chat);
    const words = `broken ${uuid()}`;
    await chat.say(words);
    const row = await until(
      async () => {
        await hub.database.query(`update bot_event set due_at = clock_timestamp() where state = 'ready'`);
        hub.app.get(BotSweeper).wake();
        const [found] = await hub.database.query<{ ticket: string | null; conversation: string }>(
          'select ticket_id as ticket, conversation_id as conversation from message where body = $1',
          [words],
        );
        return found;
      },
      (found) => (found?.ticket ?? null) !== null,
    );
    jest.restoreAllMocks();
    const facts = await hub.database.query<{ type: string }>(
      `select type from event_log where conversation_id = $1 and type like 'bot.%'`,
      [row?.conversation],
    );
    expect(facts).toEqual([{ type: 'bot.failed' }]);
  });
});

describe('a channel whose script does not apply', () => {
  it('opens the ordinary ticket at once', async () => {
    const { database } = scene.hub;
    const [queue] = await database.query<{ id: string }>('select queue_id as id from channel where id = $1', [
      scene.channels.gateway,
    ]);
    const channel = await buildChannel(scene.hub, { kind: 'web', queueId: queue?.id ?? '' });
    await database.query('update channel set script_id = $2 where id = $1', [channel.id, menu]);
    const chat = await openedChat(scene.hub, channel.id, await visitorToken(scene.hub, channel.id));
    open.push(chat);
    const words = `nobody answers ${uuid()}`;
    await chat.say(words);
    const row = await until(
      async () =>
        (
          await database.query<{ ticket: string | null; holder: string }>(
            `select m.ticket_id as ticket, c.holder from message m join conversation c on c.id = m.conversation_id where m.body = $1`,
            [words],
          )
        )[0],
      (found) => (found?.ticket ?? null) !== null,
    );
    expect(row?.holder).toBe('queue');
  });
});
