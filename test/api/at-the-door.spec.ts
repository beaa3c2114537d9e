import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { InboundMessage, Statement } from '#channels';
import type { ClaimView, MessageView, Page } from '#contract';
import { Database } from '../../apps/hub/src/database/database.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

const timeline = async ({ conversation }: Writer) =>
  (await desk.agent.call<Page<MessageView>>(`/api/conversations/${conversation}/messages`)).body.rows;

const ticketsOf = ({ conversation }: Writer) =>
  desk.hub.database.query<{ state: string; owner_id: string | null }>(
    'select state, owner_id from ticket where conversation_id = $1 order by number',
    [conversation],
  );

const mailHeaders = (id: string): InboundMessage['mail'] => ({
  messageId: `<${id}@example.com>`,
  inReplyTo: null,
  references: [],
  subject: 'order',
  to: ['support@peyk.test'],
  cc: [],
  threadToken: null,
});

describe('what a blocked person writes', () => {
  it('is kept with a mark and opens nothing; what they write once they are not blocked does', async () => {
    const address = freshPhone();
    const pest = await desk.hear({ address, text: 'first' });
    await desk.hub.database.query(
      `update ticket set state = 'solved', solved_at = now(), reopen_until = now() + interval '1 day' where conversation_id = $1`,
      [pest.conversation],
    );
    expect((await desk.customer(pest.customer, '/block', { body: { reason: 'insults' } })).status).toBeLessThan(300);

    await desk.hear({ address, text: 'blocked' });
    expect((await timeline(pest)).find(({ body }) => body === 'blocked')).toMatchObject({
      ticketId: null,
      flags: ['blocked'],
    });
    expect((await ticketsOf(pest)).map(({ state }) => state)).toEqual(['solved']);

    await desk.agent.call(`/api/customers/${pest.customer}/block`, { method: 'DELETE' });
    await desk.hear({ address, text: 'heard again' });
    expect((await timeline(pest)).find(({ body }) => body === 'heard again')?.ticketId).not.toBeNull();
  });
});

describe('what a sender says of other addresses', () => {
  it('is a claim: it is shown with the customer, and whoever writes from there is somebody else', async () => {
    const [address, claimed] = [freshMail(), freshMail()];
    const claims: InboundMessage['claims'] = [{ kind: 'email', address: claimed, source: 'reply_to' }];
    const event = { claims, mail: mailHeaders(uuid()) };
    const writer = await desk.hear({ kind: 'email', address, event }, desk.mail);
    await desk.hear({ kind: 'email', address, event: { ...event, mail: mailHeaders(uuid()) } }, desk.mail);

    const { body } = await desk.customer<{ claims: ClaimView[] }>(writer.customer, '');
    expect(body.claims).toEqual([expect.objectContaining({ kind: 'email', address: claimed, source: 'reply_to' })]);
    const other = await desk.hear({ kind: 'email', address: claimed }, desk.mail);
    expect(other.conversation).not.toBe(writer.conversation);
  });
});

describe('an address that writes for the first time', () => {
  it('is announced once, after its message is stored', async () => {
    const met: string[] = [];
    desk.hub.app.get(EventBus).on('address.met', ({ address }) => void met.push(address));
    const address = freshPhone();
    await desk.hear({ address });
    await desk.hear({ address });
    expect(met).toEqual([address]);
  });
});

describe('a mail that one of us sent with another program', () => {
  it('is ours on the timeline: it opens nothing, wakes nothing, and vouches for nobody', async () => {
    const address = freshMail();
    const writer = await desk.hear({ kind: 'email', address, trust: 'unauthenticated' }, desk.mail);
    await desk.hub.database.query(`update ticket set state = 'pending' where conversation_id = $1`, [
      writer.conversation,
    ]);
    const [before] = await seen(writer);
    const event = { sentByUs: true, mail: { ...(mailHeaders(uuid()) as object), to: [address] } as never };
    await desk.hear({ kind: 'email', address, text: 'our answer', trust: 'unauthenticated', event }, desk.mail);

    const ours = (await timeline(writer)).find(({ body }) => body === 'our answer');
    expect(ours).toMatchObject({ direction: 'out', author: expect.objectContaining({ kind: 'agent' }) });
    expect((await ticketsOf(writer)).map(({ state }) => state)).toEqual(['pending']);
    expect(await seen(writer)).toEqual([before]);
  });

  it('to somebody whose tickets are solved stays without one', async () => {
    const address = freshMail();
    const writer = await desk.hear({ kind: 'email', address }, desk.mail);
    await desk.hub.database.query(
      `update ticket set state = 'solved', solved_at = now(), reopen_until = now() + interval '1 day' where conversation_id = $1`,
      [writer.conversation],
    );
    const event = { sentByUs: true, mail: mailHeaders(uuid()) };
    await desk.hear({ kind: 'email', address, text: 'one more thing', event }, desk.mail);
    expect((await timeline(writer)).find(({ body }) => body === 'one more thing')?.ticketId).toBeNull();
    expect((await ticketsOf(writer)).map(({ state }) => state)).toEqual(['solved']);
  });
});

describe('a batch whose commit was told to nobody', () => {
  it('is known when it is taken again, and keeps its files', async () => {
    const database = desk.hub.app.get(Database, { strict: false });
    const query = database.query.bind(database);
    let lost = 0;
    const spy = jest.spyOn(database, 'query').mockImplementation((async (statement: Statement, values: unknown[]) => {
      const rows = await query(statement, values);
      if (/^accept-write(?! lone)/u.test(statement.name ?? '') && lost === 0) {
        lost += 1;
        throw Object.assign(new Error('the connection went away'), { code: 'ECONNRESET' });
      }
      return rows;
    }) as never);
    const attachments: InboundMessage['attachments'] = [
      { name: 'a.txt', mediaType: 'text/plain', contentId: null, source: { bytes: Buffer.from(uuid()) } },
    ];
    const marks = Array.from({ length: 8 }, () => uuid());
    await Promise.all(
      marks.map((externalId) => desk.hear({ address: freshPhone(), event: { externalId, attachments } })),
    );
    spy.mockRestore();

    expect(lost).toBe(1);
    const files = await desk.hub.database.query<{ storage_key: string }>(
      `select a.storage_key from attachment a join message m on m.conversation_id = a.conversation_id and m.seq = a.seq
       where m.external_id = any ($1)`,
      [marks],
    );
    expect(files).toHaveLength(marks.length);
    const storage = desk.hub.app.get(FileStorage, { strict: false });
    const read = files.map(async ({ storage_key }) => (await text(storage.open(storage_key))).length);
    expect(await Promise.all(read)).toEqual(files.map(() => 36));
  });
});

const seen = ({ identity }: Writer) =>
  desk.hub.database.query<{ last_seen_at: Date; trust: string }>(
    'select last_seen_at, trust from identity where id = $1',
    [identity],
  );

describe('how far an account is read', () => {
  const lease = (channel: string, holder: string) =>
    desk.hub.database.query<{ token: number }>(
      `insert into account_lease (channel_id, holder, lease_until) values ($1, $2, now() + interval '1 minute')
       on conflict (channel_id) do update set holder = $2, lease_until = excluded.lease_until returning token`,
      [channel, holder],
    );
  const message = (externalId: string): InboundMessage => ({
    type: 'message',
    externalId,
    raw: Buffer.from(externalId),
    from: { kind: 'phone', address: freshPhone(), trust: 'channel_given', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text: externalId,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  });
  const where = async (externalId: string) =>
    (
      await desk.hub.database.query<{ cursor: unknown; together: boolean }>(
        `select l.cursor, l.xmin = m.xmin as together from account_lease l, message m where l.channel_id = $1 and m.external_id = $2`,
        [desk.channel.id, externalId],
      )
    )[0];

  it('moves in the transaction that stores the last message, and only for whoever holds the account', async () => {
    const receiving = desk.hub.app.get(Receiving, { strict: false });
    const [{ token } = { token: 0 }] = await lease(desk.channel.id, 'me');
    const cursor = { channel: desk.channel.id, holder: 'me', token, value: { offset: 2 } };
    await receiving.take(desk.channel, [message('poll-1'), message('poll-2')], cursor);
    expect(await where('poll-2')).toEqual({ cursor: { offset: 2 }, together: true });

    const late = { ...cursor, holder: 'somebody else', value: { offset: 9 } };
    await receiving.take(desk.channel, [message('poll-3')], late);
    expect(await where('poll-3')).toEqual({ cursor: { offset: 2 }, together: false });
  });
});
