import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { NewSiteKeyView, SiteKeyView } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { buildAgent, Caller, signedIn, stranger } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openChat, refusalOf, type VisitorChat } from '../support/live-client.js';
import { signSiteToken } from '../support/site-tokens.js';
import { admin, startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

interface Session {
  token: string;
  visitor: string;
  user: string | null;
  identity: string;
  reason: string | null;
}

let hub: TestHub;
let boss: Caller;
let agent: Caller;
let queueId: string;
let channel: { id: string };
let key: NewSiteKeyView;
const open: VisitorChat[] = [];
let places = 0;

beforeAll(async () => {
  hub = await startTestHub({ env: { TRUST_PROXY: '127.0.0.1' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent where email = $1', [admin.email]);
  boss = await signedIn(hub, root?.id ?? '');
  const built = await buildAgent(hub.database);
  agent = await signedIn(hub, built.id);
  queueId = await buildQueue(hub.database, { members: [built.id] });
  channel = await buildChannel(hub, { kind: 'web', queueId });
  key = (await boss.call<NewSiteKeyView>(`/api/channels/${channel.id}/site-keys`, { method: 'POST' })).body;
});
afterEach(() => open.splice(0).forEach((chat) => chat.close()));
afterAll(() => hub?.stop());

const wordOf = (claims: Record<string, unknown>, endsIn?: number): string =>
  signSiteToken({ channelId: channel.id, key, claims, ...(endsIn !== undefined && { endsIn }) });

/** Each call is from a place of its own: this is not about brakes. */
async function begin(wish: { token?: string; identity?: string | null } = {}): Promise<Session> {
  places += 1;
  const headers = { 'x-forwarded-for': `10.0.${String(places >> 8)}.${String(places & 255)}` };
  const answer = await stranger(hub).call<Session>(`/api/chat/${channel.id}/session`, { body: wish, headers });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function come({ token }: { token: string }, place = '10.9.9.9'): Promise<VisitorChat> {
  const chat = openChat(hub, channel.id, token, { 'x-forwarded-for': place });
  open.push(chat);
  await chat.connected();
  return chat;
}

const bodiesOf = async (chat: VisitorChat): Promise<string[]> =>
  (await chat.catchUp()).messages.map(({ body }) => body);

/** The customer that a visitor belongs to: the root of those who are one. */
async function personOf(visitor: string): Promise<string | undefined> {
  const [row] = await hub.database.query<{ id: string }>(
    `select coalesce(k.merged_into, k.id) as id from identity i join customer k on k.id = i.customer_id
     where i.kind = 'web' and i.address = $1`,
    [visitor],
  );
  return row?.id;
}

describe('a site that says who is signed in', () => {
  it('makes of several browsers one visitor, who has their conversation on each', async () => {
    const identity = (): string => wordOf({ sub: 'sara', name: 'Sara' });
    const [phone, laptop] = [await begin({ identity: identity() }), await begin({ identity: identity() })];
    expect(phone).toMatchObject({ identity: 'proven', user: 'sara', reason: null });
    expect(laptop.visitor).toBe(phone.visitor);
    await (await come(phone)).say('from my phone');
    expect(await bodiesOf(await come(laptop))).toEqual(['from my phone']);
    const person = await personOf(phone.visitor);
    const [named] = await hub.database.query('select name from customer where id = $1', [person]);
    expect(named).toEqual({ name: 'Sara' });
  });

  it('takes along what was said before, and leaves nothing of it to the token of before', async () => {
    const before = await begin();
    const tab = await come(before);
    await tab.say('said without a name');
    const after = await begin({ token: before.token, identity: wordOf({ sub: 'reza' }) });
    expect(after.visitor).toBe(before.visitor);
    await tab.until('put out', () => !tab.socket.connected);
    expect(await bodiesOf(await come(after))).toEqual(['said without a name']);
    expect(await refusalOf(openChat(hub, channel.id, before.token))).toBe('unauthenticated');
    expect((await begin({ token: before.token })).visitor).not.toBe(before.visitor);
    const file = await fetch(`${hub.url}/api/chat/${channel.id}/attachments/${uuid()}`, {
      headers: { authorization: `Bearer ${before.token}` },
    });
    expect(file.status).toBe(404);
  });

  it('makes one person of the visitor that this browser was and the one that its user is elsewhere', async () => {
    const elsewhere = await begin({ identity: wordOf({ sub: 'mina' }) });
    await (await come(elsewhere)).say('from elsewhere');
    const here = await begin();
    await (await come(here)).say('not signed in yet');
    const after = await begin({ token: here.token, identity: wordOf({ sub: 'mina' }) });
    expect(after.visitor).toBe(elsewhere.visitor);
    await until(
      async () => [await personOf(here.visitor), await personOf(elsewhere.visitor)],
      ([one, other]) => one === other,
    );
    expect(await bodiesOf(await come(after))).toEqual(['from elsewhere']);
  });

  it('becomes somebody else by another name: of the one before nothing is left', async () => {
    const one = await begin({ identity: wordOf({ sub: 'one' }) });
    await (await come(one)).say('only for one');
    const two = await begin({ token: one.token, identity: wordOf({ sub: 'two' }) });
    expect(two).toMatchObject({ user: 'two', identity: 'proven' });
    expect(two.visitor).not.toBe(one.visitor);
    expect(await bodiesOf(await come(two))).toEqual([]);
    await (await come(two)).say('I am two');
    expect(await personOf(two.visitor)).not.toBe(await personOf(one.visitor));
    const nobody = await begin({ token: two.token, identity: null });
    expect(nobody).toMatchObject({ user: null, identity: 'none' });
    expect([one.visitor, two.visitor]).not.toContain(nobody.visitor);
  });

  it('is one visitor even where all its pages ask at once', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 12 }, async () => begin({ identity: wordOf({ sub: 'busy' }) })),
    );
    expect(new Set(sessions.map(({ visitor }) => visitor)).size).toBe(1);
  });

  it('keeps to its own channel: the same name elsewhere is somebody else', async () => {
    const other = await buildChannel(hub, { kind: 'web', queueId });
    const made = await boss.call<NewSiteKeyView>(`/api/channels/${other.id}/site-keys`, { method: 'POST' });
    const identity = signSiteToken({ channelId: other.id, key: made.body, claims: { sub: 'sara' } });
    const there = await stranger(hub).call<Session>(`/api/chat/${other.id}/session`, { body: { identity } });
    const here = await begin({ identity: wordOf({ sub: 'sara' }) });
    expect(there.body.identity).toBe('proven');
    expect(there.body.visitor).not.toBe(here.visitor);
    expect(await begin({ identity })).toMatchObject({ identity: 'refused', reason: 'unknown_key' });
  });
});

describe('what proves nothing', () => {
  it('leaves a visitor without a name as they are, and says why', async () => {
    const before = await begin();
    const forged = signSiteToken({
      channelId: channel.id,
      key: { kid: key.kid, secret: 'a secret that somebody guessed, wrongly' },
      claims: { sub: 'sara' },
    });
    const words: [string, string][] = [
      [forged, 'bad_signature'],
      [wordOf({ sub: 'sara' }, -60), 'expired'],
      [wordOf({ sub: 'sara' }, 86_400), 'too_long'],
      [wordOf({ sub: 'sara', aud: uuid() }), 'wrong_audience'],
      ['nonsense', 'malformed'],
    ];
    for (const [identity, reason] of words) {
      const answer = await begin({ token: before.token, identity });
      expect(answer).toMatchObject({ identity: 'refused', reason, user: null, visitor: before.visitor });
    }
  });

  it('ends whoever was signed in, unless it is an old word about the same one', async () => {
    const sara = await begin({ identity: wordOf({ sub: 'sara' }) });
    const late = await begin({ token: sara.token, identity: wordOf({ sub: 'sara' }, -60) });
    expect(late).toMatchObject({ identity: 'refused', reason: 'expired', user: 'sara', visitor: sara.visitor });
    expect(late.token).toBe(sara.token);
    const other = await begin({ token: sara.token, identity: wordOf({ sub: 'other' }, -60) });
    expect(other).toMatchObject({ identity: 'refused', user: null });
    expect(other.visitor).not.toBe(sara.visitor);
  });

  it('is a word with an id of its own that was shown before, also to another visitor', async () => {
    const identity = wordOf({ sub: 'once', jti: uuid() });
    const first = await begin({ identity });
    expect(first.identity).toBe('proven');
    const again = await begin({ identity });
    expect(again).toMatchObject({ identity: 'refused', reason: 'used', user: null });
    expect(again.visitor).not.toBe(first.visitor);
  });

  it('is a word about an address that the site has not checked: it is a claim for agents to see', async () => {
    const address = `${uuid()}@example.org`;
    const victim = await hearFromMail(address);
    const session = await begin({ identity: wordOf({ sub: uuid(), email: address }) });
    await (await come(session)).say('I say that this is my address');
    const claims = await hub.database.query('select source, state from identity_claim where address = $1', [address]);
    expect(claims).toEqual([{ source: 'page', state: 'open' }]);
    expect(await personOf(session.visitor)).not.toBe(victim);
  });

  it('does not last: a token of somebody signed in is over after a day, and no visit makes it longer', async () => {
    const tokens = hub.app.get(VisitorTokens, { strict: false });
    const sara = await begin({ identity: wordOf({ sub: 'sara' }) });
    expect((await begin({ token: sara.token })).token).toBe(sara.token);
    const day = 24 * 3_600_000;
    expect(tokens.read(sara.token, channel.id, Date.now() + 0.99 * day)).not.toBeNull();
    expect(tokens.read(sara.token, channel.id, Date.now() + 1.01 * day)).toBeNull();
  });
});

/** Somebody who is known by their mail address; the customer. */
async function hearFromMail(address: string): Promise<string> {
  const messages = await buildChannel(hub, { kind: 'messages', queueId });
  const conversation = await hearFrom(hub, messages, uuid(), 'hello');
  const [row] = await hub.database.query<{ customer_id: string }>(
    `with known as (select customer_id from conversation where id = $2)
     insert into identity (id, customer_id, kind, address, trust) select $3, customer_id, 'email', $1, 'channel_given' from known
     returning customer_id`,
    [address, conversation, uuid()],
  );
  return row?.customer_id ?? '';
}

describe('an address that the site has checked', () => {
  it('joins its user to whoever wrote from there, as soon as they write', async () => {
    const address = `${uuid()}@example.org`;
    const known = await hearFromMail(address);
    const word = { sub: uuid(), email: address.toUpperCase(), email_verified: true };
    const session = await begin({ identity: wordOf(word) });
    expect(await personOf(session.visitor)).toBeUndefined();
    await (await come(session)).say('hello from the shop');
    await until(
      () => personOf(session.visitor),
      (person) => person === known,
    );
    expect(await bodiesOf(await come(session))).toEqual(['hello from the shop']);
    const [act] = await hub.database.query(`select 1 from audit where action = 'customer.merged' and entry like $1`, [
      `%${known}%`,
    ]);
    expect(act).toBeDefined();
  });

  it('becomes theirs where it was nobody’s, also when it is proven after they wrote', async () => {
    const address = `${uuid()}@example.org`;
    const sub = uuid();
    const session = await begin({ identity: wordOf({ sub }) });
    await (await come(session)).say('hello');
    await begin({ token: session.token, identity: wordOf({ sub, email: address, email_verified: true }) });
    const owner = async (): Promise<unknown[]> =>
      hub.database.query(
        `select i.trust, e.trust as mail from identity i join identity e on e.customer_id = i.customer_id and e.address = $2
         where i.kind = 'web' and i.address = $1`,
        [session.visitor, address],
      );
    expect(await until(owner, (rows) => rows.length > 0)).toEqual([{ trust: 'proven', mail: 'proven' }]);
  });
});

describe('the keys of a site', () => {
  it('are shown once, when they are made, to administrators', async () => {
    const web = await buildChannel(hub, { kind: 'web', queueId });
    const path = `/api/channels/${web.id}/site-keys`;
    const made = await boss.call<NewSiteKeyView>(path, { method: 'POST' });
    expect(made.status).toBe(201);
    expect(made.body.secret.length).toBeGreaterThanOrEqual(40);
    const listed = await boss.call<SiteKeyView[]>(path);
    expect(listed.body).toEqual([{ kid: made.body.kid, madeAt: made.body.madeAt }]);
    const channels = await boss.call('/api/channels');
    expect(listed.text + channels.text + hub.logged()).not.toContain(made.body.secret);
    expect((await agent.call(path)).status).toBe(403);
    expect((await agent.call(path, { method: 'POST' })).status).toBe(403);
    const [stored] = await hub.database.query<{ raw: string }>(
      `select encode(secrets, 'escape') as raw from channel where id = $1`,
      [web.id],
    );
    expect(stored?.raw).not.toContain(made.body.secret);
  });

  it('count beside each other until one is taken away', async () => {
    const path = `/api/channels/${channel.id}/site-keys`;
    const next = (await boss.call<NewSiteKeyView>(path, { method: 'POST' })).body;
    const word = (by: NewSiteKeyView): string =>
      signSiteToken({ channelId: channel.id, key: by, claims: { sub: 'rotating' } });
    expect([(await begin({ identity: word(next) })).identity, (await begin({ identity: word(key) })).identity]).toEqual(
      ['proven', 'proven'],
    );
    expect((await boss.call(`${path}/${next.kid}`, { method: 'DELETE' })).status).toBe(204);
    expect(await begin({ identity: word(next) })).toMatchObject({ identity: 'refused', reason: 'unknown_key' });
    expect((await begin({ identity: word(key) })).identity).toBe('proven');
    expect((await boss.call(`${path}/${next.kid}`, { method: 'DELETE' })).status).toBe(404);
    const acts = await hub.database.query<{ action: string }>(
      `select action from audit where action like 'site_key.%' and entry like $1 order by at`,
      [`%${next.kid}%`],
    );
    expect(acts.map(({ action }) => action)).toEqual(['site_key.made', 'site_key.removed']);
  });

  it('are at most five, and of web chats only', async () => {
    const web = await buildChannel(hub, { kind: 'web', queueId });
    const made = [];
    for (let n = 0; n < 6; n += 1) {
      made.push((await boss.call(`/api/channels/${web.id}/site-keys`, { method: 'POST' })).status);
    }
    expect(made).toEqual([201, 201, 201, 201, 201, 409]);
    const messages = await buildChannel(hub, { kind: 'messages', queueId });
    expect((await boss.call(`/api/channels/${messages.id}/site-keys`)).status).toBe(404);
  });
});

describe('the brakes', () => {
  it('hold up a place that begins one conversation after the other, and nobody who has written before', async () => {
    const place = '10.8.0.1';
    const old = await come(await begin(), place);
    await old.say('I was here before');
    const answers = [];
    for (let n = 0; n < 31; n += 1) {
      answers.push(await (await come(await begin(), place)).say(`new ${String(n)}`));
    }
    expect(answers.filter(({ ok }) => !ok)).toContainEqual({ ok: false, code: 'too_many' });
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(25);
    expect(await old.say('and am still heard')).toMatchObject({ ok: true });
  });

  it('hold up a channel that everybody runs to, as far as it says', async () => {
    const busy = await buildChannel(hub, { kind: 'web', queueId, config: { newChatsPerMinute: 3 } });
    const tokens = hub.app.get(VisitorTokens, { strict: false });
    const answers = [];
    for (let n = 0; n < 5; n += 1) {
      const chat = openChat(hub, busy.id, tokens.issue(busy.id), { 'x-forwarded-for': `10.7.0.${String(n)}` });
      open.push(chat);
      await chat.connected();
      answers.push(await chat.say('hello'));
    }
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
  });
});

it('keeps every word of a site and every token out of the log', async () => {
  const identity = wordOf({ sub: 'quiet' });
  const session = await begin({ identity });
  await (await come(session)).say('hello');
  for (const secret of [identity, identity.split('.')[2], session.token, session.token.split('.')[1], key.secret]) {
    expect(hub.logged()).not.toContain(secret);
  }
});
