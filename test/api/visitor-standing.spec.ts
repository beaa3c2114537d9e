import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerView, MessageView, PersonPrivacyView, VisitorFormCall, VisitorStanding } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { VisitorPresence } from '../../apps/hub/src/live/visitor-presence.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { newChat } from '../support/bot-chat.js';
import { deploy, menuScript, publishScript } from '../support/bot-scene.js';
import {
  bePresent,
  listRows,
  openConversation,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { findTraces } from '../support/find-traces.js';
import { buildChannel, buildQueue, openedChat, type VisitorChat } from '../support/live-client.js';
import { until } from '../support/until.js';

let all: ConnectedWorld;
const open: { close(): void }[] = [];

beforeAll(async () => {
  all = await startConnectedWorld();
}, 60_000);
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => all?.close());

/** A visitor of a chat of its own, whose queue nobody else is in. */
interface Comer {
  token: string;
  channel: string;
}

async function visit(inside: object = {}, members: string[] = [all.sara.id]): Promise<VisitorChat & Comer> {
  const queueId = await buildQueue(all.hub.database, { members });
  const channel = await buildChannel(all.hub, { kind: 'web', queueId, config: { inside } });
  return comeTo(channel.id);
}

async function comeTo(channelId: string, token?: string): Promise<VisitorChat & Comer> {
  const mine = token ?? all.hub.app.get(VisitorTokens, { strict: false }).issue(channelId);
  const chat = await openedChat(all.hub, channelId, mine);
  open.push(chat);
  return Object.assign(chat, { token: mine, channel: channelId });
}

async function standing(chat: VisitorChat, locale: 'en' | 'fa' = 'en'): Promise<VisitorStanding> {
  const answer = await chat.ask<VisitorStanding>('standing', { locale });
  if (!answer.ok) {
    throw new Error(answer.code);
  }
  return answer.value;
}

const fillIn = (chat: VisitorChat, form: Partial<VisitorFormCall>) =>
  chat.ask<{ seq: number; link: string | null }>('form', { id: uuid(), locale: 'en', values: {}, ...form });

/** The conversation that somebody began with these words. */
async function conversationOf(body: string): Promise<string> {
  const [row] = await until(
    () => all.hub.database.query<{ id: string }>('select conversation_id as id from message where body = $1', [body]),
    (rows) => rows.length > 0,
  );
  return (row as { id: string }).id;
}

const before = {
  isOn: true,
  name: 'required',
  email: 'required',
  phone: 'off',
  question: { en: 'Which order?', fa: 'کدام سفارش؟' },
  consent: { en: 'I agree', fa: '' },
};

describe('the form before the first message', () => {
  it('is asked once, becomes a message of the visitor, and proves nothing', async () => {
    const chat = await visit({ before });
    expect((await standing(chat, 'fa')).form?.map(({ name, label }) => [name, label])).toEqual([
      ['name', ''],
      ['email', ''],
      ['question', 'کدام سفارش؟'],
      ['consent', 'I agree'],
    ]);
    const address = `${uuid()}@example.com`;
    const values = { name: 'Sara M', email: address.toUpperCase(), question: '17', consent: 'yes' };
    const form = { id: uuid(), kind: 'before' as const, values };
    expect(await fillIn(chat, form)).toMatchObject({ ok: true, value: { seq: 1 } });
    expect(await fillIn(chat, form)).toMatchObject({ ok: true, value: { seq: 1 } });
    expect((await standing(chat)).form).toBeNull();
    const text = `Which order? 17\nName: Sara M\nE-mail: ${address}\nAgreed to: I agree`;
    expect((await chat.catchUp()).messages).toMatchObject([{ from: 'me', body: text }]);

    const view = await openConversation(all.agent, await conversationOf(text));
    expect(view.messages).toContainEqual(expect.objectContaining({ kind: 'form', body: text }));
    expect(view.customer).toMatchObject({ name: 'Sara M', claims: [{ kind: 'email', address, source: 'form' }] });
    expect(view.customer.identities.map(({ kind }) => kind)).toEqual(['web']);
    // What they agreed to is kept apart from the message, once however often the form comes.
    const { body } = await all.admin.call<PersonPrivacyView>(`/api/customers/${view.customer.id}/privacy`);
    expect(body.consents).toMatchObject([{ words: 'I agree', withdrawnAt: null }]);
    // It is taken back as easily as it was given, and by nobody else.
    expect((await standing(chat)).hasAgreed).toBe(true);
    const takeBack = (token: string) =>
      fetch(`${all.hub.url}/api/chat/${chat.channel}/consent-withdrawals`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{}',
      });
    expect((await takeBack('nobody')).status).toBe(404);
    // Merged meanwhile: the act stands with whom they are now.
    const [known, begun] = [await visit(), uuid()];
    await known.say(begun);
    const into = (await openConversation(all.agent, await conversationOf(begun))).customer.id;
    const merged = await all.admin.call(`/api/customers/${view.customer.id}/merge`, { body: { into } });
    expect(merged.status).toBe(200);
    const both = [await takeBack(chat.token), await takeBack(chat.token)];
    expect(both.map(({ status }) => status)).toEqual([204, 204]);
    expect((await standing(chat)).hasAgreed).toBe(false);
    const acts = await all.hub.database.query<{ subject: string }>(
      `select entry::jsonb ->> 'subject' as subject from audit where action = 'customer.consent_withdrawn'`,
    );
    expect(acts).toEqual([{ subject: into }]);
    const { body: after } = await all.admin.call<PersonPrivacyView>(`/api/customers/${into}/privacy`);
    expect(after.consents).toMatchObject([{ words: 'I agree', withdrawnAt: expect.any(String) }]);
  });

  it('says which field is wrong, and stores nothing of it', async () => {
    const chat = await visit({ before });
    const whole = { name: 'S', email: 'a@example.com', question: '17', consent: 'yes' };
    const tried = async (values: object) => fillIn(chat, { kind: 'before', values: { ...whole, ...values } });
    expect(await tried({ email: 'nothing' })).toEqual({ ok: false, code: 'email_invalid' });
    expect(await tried({ consent: '' })).toEqual({ ok: false, code: 'consent_missing' });
    expect(await chat.ask('form', { kind: 'before' })).toEqual({ ok: false, code: 'invalid' });
    expect(await chat.catchUp()).toEqual({ rev: 0, messages: [] });
  });
});

describe('the consent that a chat asks for', () => {
  it('comes before anything is kept: what is said, filled in or sent without it is found nowhere', async () => {
    const chat = await visit({ before });
    const canary = `quokka${uuid().slice(-12)}`;
    const contact = { name: canary, email: `${canary}@example.com`, question: canary };
    const page = { url: `https://shop.example/${canary}`, title: canary, referrer: '' };
    const upload = () =>
      fetch(`${all.hub.url}/api/chat/${chat.channel}/attachments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${chat.token}`,
          'content-type': 'application/octet-stream',
          'x-file-name': `${canary}.txt`,
        },
        body: canary,
      });
    const say = () => chat.ask('say', { id: uuid(), body: canary, page });
    const tell = () =>
      fillIn(chat, { kind: 'away', way: 'email', values: { message: canary, email: contact.email }, page });
    const refused = { ok: false, code: 'consent_missing' };
    expect(await say()).toEqual(refused);
    expect(await tell()).toEqual(refused);
    expect(await fillIn(chat, { kind: 'before', values: contact, page })).toEqual(refused);
    const file = await upload();
    expect([file.status, ((await file.json()) as { code: string }).code]).toEqual([422, 'consent_missing']);
    expect(await findTraces(all.hub, [canary])).toEqual([]);

    expect(await fillIn(chat, { kind: 'before', values: { ...contact, consent: 'yes' } })).toMatchObject({ ok: true });
    expect(await Promise.all([say(), tell()])).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await upload()).status).toBe(201);
    expect((await findTraces(all.hub, [canary])).length).toBeGreaterThan(5);
  });
});

describe('whether somebody is there', () => {
  it('is whether an agent of the queue is at their console, where nothing else is set', async () => {
    const chat = await visit();
    expect((await standing(chat)).isOpen).toBe(false);
    await bePresent(all);
    const other = await visit();
    expect((await standing(other)).isOpen).toBe(true);
    const nobodys = await visit({}, []);
    expect((await standing(nobodys)).isOpen).toBe(false);
  });

  it('is never away where a script answers', async () => {
    const queueId = await buildQueue(all.hub.database, {});
    const channel = await buildChannel(all.hub, { kind: 'web', queueId });
    await deploy(all.hub.database, await publishScript(all.hub.database, menuScript), channel.id);
    const chat = await comeTo(channel.id);
    expect((await standing(chat)).isOpen).toBe(true);
    await chat.say(`hello ${uuid()}`);
    await until(
      () => Promise.resolve(chat.messages()),
      (messages) => messages.some(({ from }) => from === 'bot'),
    );
    expect((await standing(chat)).isOpen).toBe(true);
  });

  it('is what the hours say, where a channel has some, with words of its own', async () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' }));
    const away = (times: object[]) => ({
      away: { when: 'hours', hours: { timeZone: 'Asia/Tehran', times }, words: { en: 'Back at nine', fa: '' } },
    });
    expect((await standing(await visit(away(always), []))).isOpen).toBe(true);
    expect(await standing(await visit(away([])), 'fa')).toMatchObject({
      isOpen: false,
      opensAt: null,
      awayWords: 'Back at nine',
    });
  });

  it('is what a calendar says, where the chat goes by one, and when it opens again', async () => {
    const calendarId = uuid();
    await all.hub.database.query(`insert into calendar (id, name, tz) values ($1, $2, 'UTC')`, [
      calendarId,
      calendarId,
    ]);
    const chat = await visit({ away: { when: 'calendar', calendarId } }, []);
    expect(await standing(chat)).toMatchObject({ isOpen: false, opensAt: null });
    const tomorrow = new Date(Date.now() + 86_400_000);
    const weekday = tomorrow.getUTCDay() || 7;
    const later = uuid();
    await all.hub.database.query(`insert into calendar (id, name, tz) values ($1, $2, 'UTC')`, [later, later]);
    await all.hub.database.query(
      `insert into calendar_window (calendar_id, valid, dow, minutes) values ($1, '[,)', $2, '[540,1020)')`,
      [later, weekday],
    );
    const other = await visit({ away: { when: 'calendar', calendarId: later } }, []);
    expect(await standing(other)).toMatchObject({
      isOpen: false,
      opensAt: `${tomorrow.toISOString().slice(0, 10)}T09:00:00.000Z`,
    });
  });
});

describe('those who wait', () => {
  it('know their place in line, until an agent has them', async () => {
    const queueId = await buildQueue(all.hub.database, { members: [] });
    const inside = { away: { when: 'never' } };
    const channel = await buildChannel(all.hub, { kind: 'web', queueId, config: { inside } });
    const [first, second] = [await comeTo(channel.id), await comeTo(channel.id)];
    expect((await standing(first)).queue).toBeNull();
    const [one, two] = [uuid(), uuid()];
    await first.say(one);
    await second.say(two);
    expect((await standing(first)).queue).toMatchObject({ place: 1 });
    expect((await standing(second)).queue).toMatchObject({ place: 2 });
    const [ticket] = await all.hub.database.query<{ id: string }>(
      'select ticket_id as id from message where body = $1',
      [one],
    );
    const taken = await all.admin.call(`/api/tickets/${ticket?.id}/assignment`, {
      body: { agentId: all.sara.id, expected: null },
    });
    expect([taken.status, taken.text]).toEqual([200, expect.any(String)]);
    await until(
      () => standing(first),
      ({ queue }) => queue === null,
    );
    expect((await standing(second)).queue).toMatchObject({ place: 1 });
  });

  it('hear that what they wrote was read', async () => {
    const chat = await visit({ away: { when: 'never' } });
    const body = uuid();
    await chat.say(body);
    const conversation = await conversationOf(body);
    expect((await standing(chat)).read).toBe(0);
    const read = await all.agent.call(`/api/conversations/${conversation}/read`, { body: { conversation, seq: 1 } });
    expect([read.status, read.text]).toEqual([204, '']);
    await chat.until('read', () => chat.of<{ seq: number }>('read').some(({ seq }) => seq === 1));
    expect((await standing(chat)).read).toBe(1);
  });
});

describe('an answer from one of several that were offered', () => {
  it('is a message with the choice, and says its label', async () => {
    const chat = await visit();
    const body = uuid();
    await chat.say(body);
    const conversation = await conversationOf(body);
    const of = uuid();
    const choices = [
      { id: 'yes', label: 'Yes, please' },
      { id: 'no', label: 'نه' },
    ];
    await all.hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, kind, body, content, delivery)
       select $1, conversation_id, channel_id, identity_id, 'out', 'agent', $4, 'text', 'More?', $3, 'sent' from message where body = $2`,
      [of, body, JSON.stringify({ choices }), all.sara.id],
    );
    expect((await chat.catchUp()).messages.at(-1)).toMatchObject({ id: of, choices });
    const said = { id: uuid(), body: 'Yes, please', choice: { id: 'yes', of } };
    expect(await chat.ask('say', said)).toMatchObject({ ok: true });
    const [stored] = await all.hub.database.query<{ kind: string; content: object }>(
      `select kind, content from message where conversation_id = $1 and body = 'Yes, please'`,
      [conversation],
    );
    expect(stored).toMatchObject({ kind: 'keys', content: { choice: { id: 'yes', of } } });
    expect(await chat.ask('say', { ...said, id: uuid(), choice: { id: 'a b', of } })).toEqual({
      ok: false,
      code: 'invalid',
    });
  });
});

describe('somebody who leaves the chat', () => {
  /** What an agent sees of the visitor, once it is so. */
  async function seen(conversation: string, fits: (customer: CustomerView) => boolean): Promise<CustomerView> {
    await all.hub.app.get(VisitorPresence, { strict: false }).settled();
    return (
      await until(
        () => openConversation(all.agent, conversation),
        ({ customer }) => fits(customer),
      )
    ).customer;
  }
  const chatOf = ({ identities }: CustomerView) => identities.find(({ kind }) => kind === 'web')?.chat;

  it('is answered by e-mail by an agent’s own act, and goes on from there in the same conversation', async () => {
    const chat = await visit();
    expect((await standing(chat)).ways).toEqual(expect.arrayContaining(['email', 'sms']));
    const address = `${uuid()}@example.org`;
    const body = `where is it? ${uuid()}`;
    await chat.say(body);
    const conversation = await conversationOf(body);
    const asked = await fillIn(chat, { kind: 'away', way: 'email', values: { email: address } });
    expect(asked).toMatchObject({ ok: true, value: { link: null } });
    expect((await standing(chat)).wish).toEqual({ way: 'email', address });
    expect(chatOf(await seen(conversation, (customer) => chatOf(customer)?.isOpen === true))?.wish).toMatchObject({
      way: 'email',
      address,
    });
    chat.close();
    await seen(conversation, (customer) => chatOf(customer)?.isOpen === false);

    const { ways } = await openConversation(all.agent, conversation);
    expect(ways[0]).toMatchObject({ channelKind: 'web' });
    const way = ways.find((one) => one.channelKind === 'email' && one.address === address);
    expect(way).toMatchObject({ claimed: true, unavailable: null });
    const answered = await all.agent.call<MessageView>(`/api/conversations/${conversation}/messages`, {
      body: {
        id: uuid(),
        kind: 'text',
        body: 'It comes tomorrow.',
        channelId: way?.channelId,
        identityId: way?.identityId,
        subject: 'Your chat with us',
      },
    });
    expect([answered.status, answered.body.conversation]).toEqual([201, conversation]);
    const mail = await all.world.mail.waitFor(({ envelope }) => envelope.to.includes(address));
    expect(mail.text).toContain('It comes tomorrow.');

    const messageId = `<${uuid()}@example.org>`;
    await all.world.mail.writeTo(all.hub.app.get(MailReceiver).port as number, {
      from: address,
      to: mail.headers['reply-to']?.match(/[\w.+-]+@[\w.-]+/)?.[0] ?? worldMailbox,
      subject: 'Re: Your chat with us',
      text: 'Thank you!',
      messageId,
      inReplyTo: mail.messageId,
    });
    const [reply] = await all.hub.database.query('select conversation_id from message where mail_id = $1', [messageId]);
    expect(reply).toEqual({ conversation_id: conversation });
    const rows = await listRows(all.agent, 'mine');
    expect(rows.filter((row) => row.conversation === conversation)).toHaveLength(1);
    const back = await comeTo(await channelOf(conversation), chat.token);
    expect((await back.catchUp()).messages.map(({ body: said }) => said)).not.toContain('It comes tomorrow.');
  });

  it('goes on to Telegram by a link that proves who they are', async () => {
    const chat = await visit();
    const body = `on the road ${uuid()}`;
    await chat.say(body);
    const conversation = await conversationOf(body);
    expect((await standing(chat)).ways).toContain('telegram');
    const asked = await fillIn(chat, { kind: 'away', way: 'telegram' });
    const link = asked.ok ? asked.value.link : null;
    expect(link).toMatch(/^https:\/\/t\.me\/peyk_bot\?start=[\w-]{16,64}$/);
    const token = new URL(link ?? '').searchParams.get('start') ?? '';
    const number = newChat();
    all.world.bot.customer(number, 'Maryam').say(`/start ${token}`);
    const { identities } = await seen(conversation, (customer) =>
      customer.identities.some(({ address }) => address === String(number)),
    );
    expect(identities).toContainEqual(expect.objectContaining({ kind: 'telegram', trust: 'proven' }));
  });

  it('cannot ask for a way that there is no channel for', async () => {
    const chat = await visit();
    expect(await fillIn(chat, { kind: 'away', way: 'email', values: { email: 'x' } })).toEqual({
      ok: false,
      code: 'email_invalid',
    });
    await all.hub.database.query(`update channel set enabled = false where kind in ('email', 'sms')`);
    await all.hub.app.get(ChannelDirectory).refresh();
    expect((await standing(chat)).ways).not.toContain('email');
    expect(await fillIn(chat, { kind: 'away', way: 'sms', values: { phone: '+989121234567' } })).toEqual({
      ok: false,
      code: 'way_invalid',
    });
    await all.hub.database.query(`update channel set enabled = true where kind in ('email', 'sms')`);
    await all.hub.app.get(ChannelDirectory).refresh();
  });

  async function channelOf(conversation: string): Promise<string> {
    const [row] = await all.hub.database.query<{ id: string }>(
      `select m.channel_id as id from message m join channel c on c.id = m.channel_id where m.conversation_id = $1 and c.kind = 'web' limit 1`,
      [conversation],
    );
    return (row as { id: string }).id;
  }
});
