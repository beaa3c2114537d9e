import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import type { CustomerView, Page } from '#contract';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { Caller, type Call } from '../support/build-rows.js';
import {
  altered,
  attempts,
  chat,
  fileId,
  link,
  linkOfMallory,
  mallory,
  mina,
  outsider,
  outsiderId,
  read,
  scene,
  secret,
  startHijackScene,
  stopHijackScene,
  victim,
} from '../support/hijack-scene.js';
import { openedConsole, refusalOf } from '../support/live-client.js';

beforeAll(startHijackScene, 60_000);
afterAll(stopHijackScene);

/** An agent without a queue of the victim's asks. Everything that is not theirs looks as if it were not there. */
const asking =
  (path: () => string, call: (mark: string) => Call = () => ({}), caller: () => Caller = () => outsider) =>
  async (mark: string): Promise<string> => {
    const answer = await caller().call(path(), call(mark));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    return answer.text;
  };
const part = () => victim.parts.find(({ conversation }) => conversation !== victim.id)?.conversation ?? '';
const merged = () =>
  victim.customer.identities.find(({ customerId }) => customerId !== victim.customer.id)?.customerId ?? '';

attempts('by an agent of another queue', [
  ['opening the conversation', 'nothing', asking(() => `/api/conversations/${victim.id}`)],
  ['opening it by the id of one who was merged', 'nothing', asking(() => `/api/conversations/${part()}`)],
  ['turning its pages', 'nothing', asking(() => `/api/conversations/${part()}/messages`)],
  ['fetching a file', 'nothing', asking(() => `/api/attachments/${fileId}`)],
  [
    'writing a note',
    'nothing',
    asking(
      () => `/api/conversations/${part()}/messages`,
      (mark) => ({ body: { id: uuid(), kind: 'note', body: mark } }),
    ),
  ],
  ['reading the customer by the id of one who was merged', 'nothing', asking(() => `/api/customers/${merged()}`)],
  [
    'merging the victim with somebody',
    'nothing',
    asking(
      () => `/api/customers/${merged()}/merge`,
      () => ({ body: { into: victim.customer.id } }),
    ),
  ],
  [
    'looking at a merge beforehand',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/merge-preview`,
      () => ({ body: { into: merged() } }),
    ),
  ],
  [
    'undoing a merge',
    'nothing',
    asking(
      () => `/api/customers/${merged()}/merge`,
      () => ({ method: 'DELETE' }),
    ),
  ],
  ['asking for suggestions', 'nothing', asking(() => `/api/customers/${victim.customer.id}/suggestions`)],
  [
    'claiming an address for them',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/identities`,
      () => ({ body: { kind: 'email', address: mallory.mail } }),
    ),
  ],
  [
    'sharing an address of theirs',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/identities/${victim.customer.identities[0]?.id ?? ''}`,
      () => ({ method: 'PATCH', body: { shared: true } }),
    ),
  ],
  [
    'blocking them',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/block`,
      () => ({ body: { reason: 'x' } }),
    ),
  ],
  [
    'making a link',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/links`,
      () => ({ body: { identityId: victim.customer.identities[0]?.id } }),
    ),
  ],
  ['listing links', 'nothing', asking(() => `/api/customers/${victim.customer.id}/links`)],
  [
    'taking an address from them',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/identities/${victim.customer.identities[0]?.id ?? ''}`,
      () => ({ method: 'DELETE' }),
    ),
  ],
  [
    'saying who they are not',
    'nothing',
    asking(
      () => `/api/customers/${victim.customer.id}/suggestions/dismiss`,
      () => ({ body: { customer: merged() } }),
    ),
  ],
  [
    'unblocking them',
    'nothing',
    asking(
      () => `/api/customers/${merged()}/block`,
      () => ({ method: 'DELETE' }),
    ),
  ],
  [
    'finding them by number',
    'nothing',
    async () => {
      const { body } = await outsider.call<Page<CustomerView>>(
        `/api/customers?search=${encodeURIComponent(mina.phone)}`,
      );
      expect(body.rows).toEqual([]);
      return '';
    },
  ],
  [
    'listening at their door',
    'nothing',
    async () => {
      const client = await openedConsole(scene.hub, outsiderId);
      const answers = [
        await client.watch(victim.id),
        await client.watch(part()),
        await client.catchUp({ [victim.id]: 0, [part()]: 0 }),
      ];
      (client.socket.emit as (name: string, call: object) => void)('join', { room: `person:${victim.id}` });
      (client.socket.emit as (name: string, call: object) => void)('typing', { conversation: victim.id, on: true });
      await client.catchUp({});
      client.close();
      expect(answers).toMatchObject([{ ok: false }, { ok: false }, { changes: [], resync: [] }]);
      return JSON.stringify(client.heard);
    },
  ],
]);

async function program(scopes: ('read' | 'write')[]): Promise<{ caller: Caller; key: string }> {
  const { key } = await scene.hub.app.get(ApiKeyService).create(scene.sara.id, { name: 'k', scopes, expiresAt: null });
  return { key, caller: new Caller(scene.hub.url, { authorization: `Bearer ${key}` }) };
}

const refused = async (path: string, caller: Caller, call: Call = {}): Promise<string> => {
  const answer = await caller.call(path, call);
  expect([401, 403, 404]).toContain(answer.status);
  return answer.text;
};

attempts('with credentials that do not hold', [
  [
    'a key that may only read writes',
    'nothing',
    async (mark) =>
      refused(`/api/conversations/${victim.id}/messages`, (await program(['read'])).caller, {
        body: { id: uuid(), kind: 'note', body: mark },
      }),
  ],
  [
    'a key that may only read merges',
    'nothing',
    async () => refused(`/api/customers/${merged()}/merge`, (await program(['read'])).caller, { method: 'DELETE' }),
  ],
  [
    'a key that may only write reads',
    'nothing',
    async () => refused(`/api/conversations/${victim.id}`, (await program(['write'])).caller),
  ],
  [
    'an altered key',
    'nothing',
    async () => {
      const { key } = await program(['read']);
      return refused(
        `/api/conversations/${victim.id}`,
        new Caller(scene.hub.url, { authorization: `Bearer ${altered(key, key.length - 3)}` }),
      );
    },
  ],
  [
    'a key as a cookie',
    'nothing',
    async () =>
      refused(
        `/api/conversations/${victim.id}`,
        new Caller(scene.hub.url, { cookie: `peyk=${(await program(['read'])).key}` }),
      ),
  ],
  [
    'a visitor’s token as a session',
    'nothing',
    async () => refused(`/api/conversations/${victim.id}`, new Caller(scene.hub.url, { cookie: `peyk=${chat.token}` })),
  ],
  [
    'a visitor’s token as a key',
    'nothing',
    async () =>
      refused(`/api/conversations/${victim.id}`, new Caller(scene.hub.url, { authorization: `Bearer ${chat.token}` })),
  ],
  [
    'a session made up',
    'nothing',
    async () =>
      refused(
        `/api/conversations/${victim.id}`,
        new Caller(scene.hub.url, { cookie: `peyk=${Buffer.alloc(32, 7).toString('base64url')}` }),
      ),
  ],
  [
    'a socket without a session',
    'nothing',
    async () =>
      refusalOf({
        socket: io(`${scene.hub.url}/agent`, { transports: ['websocket'], forceNew: true, reconnection: false }),
      }),
  ],
]);

const onLink =
  (change: (token: string) => string, path = '') =>
  async (): Promise<string> => {
    const token = change(link);
    expect(token).not.toBe(link);
    const answers = [await read(`/api/my/${token}${path}`), await read(`/my/${token}${path}`)];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    return answers.map(({ text }) => text).join();
  };

attempts('with a link to the victim’s own page', [
  ['whose id is altered', 'nothing', onLink((token) => altered(token, 5))],
  ['whose signature is altered', 'nothing', onLink((token) => altered(token, 40))],
  ['whose last sign is another of the same value', 'nothing', onLink((token) => `${token}=`)],
  [
    'with the signature of another link',
    'nothing',
    onLink((token) =>
      Buffer.concat([
        Buffer.from(token, 'base64url').subarray(0, 16),
        Buffer.from(linkOfMallory, 'base64url').subarray(16),
      ]).toString('base64url'),
    ),
  ],
  [
    'that is made of the id alone',
    'nothing',
    onLink((token) =>
      Buffer.concat([Buffer.from(token, 'base64url').subarray(0, 16), Buffer.alloc(32)]).toString('base64url'),
    ),
  ],
  ['that is downloaded with an altered one', 'nothing', onLink((token) => altered(token, 44), '/download')],
  [
    'whose signature is altered, for a file',
    'nothing',
    async () => (await read(`/my/${altered(link, 40)}/files/${fileId}`)).text,
  ],
  [
    'of oneself, for a file of the victim’s',
    'nothing',
    async () => {
      const answer = await read(`/my/${linkOfMallory}/files/${fileId}`);
      expect(answer.status).toBe(404);
      return answer.text;
    },
  ],
  [
    'of oneself, turned to a page of the victim’s',
    'nothing',
    async () => {
      const before = Buffer.from(`9999-01-01 00:00:00+00~${victim.messages[0]?.id ?? ''}`).toString('base64url');
      return (await read(`/api/my/${linkOfMallory}?before=${before}`)).text;
    },
  ],
]);

it('a link shows nobody else’s words even while its owner is merged with them by mistake', async () => {
  const [row] = await scene.hub.database.query<{ customer_id: string }>(
    'select customer_id from identity where address = $1',
    [mallory.phone],
  );
  const path = `/api/customers/${row?.customer_id ?? ''}/merge`;
  expect((await scene.agent.call(path, { body: { into: victim.customer.id } })).status).toBe(200);
  const seen = (await read(`/api/my/${linkOfMallory}`)).text;
  expect((await scene.agent.call(path, { method: 'DELETE' })).status).toBe(200);
  expect(seen).toContain('I am Mallory');
  expect(seen).not.toContain(secret);
});
