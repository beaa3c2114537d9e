import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { closeMailReaders, parseEmailApart } from '#channels';
import type { ConversationView, MessageView, QueueView } from '#contract';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let agent: Caller;
let support: QueueView;
const channel = { id: uuid(), kind: 'email' as const };
const config = {
  address: 'support@shop.example',
  fromName: 'Shop',
  aliases: [],
  smtp: { host: '127.0.0.1', port: 2525, secure: false, user: '' },
};
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web', OUTBOUND_ALLOW: '127.0.0.1' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  [support] = (await admin.call<QueueView[]>('/api/queues')).body as [QueueView];
  await hub.database.query(
    `insert into channel (id, kind, name, queue_id, config) values ($1, 'email', 'Mail', $2, $3)`,
    [channel.id, support.id, config],
  );
  await hub.app.get(ChannelDirectory).refresh();
  agent = await memberOf(support.id);
});

afterAll(async () => {
  await hub.stop();
  await closeMailReaders();
});

async function memberOf(...queueIds: string[]): Promise<Caller> {
  const built = await buildAgent(hub.database);
  for (const queueId of queueIds) {
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, built.id]);
  }
  return signedIn(hub, built.id);
}

interface Received {
  id: string;
  conversation: string;
  raw: Buffer;
}

/** A mail of a customer of its own, as the way in takes it. */
async function receive(html: string, subject = 'Order / سفارش'): Promise<Received> {
  count += 1;
  const address = `writer${count}@example.com`;
  const raw = Buffer.from(
    `From: Writer <${address}>\r\nTo: support@shop.example\r\nSubject: ${subject}\r\nMessage-ID: <m${count}@example.com>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
  );
  const message = await parseEmailApart(raw, {
    envelopeTo: [],
    envelopeFrom: address,
    accountAddresses: [config.address],
    verdict: 'none',
  });
  await hub.app.get(Receiving).take(channel, [message]);
  const [row] = await hub.database.query<{ id: string; conversation: string }>(
    `select m.id, m.conversation_id as conversation from message m join identity i on i.id = m.identity_id where i.address = $1`,
    [address],
  );
  return { ...(row as Omit<Received, 'raw'>), raw };
}

const audited = (action: string) =>
  hub.database.query<{ entry: string }>('select entry from audit where action = $1 order by at', [action]);

describe('the page of a mail', () => {
  it('is made of what came, under a policy that lets nothing run or load', async () => {
    const { id } = await receive('<p dir="rtl">سلام<script>x()</script><img src="https://x.example/p.gif"></p>');
    const { status, headers, text } = await agent.call(`/api/messages/${id}/html`);
    expect(status).toBe(200);
    expect(text).toContain('<p dir="rtl">سلام</p>');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    );
    expect([
      headers.get('content-type'),
      headers.get('x-content-type-options'),
      headers.get('referrer-policy'),
      headers.get('x-frame-options'),
      headers.get('cache-control'),
      headers.get('x-blocked-images'),
    ]).toEqual(['text/html; charset=utf-8', 'nosniff', 'no-referrer', 'SAMEORIGIN', 'private, max-age=300', '1']);
  });

  it('shows images of others only when they are asked for, and fetches them itself: nobody learns who looks', async () => {
    const asked: IncomingMessage[] = [];
    const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
    const sender = createServer((request, response) => {
      asked.push(request);
      response.writeHead(200, { 'content-type': 'image/gif', 'set-cookie': 'seen=1' }).end(gif);
    });
    await new Promise<void>((resolve) => sender.listen(0, '127.0.0.1', resolve));
    const { port } = sender.address() as AddressInfo;
    const { id } = await receive(
      `<img src="http://127.0.0.1:${port}/p.gif?who=1"><img src="http://127.0.0.1:1/gone.gif" alt="gone">`,
    );
    expect((await agent.call(`/api/messages/${id}/html`)).text).not.toContain('<img src');
    expect(asked).toHaveLength(0);
    const shown = await agent.call(`/api/messages/${id}/html?images=1`);
    expect(shown.text).toContain(`<img src="data:image/gif;base64,${gif.toString('base64')}" />`);
    expect(shown.text).toContain('<img alt="gone" />');
    expect(asked.map(({ url, headers }) => [url, headers.cookie, headers.referer, headers.authorization])).toEqual([
      ['/p.gif?who=1', undefined, undefined, undefined],
    ]);
    expect(shown.headers.get('content-security-policy')).toContain('img-src data:;');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    await new Promise((resolve) => sender.close(resolve));
    // A mail may name the machines of the office as well.
    const inside = createServer((request, response) => {
      asked.push(request);
      response.end(gif);
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.2', resolve));
    const prying = await receive(
      `<img src="http://127.0.0.2:${(inside.address() as AddressInfo).port}/a.gif" alt="no">`,
    );
    expect((await agent.call(`/api/messages/${prying.id}/html?images=1`)).text).toContain('<img alt="no" />');
    expect(asked).toHaveLength(1);
    await new Promise((resolve) => inside.close(resolve));
    expect((await agent.call(`/api/messages/${id}/html?images=yes`)).body).toMatchObject({
      status: 422,
      field: 'images',
    });
  });

  it('is there for nobody who may not read the message', async () => {
    const { id, conversation } = await receive('<p>secret</p>');
    const outsider = await memberOf();
    for (const path of ['html', 'raw']) {
      expect((await agent.call(`/api/messages/${id}/${path}`)).status).toBe(200);
      expect((await outsider.call(`/api/messages/${id}/${path}`)).status).toBe(404);
    }
    const legal = (await admin.call<QueueView>('/api/queues', { body: { name: `Legal ${uuid()}`, restricted: true } }))
      .body;
    const ticket = await admin.call<{ id: string }>(`/api/conversations/${conversation}/tickets`, {
      body: { subject: 'secret', queueId: legal.id },
    });
    const { messages } = (await admin.call<ConversationView>(`/api/conversations/${conversation}`)).body;
    const { seq } = messages.find((message) => message.id === id) as MessageView;
    await admin.call(`/api/conversations/${conversation}/messages/${seq}/ticket`, {
      body: { part: conversation, ticketId: ticket.body.id },
    });
    const statuses = [];
    for (const path of ['html', 'raw']) {
      statuses.push((await agent.call(`/api/messages/${id}/${path}`)).status);
      statuses.push((await admin.call(`/api/messages/${id}/${path}`)).status);
    }
    expect(statuses).toEqual([404, 200, 404, 200]);
  });

  it('is not there for what is no mail, nor for a mail that was redacted', async () => {
    const { id } = await receive('<p>gone</p>');
    await hub.database.query(
      `update message set body = '', search_text = '', redacted_at = clock_timestamp() where id = $1`,
      [id],
    );
    expect((await admin.call(`/api/messages/${id}/html`)).status).toBe(404);
    expect((await admin.call(`/api/messages/${id}/raw`)).status).toBe(404);
    expect((await admin.call(`/api/messages/${uuid()}/html`)).status).toBe(404);
  });
});

describe('the original of a mail', () => {
  it('is downloaded byte for byte, and written down', async () => {
    const { id, raw } = await receive('<p>x</p>');
    const { headers, text } = await agent.call(`/api/messages/${id}/raw`);
    expect(text).toBe(raw.toString());
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'message/rfc822',
      `attachment; filename*=UTF-8''${encodeURIComponent('Order   سفارش.eml')}`,
    ]);
    const entries = (await audited('message.downloaded')).map(({ entry }) => entry);
    expect(entries.at(-1)).toContain(id);
  });
});

describe('a mail that is read again', () => {
  it('gets the text and the files that a better reader finds, as a revision', async () => {
    const { id, conversation } = await receive(
      '<p>What is really written</p><blockquote type="cite">Older words</blockquote>',
    );
    await hub.database.query(
      `update message set body = 'garbled', search_text = 'garbled', content = content - 'hidden' || '{"flags": ["unverified", "malformed"], "hasHtml": false}' where id = $1`,
      [id],
    );
    await hub.database.query(
      `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key)
       select $1, conversation_id, seq, 'winmail.dat', 'application/octet-stream', 1, sha256('x'), $2 from message where id = $3`,
      [uuid(), `test/${uuid()}`, id],
    );
    const before = (await admin.call<ConversationView>(`/api/conversations/${conversation}`)).body.messages[0];
    expect([before?.body, before?.attachments.length]).toEqual(['garbled', 1]);
    const { status, body } = await admin.call<MessageView>(`/api/messages/${id}/reparse`, { method: 'POST' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      body: 'What is really written\n\nOlder words',
      attachments: [],
      flags: ['unverified'],
    });
    expect([body.rev > (before?.rev ?? 0), body.seq === before?.seq, body.editedAt !== null]).toEqual([
      true,
      true,
      true,
    ]);
    const [row] = await hub.database.query<{
      content: { hidden?: [number, number][]; hasHtml?: boolean };
      found: boolean;
    }>(`select content, search @@ to_tsquery('simple', 'really') as found from message where id = $1`, [id]);
    expect(row).toMatchObject({ content: { hasHtml: true }, found: true });
    expect(row?.content.hidden?.length).toBe(1);
    expect((await audited('message.reparsed')).at(-1)?.entry).toContain(id);
  });

  it('keeps the files that are the same, with their links', async () => {
    count += 1;
    const raw = Buffer.from(
      `From: w${count}@files.example\r\nSubject: files\r\nMessage-ID: <f${count}@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4 x\r\n--b--`,
    );
    const context = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' as const };
    await hub.app.get(Receiving).take(channel, [await parseEmailApart(raw, context)]);
    const [row] = await hub.database.query<{ id: string }>('select id from message where mail_id = $1', [
      `<f${count}@x>`,
    ]);
    const files = () =>
      hub.database.query<{ id: string }>(
        'select f.id from attachment f join message m on m.conversation_id = f.conversation_id and m.seq = f.seq where m.id = $1',
        [row?.id],
      );
    const before = await files();
    const { body } = await admin.call<MessageView>(`/api/messages/${row?.id}/reparse`, { method: 'POST' });
    expect(before).toHaveLength(1);
    expect(await files()).toEqual(before);
    expect((await agent.call(body.attachments[0]?.url ?? '')).text).toBe('%PDF-1.4 x');
  });

  it('is so by administrators only', async () => {
    const { id } = await receive('<p>x</p>');
    expect((await agent.call(`/api/messages/${id}/reparse`, { method: 'POST' })).status).toBe(403);
  });
});
