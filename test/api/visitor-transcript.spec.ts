import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedChat, type VisitorChat } from '../support/live-client.js';

let all: ConnectedWorld;
const open: { close(): void }[] = [];

beforeAll(async () => {
  all = await startConnectedWorld();
}, 60_000);
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => all?.close());

const newToken = (): string => all.hub.app.get(VisitorTokens, { strict: false }).issue(all.channels.web);

async function come(token: string): Promise<VisitorChat> {
  const chat = await openedChat(all.hub, all.channels.web, token);
  open.push(chat);
  return chat;
}

/** Somebody who said something. */
async function speak(body: string, token = newToken()): Promise<{ token: string; conversation: string }> {
  await (await come(token)).say(body);
  const [row] = await all.hub.database.query<{ id: string }>(
    'select conversation_id as id from message where body = $1',
    [body],
  );
  return { token, conversation: (row as { id: string }).id };
}

async function answer(conversation: string, body: string, kind: 'text' | 'note' = 'text'): Promise<void> {
  const { ways } = await openConversation(all.agent, conversation);
  const way = ways.find(({ channelKind }) => channelKind === 'web');
  const route = kind === 'text' ? { channelId: way?.channelId, identityId: way?.identityId } : {};
  const { status } = await all.agent.call(`/api/conversations/${conversation}/messages`, {
    body: { id: uuid(), kind, body, ...route },
  });
  expect(status).toBe(201);
}

/** Something of ours in the same conversation: by SMS to the same visitor, or in the chat of another browser of theirs. */
async function passOver(conversation: string, body: string, over: 'sms' | 'web'): Promise<void> {
  const other = uuid();
  await all.hub.database.query(
    `insert into identity (id, customer_id, kind, address, trust) select $1, customer_id, 'web', $2, 'proven' from conversation where id = $3`,
    [other, uuid(), conversation],
  );
  await all.hub.database.query(
    `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, kind, body, delivery)
     select $1, m.conversation_id, $2, case when $3 = 'sms' then m.identity_id else $4 end, 'out', 'agent', $5, 'text', $6, 'sent'
     from message m where m.conversation_id = $7 and m.direction = 'in' limit 1`,
    [uuid(), all.channels[over], over, other, all.sara.id, body, conversation],
  );
}

const path = () => `${all.hub.url}/api/chat/${all.channels.web}/transcript`;

async function download(token: string, locale = 'en'): Promise<{ status: number; text: string; headers: Headers }> {
  const reply = await fetch(`${path()}?locale=${locale}&timeZone=Asia/Tehran`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: reply.status, text: await reply.text(), headers: reply.headers };
}

async function mail(token: string, to: string): Promise<[number, string | undefined]> {
  const reply = await fetch(path(), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ locale: 'en', timeZone: 'Asia/Tehran', to }),
  });
  const text = await reply.text();
  return [reply.status, text === '' ? undefined : (JSON.parse(text) as { code?: string }).code];
}

describe('a transcript to keep', () => {
  it('has what passed over this chat with this visitor: no note, no other browser, no other channel', async () => {
    const [mine, theirs, note] = [`<b>mine</b> ${uuid()}`, `theirs ${uuid()}`, `note ${uuid()}`];
    const { token, conversation } = await speak(mine);
    await speak(theirs);
    await answer(conversation, 'Hello from Sara');
    await answer(conversation, note, 'note');
    const [elsewhere, otherBrowser] = [`sms ${uuid()}`, `browser ${uuid()}`];
    await passOver(conversation, elsewhere, 'sms');
    await passOver(conversation, otherBrowser, 'web');
    const { status, text, headers } = await download(token);
    expect(status).toBe(200);
    expect([text.includes(elsewhere), text.includes(otherBrowser)]).toEqual([false, false]);
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('Hello from Sara');
    expect(text).toContain(mine.slice(-36));
    expect(text).not.toContain('<b>mine');
    expect(text).not.toContain(theirs);
    expect(text).not.toContain(note);
    expect((await download(token, 'fa')).text).toContain('dir="rtl"');
  });

  it('is not there for a stranger, or for somebody who said nothing', async () => {
    expect((await download('nonsense')).status).toBe(404);
    expect((await download(newToken())).status).toBe(404);
    const { token } = await speak(`hello ${uuid()}`);
    expect((await download(token, 'xx')).status).toBe(422);
  });
});

describe('a transcript by mail', () => {
  it('goes out once somebody has answered, and seldom', async () => {
    const to = `${uuid()}@example.org`;
    const { token, conversation } = await speak(`send me this ${uuid()}`);
    expect(await mail(token, to)).toEqual([409, 'nobody_answered']);
    await answer(conversation, 'Here you are');
    expect(await mail(token, 'nobody')).toEqual([422, 'email_invalid']);
    expect(await mail(token, to)).toEqual([204, undefined]);
    const sent = await all.world.mail.waitFor(({ envelope }) => envelope.to.includes(to));
    expect(sent.text).toContain('Here you are');
    expect(sent.text).toContain('send me this');
    expect(await mail(token, to)).toEqual([204, undefined]);
    expect(await mail(token, to)).toEqual([204, undefined]);
    expect((await mail(token, to))[0]).toBe(429);
    const other = await speak(`me too ${uuid()}`);
    await answer(other.conversation, 'You too');
    expect(await mail(other.token, to)).toEqual([409, 'mail_refused']);
  });

  it('never goes to an address that wants nothing of us', async () => {
    const to = `${uuid()}@example.org`;
    await all.hub.database.query(
      `insert into suppressed_address (id, kind, address, reason, said) values ($1, 'email', $2, 'complaint', 'stop')`,
      [uuid(), to],
    );
    const { token, conversation } = await speak(`hello ${uuid()}`);
    await answer(conversation, 'Hi');
    expect(await mail(token, to)).toEqual([409, 'mail_refused']);
  });
});
