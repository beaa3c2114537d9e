import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationChanges, MessageView, VisitorMessage } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { VisitorUploads, type VisitorUploadView } from '../../apps/hub/src/desk/attachments/visitor-uploads.service.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, openedChat, openedConsole, type VisitorChat } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let agent: BuiltAgent;
let desk: Caller;
let channel: { id: string };
const open: { close(): void }[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  agent = await buildAgent(hub.database, { name: 'Sara' });
  desk = await signedIn(hub, agent.id);
  channel = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database, { members: [agent.id] }) });
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => hub.stop());

const tokenOf = (id: string = channel.id): string => hub.app.get(VisitorTokens, { strict: false }).issue(id);

async function come(token: string, id: string = channel.id): Promise<VisitorChat> {
  const chat = await openedChat(hub, id, token);
  open.push(chat);
  return chat;
}

interface Sent {
  name?: string;
  content?: string | Uint8Array<ArrayBuffer>;
  channelId?: string;
}

async function upload(token: string, { name = 'note.txt', content = 'hello', channelId = channel.id }: Sent = {}) {
  const answer = await fetch(`${hub.url}/api/chat/${channelId}/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      origin: 'https://shop.test',
    },
    body: content,
  });
  const body = (await answer.json()) as VisitorUploadView & { code?: string };
  return { status: answer.status, body };
}

async function uploaded(token: string, sent: Sent = {}): Promise<VisitorUploadView> {
  const { status, body } = await upload(token, sent);
  expect([status, body.code]).toEqual([201, undefined]);
  return body;
}

const say = (chat: VisitorChat, body: string, attachmentIds: string[], id = uuid()) =>
  chat.ask<{ seq: number }>('say', { id, body, attachmentIds });

/** A file of a message, fetched by its visitor. */
async function fetchFile(token: string, { url = '' }: Partial<VisitorMessage['attachments'][number]>) {
  const answer = await fetch(hub.url + url, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('a file of a visitor', () => {
  it('comes with their first message, and both sides can fetch it', async () => {
    const token = tokenOf();
    const [chat, console] = [await come(token), await openedConsole(hub, agent.id)];
    open.push(console);
    const { id, bytes } = await uploaded(token, { name: 'رسید خرید.txt', content: 'پرداخت شد' });
    expect(bytes).toBe(Buffer.byteLength('پرداخت شد'));
    expect(await say(chat, '', [id])).toMatchObject({ ok: true, value: { seq: 1 } });
    const heard = (): MessageView | undefined =>
      console
        .of<ConversationChanges>('conversation.changes')
        .flatMap(({ messages }) => messages)
        .find(({ attachments }) => attachments.length > 0);
    await console.until('the file', () => heard() !== undefined);
    expect(heard()?.attachments).toMatchObject([{ id, name: 'رسید خرید.txt', state: 'stored' }]);
    expect(await desk.call(`/api/attachments/${id}`)).toMatchObject({ status: 200, text: 'پرداخت شد' });
    const [mine] = (await chat.catchUp()).messages;
    expect(mine?.attachments).toMatchObject([{ name: 'رسید خرید.txt', bytes }]);
    expect(await fetchFile(token, mine?.attachments[0] ?? {})).toMatchObject({ status: 200, text: 'پرداخت شد' });
    expect((await fetchFile(tokenOf(), mine?.attachments[0] ?? {})).status).toBe(404);
  });

  it('is sent once, however often its message is repeated, and by nobody but its visitor', async () => {
    const token = tokenOf();
    const chat = await come(token);
    const { id } = await uploaded(token);
    const thief = await come(tokenOf());
    expect(await say(thief, 'mine now', [id])).toEqual({ ok: false, code: 'file_gone' });
    const message = uuid();
    expect(await say(chat, 'here', [id, id], message)).toMatchObject({ ok: true });
    expect(await say(chat, 'here', [id], message)).toMatchObject({ ok: true });
    expect(await say(chat, 'again', [id])).toEqual({ ok: false, code: 'file_gone' });
    const messages = (await chat.catchUp()).messages.map(({ body, attachments }) => [body, attachments.length]);
    expect(messages).toEqual([['here', 1]]);
  });

  it('cannot be fetched before it is sent', async () => {
    const token = tokenOf();
    const { id } = await uploaded(token);
    expect((await fetchFile(token, { url: `/api/chat/${channel.id}/attachments/${id}` })).status).toBe(404);
    expect((await desk.call(`/api/attachments/${id}`)).status).toBe(404);
  });

  it('that pretends to be a picture is a download, and can run nothing', async () => {
    const token = tokenOf();
    const chat = await come(token);
    const { id } = await uploaded(token, { name: 'photo.jpg', content: '<!doctype html><script>alert(1)</script>' });
    await say(chat, 'look', [id]);
    const [mine] = (await chat.catchUp()).messages;
    const { headers } = await fetchFile(token, mine?.attachments[0] ?? {});
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('a file that is not taken', () => {
  it('is refused with its reason', async () => {
    const small = await buildChannel(hub, {
      kind: 'web',
      queueId: await buildQueue(hub.database),
      config: { inside: { files: { maxMegabytes: 1, endings: ['pdf'] } } },
    });
    const token = tokenOf(small.id);
    const tried = async (sent: Sent) => {
      const { status, body } = await upload(token, { channelId: small.id, ...sent });
      return [status, body.code];
    };
    expect(await tried({ name: 'a.pdf', content: 'x'.repeat(1024 * 1024 + 1) })).toEqual([413, 'file_too_large']);
    expect(await tried({ name: 'a.docx' })).toEqual([415, 'file_type']);
    expect(await tried({ name: 'a.pdf.exe' })).toEqual([415, 'file_type']);
    expect(await tried({ name: 'a.pdf', content: '' })).toEqual([422, 'file_empty']);
    expect(await tried({ name: 'a.pdf' })).toEqual([201, undefined]);
  });

  it('is refused as a whole where the chat takes none', async () => {
    const none = await buildChannel(hub, {
      kind: 'web',
      queueId: await buildQueue(hub.database),
      config: { inside: { files: { isOn: false } } },
    });
    const token = tokenOf(none.id);
    expect((await upload(token, { channelId: none.id })).body.code).toBe('no_attachments');
    const chat = await come(token, none.id);
    expect(await say(chat, 'x', [uuid()])).toEqual({ ok: false, code: 'no_attachments' });
  });

  it('is nobody’s: no token, the token of another chat, a page that may not show it', async () => {
    const other = await buildChannel(hub, {
      kind: 'web',
      queueId: await buildQueue(hub.database),
      config: { allowedOrigins: ['https://elsewhere.test'] },
    });
    expect((await upload('nonsense')).status).toBe(404);
    expect((await upload(tokenOf(other.id))).status).toBe(404);
    expect((await upload(tokenOf(other.id), { channelId: other.id })).status).toBe(404);
  });

  it('is one too many of those that were never sent', async () => {
    const token = tokenOf();
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) {
      statuses.push((await upload(token)).status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('what is swept', () => {
  it('are files that no message took in a day, and never those that one did', async () => {
    const token = tokenOf();
    const chat = await come(token);
    const [sent, left] = [await uploaded(token, { content: 'sent' }), await uploaded(token, { content: 'left' })];
    await say(chat, 'here', [sent.id]);
    await hub.app.get(VisitorUploads, { strict: false }).sweep(new Date(Date.now() + 25 * 3_600_000));
    const rows = await hub.database.query('select id from visitor_upload where id = any ($1::uuid[])', [
      [sent.id, left.id],
    ]);
    expect(rows).toEqual([]);
    expect(await desk.call(`/api/attachments/${sent.id}`)).toMatchObject({ status: 200, text: 'sent' });
    expect(await say(chat, 'late', [left.id])).toEqual({ ok: false, code: 'file_gone' });
  });
});
