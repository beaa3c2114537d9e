import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerLinkView, MyPageView } from '#contract';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { stranger, type Answered, type Caller } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

async function linkFor(person: Writer, caller: Caller = desk.agent): Promise<string> {
  const made = await desk.customer<CustomerLinkView>(
    person.customer,
    '/links',
    { body: { identityId: person.identity } },
    caller,
  );
  expect(made.status).toBe(201);
  return (made.body.url ?? '').replace(/^.*\/my\//, '');
}

/** Puts a file beside the newest message of a conversation. */
async function attach(
  { conversation }: Pick<Writer, 'conversation'>,
  content: string,
  { name = 'bill.txt', type = 'text/plain', state = 'stored' } = {},
): Promise<string> {
  const stored = await desk.hub.app.get(FileStorage, { strict: false }).storeBytes(Buffer.from(content), 1_000_000);
  const id = uuid();
  await desk.hub.database.query(
    `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, state)
     select $1, c.id, c.last_seq, $3, $4, $5, decode($6, 'hex'), $7, $8 from conversation c where c.id = $2`,
    [id, conversation, name, type, stored.bytes, stored.sha256, stored.key, state],
  );
  return id;
}

const fetchFile = (token: string, file: string): Promise<Answered<string>> =>
  stranger(desk.hub).call<string>(`/my/${token}/files/${file}`);

it('a customer downloads the files of their page by the link, and a stranger’s file runs nothing', async () => {
  const one = await desk.hear({ address: freshPhone(), text: 'with a file' });
  const file = await attach(one, '<script>alert(1)</script>', { name: 'صورتحساب.html', type: 'text/html' });
  const token = await linkFor(one);
  const page = await stranger(desk.hub).call<MyPageView>(`/api/my/${token}`);
  expect(page.body.messages[0]?.attachments).toEqual([
    { id: file, name: 'صورتحساب.html', mediaType: 'text/html', bytes: 25 },
  ]);
  expect((await stranger(desk.hub).call<string>(`/my/${token}`)).text).toContain(`href="/my/${token}/files/${file}"`);
  const answer = await fetchFile(token, file);
  expect([answer.status, answer.text]).toEqual([200, '<script>alert(1)</script>']);
  const headers = [
    'content-type',
    'content-disposition',
    'content-security-policy',
    'cache-control',
    'referrer-policy',
  ];
  expect(headers.map((name) => answer.headers.get(name))).toEqual([
    'application/octet-stream',
    `attachment; filename*=UTF-8''${encodeURIComponent('صورتحساب.html')}`,
    "sandbox; default-src 'none'",
    'no-store',
    'no-referrer',
  ]);
});

it('a link opens no file that its page does not show', async () => {
  const [one, other] = [
    await desk.hear({ address: freshPhone(), text: 'mine' }),
    await desk.hear({ address: freshPhone(), text: 'of somebody else' }),
  ];
  const [mine, theirs] = [await attach(one, 'mine'), await attach(other, 'theirs')];
  const token = await linkFor(one);
  // Nor one of a note, nor one that was put away.
  await desk.agent.call(`/api/conversations/${one.conversation}/messages`, {
    body: { id: uuid(), kind: 'note', body: 'internal' },
  });
  const ofNote = await attach(one, 'internal');
  await desk.hear({ address: one.address, text: 'more' });
  const dangerous = await attach(one, 'virus', { state: 'quarantined' });
  expect((await fetchFile(token, mine)).text).toBe('mine');
  for (const file of [theirs, ofNote, dangerous, uuid()]) {
    const answer = await fetchFile(token, file);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  }
  // Joined by mistake, what the other brought stays theirs: the link is older than the merge.
  await desk.merge(other.customer, one.customer);
  expect((await fetchFile(token, theirs)).status).toBe(404);
});

it('a link that an agent made opens no file of a restricted queue, and a revoked one opens none at all', async () => {
  const restricted = await buildQueue(desk.hub.database, { restricted: true });
  const one = await desk.hear({ address: freshPhone(), text: 'hello' });
  const [agents, admins] = [await linkFor(one), await linkFor(one, desk.admin)];
  const ticket = uuid();
  await desk.hub.database.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
    ticket,
    one.conversation,
    restricted,
  ]);
  await desk.hub.database.query(
    `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body, ticket_id)
     values ($1, $2, $3, $4, 'in', 'customer', 'secret', $5)`,
    [uuid(), one.conversation, desk.channel.id, one.identity, ticket],
  );
  const file = await attach(one, 'secret file');
  expect((await fetchFile(agents, file)).status).toBe(404);
  expect((await fetchFile(admins, file)).text).toBe('secret file');
  const links = (await desk.customer<CustomerLinkView[]>(one.customer, '/links')).body;
  await Promise.all(links.map(({ id }) => desk.customer(one.customer, `/links/${id}`, { method: 'DELETE' })));
  expect((await fetchFile(admins, file)).status).toBe(404);
});

it('a copy to keep names its files and leads nowhere', async () => {
  const one = await desk.hear({ address: freshPhone(), text: 'kept' });
  await attach(one, 'x', { name: 'kept.txt' });
  const html = await stranger(desk.hub).call<string>(`/my/${await linkFor(one)}/download?format=html`);
  expect(html.text).toContain('kept.txt');
  expect(html.text).not.toContain('href');
});

it('files are served sixty times a minute for one link', async () => {
  const one = await desk.hear({ address: freshPhone() });
  const [file, token] = [await attach(one, 'x'), await linkFor(one)];
  const statuses = [];
  for (let n = 0; n < 62; n++) {
    statuses.push((await fetchFile(token, file)).status);
  }
  expect([statuses.filter((status) => status === 200).length, new Set(statuses)]).toEqual([60, new Set([200, 429])]);
});
