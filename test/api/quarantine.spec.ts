import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ChannelView, ConversationView, Page, Problem, QuarantinedEvent } from '#contract';
import type { Retried } from '../../apps/hub/src/desk/quarantine/quarantine-retry.service.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { IntakeService } from '../../apps/hub/src/intake/intake.service.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let mailbox: string;
let other: string;

beforeAll(async () => {
  hub = await startTestHub();
  admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin' })).id);
  const create = async (body: object) => {
    const answer = await admin.call<ChannelView>('/api/channels', { body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  mailbox = await create({
    kind: 'email',
    name: 'Mail',
    config: { address: 'support@peyk.test', fromName: 'Peyk', smtp: { host: '127.0.0.1', port: 25, secure: false } },
  });
  other = await create({ kind: 'web', name: 'Web', config: {} });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => hub.stop());

const mailOf = (name: string, text = 'سلام، بسته نرسید.') =>
  Buffer.from(
    [
      `From: ${name} <${name}@example.org>`,
      'To: support@peyk.test',
      `Message-ID: <${uuid()}@example.org>`,
      'Subject: =?UTF-8?B?2LPYp9mE2KfZhQ==?=',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
    ].join('\r\n'),
  );

/** An event that was kept because the database refused it. */
async function keep(channelId: string, raw: Buffer, agoSeconds = 0): Promise<string> {
  const id = uuid();
  await hub.database.query(
    `insert into inbound_event (id, channel_id, external_id, state, raw, error, received_at)
     values ($1, $2, $3, 'quarantined', $4, 'a value was refused', clock_timestamp() - $5 * interval '1 second')`,
    [id, channelId, `key ${id}`, raw, agoSeconds],
  );
  return id;
}

const list = async (query = '') => (await admin.call<Page<QuarantinedEvent>>(`/api/quarantine${query}`)).body;
const retry = <Body = Retried>(id: string) =>
  admin.call<Body>(`/api/quarantine/${id}/retry`, { method: 'POST', body: {} });
const keyOf = async (id: string) =>
  (await hub.database.query<{ external_id: string }>('select external_id from inbound_event where id = $1', [id]))[0]
    ?.external_id;
const waits = async (id: string) => (await list('?limit=100')).rows.find((row) => row.id === id);
const acts = async (subject: string) =>
  (
    await hub.database.query<{ action: string }>(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [subject],
    )
  ).map(({ action }) => action);

describe('what is in quarantine', () => {
  it('is shown to administrators, newest first and in pages, and to nobody else', async () => {
    const ids = [await keep(other, Buffer.from('old'), 30), await keep(mailbox, mailOf('mid'), 20)];
    ids.push(await keep(mailbox, mailOf('new'), 10));
    const first = await list('?limit=2');
    expect(first.rows.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(first.rows[0]).toMatchObject({
      channel: { id: mailbox, kind: 'email', name: 'Mail' },
      why: 'a value was refused',
      bytes: mailOf('new').length,
      message: null,
    });
    const second = await list(`?limit=2&before=${first.next ?? ''}`);
    expect(second.rows.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.next).toBeNull();

    for (const role of ['agent', 'supervisor'] as const) {
      const caller = await signedIn(hub, (await buildAgent(hub.database, { role })).id);
      expect((await caller.call('/api/quarantine')).status).toBe(403);
      expect((await caller.call(`/api/quarantine/${ids[0]}/raw`)).status).toBe(403);
      expect((await caller.call(`/api/quarantine/${ids[0]}/retry`, { body: {} })).status).toBe(403);
      expect((await caller.call(`/api/quarantine/${ids[0]}`, { method: 'DELETE' })).status).toBe(403);
    }
  });

  it('is downloaded byte for byte as a file that no browser shows, and that is written down', async () => {
    const raw = Buffer.from('<script>alert(1)</script>\u0000\u00ff', 'latin1');
    const id = await keep(other, raw);
    const response = await fetch(`${hub.url}/api/quarantine/${id}/raw`, { headers: admin.credentials });
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(raw)).toBe(true);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await acts(id)).toEqual(['quarantine.downloaded']);
    expect((await admin.call(`/api/quarantine/${uuid()}/raw`)).status).toBe(404);
  });
});

describe('trying again what is in quarantine', () => {
  it('puts a mail on its timeline that nothing stood for, once', async () => {
    const id = await keep(mailbox, mailOf('maryam'));
    const { status, body } = await retry(id);
    expect(status).toBe(200);
    const view = await admin.call<ConversationView>(`/api/conversations/${body.message.conversation}`);
    expect(view.body.messages.filter(({ kind }) => kind === 'text')).toEqual([
      expect.objectContaining({ id: body.message.id, body: 'سلام، بسته نرسید.' }),
    ]);
    expect(await waits(id)).toBeUndefined();
    expect(await acts(id)).toEqual(['quarantine.retried']);
    expect((await retry(id)).status).toBe(404);
  });

  it('says of a mail that was fetched in part what is there of it, and takes no cut file for a whole one', async () => {
    const head = `From: parvin@example.com\r\nSubject: photos\r\nMessage-ID: <parvin@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the photos.\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    const id = await keep(mailbox, Buffer.from(head.padEnd(256 * 1024, 'iVBORw0K')));
    const { status, body } = await retry(id);
    expect(status).toBe(200);
    const view = await admin.call<ConversationView>(`/api/conversations/${body.message.conversation}`);
    const message = view.body.messages.find((one) => one.id === body.message.id);
    expect(message).toMatchObject({ attachments: [], flags: expect.arrayContaining(['oversized']) });
    expect(message?.body).toMatch(/^See the photos\.\n\n.*still in the mailbox/u);
  });

  it('replaces the stub of a mail that can be read now', async () => {
    const raw = mailOf('reza', 'now it can be read');
    const { parseEmail } = await import('#channels');
    const read = await parseEmail(raw, {
      envelopeTo: [],
      envelopeFrom: null,
      accountAddresses: ['support@peyk.test'],
      verdict: 'none',
    });
    const stub = { ...read, text: '', flags: [...read.flags, 'malformed' as const] };
    await hub.app.get(Receiving, { strict: false }).take({ id: mailbox, kind: 'email' }, [stub]);
    const [row] = (await list()).rows;
    expect(row).toMatchObject({ message: { id: expect.any(String) }, why: expect.stringContaining('timeline') });
    const { status, body } = await retry(row?.id ?? '');
    expect(status).toBe(200);
    expect(body.message).toEqual(row?.message);
    const view = await admin.call<ConversationView>(`/api/conversations/${body.message.conversation}`);
    expect(view.body.messages.map(({ body: text }) => text)).toContain('now it can be read');
    expect(await waits(row?.id ?? '')).toBeUndefined();
    expect(await acts(row?.id ?? '')).toEqual(['quarantine.retried']);
  });

  it('says why what came by a webhook cannot be read again', async () => {
    const id = await keep(other, Buffer.from('{}'));
    const answer = await retry<Problem>(id);
    expect(answer.body).toMatchObject({ status: 409, code: 'not_readable_again' });
    expect(await waits(id)).toBeDefined();
  });

  it('leaves it where it is, with its key and the newest reason, when it is refused once more', async () => {
    const raw = mailOf('sina');
    const id = await keep(mailbox, raw);
    const refusal = Object.assign(new Error('refused once more'), { code: '23514' });
    const accept = jest.spyOn(hub.app.get(IntakeService, { strict: false }), 'accept').mockRejectedValue(refusal);
    const answer = await retry<Problem>(id);
    expect(answer.body).toMatchObject({ status: 409, code: 'still_unreadable' });
    expect(answer.body.detail).toContain('refused once more');
    expect(await waits(id)).toMatchObject({ why: expect.stringContaining('refused once more') });
    accept.mockRestore();
    expect((await retry(id)).status).toBe(200);
    expect(await acts(id)).toEqual(['quarantine.retried', 'quarantine.retried']);
  });

  it('goes on where a crash left it: stored already, and still in quarantine', async () => {
    const raw = mailOf('leila');
    const id = await keep(mailbox, raw);
    const { status, body } = await retry(id);
    expect(status).toBe(200);
    const again = await keep(mailbox, raw);
    const second = await retry(again);
    expect(second.body.message).toEqual(body.message);
    expect(await waits(again)).toBeUndefined();
  });

  it('keeps the key that tells repeats apart through a crash and a refusal after it', async () => {
    const id = await keep(mailbox, mailOf('nima'));
    const { StorageAway } = await import('../../apps/hub/src/database/is-away.js');
    const away = new StorageAway(new Error('it went away'));
    const database = hub.app.get(Database, { strict: false });
    jest.spyOn(hub.app.get(Receiving, { strict: false }), 'take').mockImplementation(() => {
      jest.spyOn(database, 'transaction').mockRejectedValueOnce(away);
      return Promise.reject(away);
    });
    expect((await retry(id)).status).toBe(503);
    expect(await keyOf(id)).not.toBe(`key ${id}`);
    jest.restoreAllMocks();
    const refusal = Object.assign(new Error('refused once more'), { code: '23514' });
    jest.spyOn(hub.app.get(IntakeService, { strict: false }), 'accept').mockRejectedValue(refusal);
    expect((await retry<Problem>(id)).body).toMatchObject({ status: 409, code: 'still_unreadable' });
    expect(await keyOf(id)).toBe(`key ${id}`);
  });

  it('is done by one administrator at a time', async () => {
    const id = await keep(mailbox, mailOf('tara'));
    const receiving = hub.app.get(Receiving, { strict: false });
    const take = receiving.take.bind(receiving);
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    jest.spyOn(receiving, 'take').mockImplementationOnce(async (...wish) => {
      begun.resolve();
      await goOn.promise;
      return take(...wish);
    });
    const first = retry(id);
    await begun.promise;
    const second = await retry<Problem>(id);
    expect(second.body).toMatchObject({ status: 409, code: 'being_retried' });
    goOn.resolve();
    expect((await first).status).toBe(200);
    expect(await acts(id)).toEqual(['quarantine.retried']);
  });

  it('keeps it when the database goes away in the middle', async () => {
    const id = await keep(mailbox, mailOf('omid'));
    const { StorageAway } = await import('../../apps/hub/src/database/is-away.js');
    jest
      .spyOn(hub.app.get(Receiving, { strict: false }), 'take')
      .mockRejectedValue(new StorageAway(new Error('it went away')));
    expect((await retry(id)).status).toBe(503);
    jest.restoreAllMocks();
    expect(await waits(id)).toBeDefined();
    expect((await retry(id)).status).toBe(200);
  });
});
