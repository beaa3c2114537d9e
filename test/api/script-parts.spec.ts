import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ScriptFileView, ScriptGateView, ScriptView } from '#contract';
import { ScriptFiles } from '../../apps/hub/src/bots/files/script-files.service.js';
import type { Answered, Caller } from '../support/build-rows.js';
import { writeMail } from '../support/bot-promises.js';
import { botWords, deploy, publishScript } from '../support/bot-scene.js';
import { newChat } from '../support/bot-chat.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildChannel, buildQueue, openedChat, visitorToken } from '../support/live-client.js';
import { until } from '../support/until.js';

/** One pixel, and one of another colour. */
const [pixel, other] = ['z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='].map((end) =>
  Buffer.from(`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q${end}`, 'base64'),
) as [Buffer, Buffer];
const most = 5 * 1024 * 1024;

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(() => scene?.close());

const upload = (caller: Caller, name: string, content: Buffer): Promise<Answered<ScriptFileView>> =>
  caller.call<ScriptFileView>('/api/scripts/files', { file: { name, content } });

const files = async (): Promise<ScriptFileView[]> =>
  (await scene.admin.call<ScriptFileView[]>('/api/scripts/files')).body;

const remove = (name: string, caller = scene.admin): Promise<Answered<{ code?: string }>> =>
  caller.call(`/api/scripts/files/${encodeURIComponent(name)}`, { method: 'DELETE' });

/** A script that shows something and asks what comes next. */
function showing(file: string): string {
  return `format: hub-script/1
id: s${uuid().replaceAll('-', '').slice(0, 30)}
title: { en: Menu }
locales: [en]
default_locale: en
channels: [web, telegram, sms, email]
start: { default: menu }
fallback: bye
nodes:
  menu:
    do: ask
    message: { text: { en: This is our menu. }, media: ${file} }
    options:
      - { id: more, label: { en: More }, dtmf: "1", next: bye }
    retry: { max: 1, then: bye }
    timeout: { after: { default: 30m }, then: bye }
  bye: { do: end, outcome: resolved }
`;
}

async function write(file: string): Promise<ScriptView> {
  const answer = await scene.admin.call<ScriptView>('/api/scripts', {
    body: { name: `Script ${uuid()}`, source: showing(file) },
  });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.body;
}

const publish = ({ id, draftVersion: version }: ScriptView): Promise<Answered<ScriptView>> =>
  scene.admin.call<ScriptView>(`/api/scripts/${id}/publish`, { body: { version } });

async function conversationOf(address: string): Promise<string> {
  const [row] = await until(
    () =>
      scene.hub.database.query<{ id: string }>(
        'select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1',
        [address],
      ),
    (rows) => rows.length > 0,
  );
  return row?.id ?? '';
}

/** The name of a new file that a published script shows on all channels of the scene. */
async function showEverywhere(): Promise<string> {
  const { body } = await upload(scene.admin, `menu ${uuid()}.png`, pixel);
  const script = await write(body.name);
  expect((await publish(script)).status).toBe(200);
  for (const channel of [scene.channels.telegram, scene.channels.gateway, scene.channels.email]) {
    await deploy(scene.hub.database, script.id, channel);
  }
  return body.name;
}

describe('a file of scripts', () => {
  it('is called what a script can write, and is another one only under another name', async () => {
    const first = await upload(scene.admin, 'منوی شعبه.png', pixel);
    expect(first).toMatchObject({
      status: 201,
      body: { name: 'منوی-شعبه.png', mediaType: 'image/png', bytes: pixel.length, isPinned: false },
    });
    expect((await upload(scene.admin, 'منوی شعبه.png', pixel)).body).toEqual(first.body);
    expect((await upload(scene.admin, 'منوی شعبه.png', other)).body.name).toBe('منوی-شعبه-2.png');
    const names = (await files()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('منوی'))).toHaveLength(2);
    const shown = await scene.admin.call(`/api/scripts/files/${encodeURIComponent(first.body.name)}`);
    expect([shown.headers.get('content-type'), shown.headers.get('content-security-policy')]).toEqual([
      'image/png',
      "sandbox; default-src 'none'",
    ]);
  });

  it('is refused when it is a program, empty or too large, and from those who may not manage scripts', async () => {
    const statuses = [
      await upload(scene.admin, 'setup.exe', pixel),
      await upload(scene.admin, 'empty.png', Buffer.alloc(0)),
      await upload(scene.admin, 'large.bin', Buffer.alloc(most + 1)),
      await upload(scene.agent, 'menu.png', pixel),
    ].map(({ status }) => status);
    expect(statuses).toEqual([415, 422, 413, 403]);
    expect((await remove('menu.png', scene.agent)).status).toBe(403);
    expect((await remove('nothing.png')).status).toBe(404);
  });

  it('has to be there before a script that names it is published, and stays as long as a version names it', async () => {
    const script = await write('not-there.png');
    const gate = await scene.admin.call<ScriptGateView>('/api/scripts/scenarios', {
      body: { source: script.source, scenarios: [] },
    });
    expect(gate.body.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'unknown_media', path: ['nodes', 'menu', 'message', 'media'] },
    ]);
    expect((await publish(script)).status).toBe(409);
    const { body } = await upload(scene.admin, 'not-there.png', pixel);
    expect((await publish(script)).status).toBe(200);
    expect((await files()).find(({ name }) => name === body.name)?.isPinned).toBe(true);
    const refused = await remove(body.name);
    expect([refused.status, refused.body.code]).toEqual([409, 'file_in_use']);
    const { body: spare } = await upload(scene.admin, `spare ${uuid()}.png`, other);
    expect((await remove(spare.name)).status).toBe(204);
    expect((await scene.admin.call(`/api/scripts/files/${spare.name}`)).status).toBe(404);
    const acts = await scene.hub.database.query(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [spare.name],
    );
    expect(acts).toEqual([{ action: 'script.file_uploaded' }, { action: 'script.file_removed' }]);
  });
});

describe('a bot that shows a picture', () => {
  let name: string;

  beforeAll(async () => {
    name = await showEverywhere();
  });

  it('sends it on Telegram with its words and its buttons', async () => {
    const chat = newChat();
    scene.world.bot.customer(chat, 'Maryam').say('hello');
    const [shown] = await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat)),
      (received) => received.length > 0,
    );
    expect(shown).toMatchObject({
      method: 'sendPhoto',
      text: 'This is our menu.',
      file: { name, bytes: pixel.length },
    });
    expect(shown?.buttons.map(({ text }) => text)).toEqual(['More']);
    const view = await openConversation(scene.admin, await conversationOf(String(chat)));
    const [message] = view.messages.filter(({ attachments }) => attachments.length > 0);
    expect(message).toMatchObject({ author: { kind: 'bot' }, attachments: [{ name, mediaType: 'image/png' }] });
  });

  it('attaches it to a mail', async () => {
    const address = `${uuid()}@example.org`;
    await writeMail(scene, address, 'hello', { subject: 'Menu' });
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(address), 10_000);
    expect(mail.attachments.map((file) => [file.name, Buffer.from(file.bytes).equals(pixel)])).toEqual([[name, true]]);
  });

  it('sends the words alone by SMS', async () => {
    const from = '+989123334455';
    await scene.world.gateway.sms({ from, text: 'hello' });
    const conversation = await conversationOf(from);
    expect((await botWords(scene, conversation, 1))[0]).toContain('This is our menu.');
    const kept = await scene.hub.database.query('select 1 from attachment where conversation_id = $1', [conversation]);
    expect(kept).toEqual([]);
  });

  it('shows it in a chat, once, where its visitor can open it, also when its turn dies in between', async () => {
    const { hub } = scene;
    const channel = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database) });
    const script = await write(name);
    await publish(script);
    await deploy(hub.database, script.id, channel.id);
    const token = await visitorToken(hub, channel.id);
    const chat = await openedChat(hub, channel.id, token);
    const library = hub.app.get(ScriptFiles, { strict: false });
    const send = library.sendAlong.bind(library);
    const dying = jest.spyOn(library, 'sendAlong').mockImplementationOnce(async (...args) => {
      await send(...args);
      throw new Error('the turn dies');
    });
    await chat.say('hello');
    const shown = await until(
      () => Promise.resolve(chat.messages().find(({ attachments }) => (attachments ?? []).length > 0)),
      (found) => found !== undefined,
    );
    expect(shown?.attachments).toMatchObject([{ name, mediaType: 'image/png' }]);
    expect(dying.mock.calls).toHaveLength(2);
    dying.mockRestore();
    const ofBot = chat.messages().filter(({ from }) => from === 'bot');
    expect(new Set(ofBot.map(({ id }) => id)).size).toBe(1);
    const opened = await fetch(`${hub.url}${shown?.attachments[0]?.url ?? ''}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await opened.arrayBuffer()).equals(pixel)).toBe(true);
    chat.close();
  });

  it('gives each customer a copy of their own: what one erases, another keeps', async () => {
    const keys = await scene.hub.database.query<{ storage_key: string; sha256: string }>(
      `select storage_key, encode(sha256, 'hex') as sha256 from attachment where name = $1`,
      [name],
    );
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys.map(({ storage_key: key }) => key)).size).toBe(keys.length);
    expect(new Set(keys.map(({ sha256 }) => sha256)).size).toBe(1);
  });
});

/** A script of a messenger; whoever is lost in it has left. */
const short = (id: string, start: string, nodes: string): string => `format: hub-script/1
id: ${id}
title: { en: ${id} }
locales: [en]
default_locale: en
channels: [telegram]
start: { default: ${start} }
fallback: done
nodes:
${nodes}
  done: { do: end, outcome: resolved }
`;

describe('a script that calls others', () => {
  it('has all of them from its first word on, and goes into the one that is chosen', async () => {
    const { hub } = scene;
    for (const id of ['billing_help', 'parcel_help']) {
      const words = `  told: { do: say, message: { text: { en: This is ${id}. } }, next: done }`;
      await publishScript(hub.database, short(id, 'told', words), id);
    }
    const desk = short(
      'front_desk',
      'ask',
      `  ask:
    do: ask
    message: { text: { en: What about? } }
    options:
      - { id: bill, label: { en: Bill }, next: bill }
      - { id: parcel, label: { en: Parcel }, next: parcel }
  bill: { do: call, script: billing_help, next: done }
  parcel: { do: call, script: parcel_help, next: done }`,
    );
    await deploy(hub.database, await publishScript(hub.database, desk), scene.channels.telegram);
    const chat = newChat();
    const customer = scene.world.bot.customer(chat, 'Parvin');
    const toldLast = (words: string) =>
      until(
        () => Promise.resolve(JSON.stringify(scene.world.bot.receivedBy(chat).at(-1) ?? null)),
        (last) => last.includes(words),
      );
    customer.say('hello');
    await toldLast('What about?');
    customer.say('Parcel');
    await toldLast('This is parcel_help.');
    // A turn that failed would be tried again, and what it had read by then spares it the same fault.
    expect(scene.hub.logged()).not.toContain('two things at once');
  });
});
