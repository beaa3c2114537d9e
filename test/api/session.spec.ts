import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OwnSessionView } from '#contract';
import { LoginLimits } from '../../apps/hub/src/auth/sessions/login-limits.js';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { buildAgent, Caller, signedIn, stranger, type BuiltAgent } from '../support/build-rows.js';
import { openConsole } from '../support/live-client.js';
import { admin, startTestHub, type TestHub } from '../support/start-hub.js';

const password = 'a river of small stones';
/** Algorithm, version and cost: what a hash takes to be checked does not depend on anything else. */
const costOfOne = ['argon2id', 'v=19', 'm=19456,t=2,p=1'];
let hub: TestHub;
let agent: BuiltAgent;

beforeAll(async () => {
  hub = await startTestHub();
  agent = await buildAgent(hub.database, { passwordHash: await hub.app.get(PasswordHasher).hash(password) });
});
afterAll(() => hub.stop());

async function signIn(credentials: { email: string; password: string }, headers: Record<string, string> = {}) {
  return stranger(hub).call('/api/session', { body: credentials, headers });
}

function cookieOf(answer: { headers: Headers }): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const callerOf = (answer: { headers: Headers }) => new Caller(hub.url, { cookie: cookieOf(answer) });

async function acts(subject: string): Promise<string[]> {
  const rows = await hub.database.query<{ action: string }>(
    `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
    [subject],
  );
  return rows.map(({ action }) => action);
}

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn({ email: ` ${agent.email.toUpperCase()} `, password });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: agent.id,
      email: agent.email,
      role: 'agent',
      insecure: true,
      queueIds: [],
    });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^peyk=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const me = await new Caller(hub.url, { cookie: cookieOf(answer) }).call('/api/me');
    expect(me).toMatchObject({ status: 200, body: answer.body });
  });

  it('keeps no token and no password in the database or in the log', async () => {
    const answer = await signIn({ email: agent.email, password });
    const token = cookieOf(answer).slice('peyk='.length);
    const rows = await hub.database.query(
      'select s.*, a.password_hash from session s join agent a on a.id = s.agent_id',
    );
    expect(JSON.stringify(rows.map((row) => ({ ...row, token_hash: String(row['token_hash']) })))).not.toContain(token);
    expect(rows[0]?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hub.logged()).not.toContain(token);
    expect(hub.logged()).not.toContain(password);
  });

  it('answers the same for a wrong password, an unknown address and a disabled account', async () => {
    const disabled = await buildAgent(hub.database, {
      disabled: true,
      passwordHash: await hub.app.get(PasswordHasher).hash(password),
    });
    const answers = [
      await signIn({ email: agent.email, password: 'not this one at all' }),
      await signIn({ email: 'nobody@peyk.test', password }),
      await signIn({ email: disabled.email, password }),
    ];
    const bodies = answers.map(({ body }) => ({ ...body, requestId: '' }));
    expect(bodies[0]).toMatchObject({ status: 401, code: 'wrong_credentials' });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('does the work of a wrong password for an address that nobody has, or that has none yet', async () => {
    const invited = await buildAgent(hub.database);
    await hub.database.query('update agent set password_hash = null, invited_at = clock_timestamp() where id = $1', [
      invited.id,
    ]);
    const asked = jest.spyOn(hub.app.get(PasswordHasher), 'verify');
    for (const email of [agent.email, 'nobody@peyk.test', invited.email]) {
      expect((await signIn({ email, password: 'not this one at all' })).status).toBe(401);
    }
    const works = asked.mock.calls.map(([against, tried]) => [against.split('$').slice(1, 4), tried]);
    expect(works).toEqual(Array.from({ length: 3 }, () => [costOfOne, 'not this one at all']));
    asked.mockRestore();
  });

  it('begins a new session each time, and ends the one the browser had', async () => {
    const first = await signIn({ email: agent.email, password });
    const second = await signIn({ email: agent.email, password }, { cookie: cookieOf(first) });
    expect(cookieOf(second)).not.toBe(cookieOf(first));
    expect((await new Caller(hub.url, { cookie: cookieOf(first) }).call('/api/me')).status).toBe(401);
    expect((await new Caller(hub.url, { cookie: cookieOf(second) }).call('/api/me')).status).toBe(200);
  });

  it('never takes a token that the browser brought along', async () => {
    const planted = `peyk=${'A'.repeat(43)}`;
    const answer = await signIn({ email: agent.email, password }, { cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await new Caller(hub.url, { cookie: planted }).call('/api/me')).status).toBe(401);
  });

  it('names the field that is missing', async () => {
    expect((await stranger(hub).call('/api/session', { body: { email: agent.email } })).body).toMatchObject({
      status: 422,
      code: 'invalid',
      field: 'password',
    });
  });
});

describe('a session', () => {
  it('ends at logout, at once and for open sockets too', async () => {
    const caller = await signedIn(hub, agent.id);
    const heard: string[] = [];
    hub.app.get(EventBus).on('rights.changed', ({ agentId }) => void heard.push(agentId));
    const answer = await caller.call('/api/session', { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^peyk=; Max-Age=0;/);
    expect((await caller.call('/api/me')).status).toBe(401);
    expect(heard).toEqual([agent.id]);
  });

  it('takes nothing from a page of somebody else, and says that it is one', async () => {
    const caller = await signedIn(hub, agent.id);
    const { id: other } = await buildAgent(hub.database);
    const from = (id: string) => ({ headers: { 'x-agent': id } });
    const change = { method: 'PATCH' as const, body: { preferences: { sound: false } } };
    expect((await caller.call('/api/me', { ...change, ...from(other) })).status).toBe(401);
    expect((await caller.call('/api/session/end', from(other))).body).toEqual({ reason: 'other' });
    expect((await caller.call('/api/me', from(agent.id))).body).toMatchObject({ preferences: { sound: true } });
    expect((await caller.call('/api/session/end', from(agent.id))).body).toEqual({ reason: 'none' });
  });

  it('can be ended twice without an error', async () => {
    expect((await stranger(hub).call('/api/session', { method: 'DELETE' })).status).toBe(204);
  });

  it.each([
    ['it was idle for twelve hours', `last_seen_at = clock_timestamp() - interval '12 hours 1 minute'`],
    ['it is thirty days old', `expires_at = clock_timestamp() - interval '1 second'`],
  ])('is over when %s', async (_reason, change) => {
    const somebody = await buildAgent(hub.database);
    const caller = await signedIn(hub, somebody.id);
    expect((await caller.call('/api/me')).status).toBe(200);
    await hub.database.query(`update session set ${change} where agent_id = $1`, [somebody.id]);
    expect((await caller.call('/api/me')).body).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('lives on while it is used', async () => {
    const somebody = await buildAgent(hub.database);
    const caller = await signedIn(hub, somebody.id);
    await hub.database.query(
      `update session set last_seen_at = clock_timestamp() - interval '11 hours' where agent_id = $1`,
      [somebody.id],
    );
    await caller.call('/api/me');
    const [row] = await hub.database.query<{ fresh: boolean }>(
      `select last_seen_at > clock_timestamp() - interval '1 minute' as fresh from session where agent_id = $1`,
      [somebody.id],
    );
    expect(row?.fresh).toBe(true);
  });

  it('has the rights of the moment: disabling ends it, a new role shows at once', async () => {
    const somebody = await buildAgent(hub.database);
    const caller = await signedIn(hub, somebody.id);
    await hub.database.query(`update agent set role = 'supervisor' where id = $1`, [somebody.id]);
    expect((await caller.call('/api/me')).body).toMatchObject({ role: 'supervisor' });
    await hub.database.query('update agent set disabled_at = clock_timestamp() where id = $1', [somebody.id]);
    expect((await caller.call('/api/me')).status).toBe(401);
  });

  it('is swept away when it is long over', async () => {
    const somebody = await buildAgent(hub.database);
    await signedIn(hub, somebody.id);
    await hub.database.query(
      `update session set expires_at = clock_timestamp() - interval '2 days' where agent_id = $1`,
      [somebody.id],
    );
    await hub.app.get(Housekeeping).run();
    expect(await hub.database.query('select from session where agent_id = $1', [somebody.id])).toEqual([]);
  });
});

describe('sessions', () => {
  it('are listed in plain words, and one that is ended takes its open sockets down at once', async () => {
    const passwordHash = await hub.app.get(PasswordHasher).hash(password);
    const somebody = await buildAgent(hub.database, { passwordHash });
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
    const there = await signIn({ email: somebody.email, password }, { 'user-agent': userAgent });
    const here = callerOf(await signIn({ email: somebody.email, password }));
    const list = async () => (await here.call<OwnSessionView[]>('/api/me/sessions')).body;
    const [mine, theirs] = await list();
    expect(mine).toMatchObject({ isThis: true, address: '127.0.0.1' });
    expect(theirs).toMatchObject({ isThis: false, device: { browser: 'Firefox', system: 'Windows', isPhone: false } });
    expect(new Date(String(theirs?.lastSeenAt)).getTime()).toBeGreaterThanOrEqual(
      new Date(String(theirs?.begunAt)).getTime(),
    );

    const console = await openConsole(hub, { headers: { cookie: cookieOf(there) } });
    await console.connected();
    const other = await signedIn(hub, agent.id);
    const path = `/api/me/sessions/${String(theirs?.id)}`;
    expect((await other.call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await here.call(path, { method: 'DELETE' })).status).toBe(204);
    await console.until('its socket ended', () => !console.socket.connected, 1_000);
    expect((await callerOf(there).call('/api/me')).status).toBe(401);
    expect((await here.call(path, { method: 'DELETE' })).status).toBe(404);

    const third = await signedIn(hub, somebody.id);
    expect(await list()).toHaveLength(2);
    expect((await here.call('/api/me/sessions', { method: 'DELETE' })).status).toBe(204);
    expect((await third.call('/api/me')).status).toBe(401);
    expect((await list()).map(({ isThis }) => isThis)).toEqual([true]);
    expect(await acts(somebody.id)).toEqual(['account.sessions_ended', 'account.sessions_ended']);
  });
});

describe('my account', () => {
  it('takes a new name and language, and nothing that is not mine to set', async () => {
    const caller = await signedIn(hub, agent.id);
    expect(
      (await caller.call('/api/me', { method: 'PATCH', body: { name: 'سارا', locale: 'en' } })).body,
    ).toMatchObject({ name: 'سارا', locale: 'en' });
    expect((await caller.call('/api/me', { method: 'PATCH', body: { role: 'admin' } })).body).toMatchObject({
      status: 422,
      field: 'role',
    });
  });

  it('changes the password for who knows the old one, and ends all other sessions', async () => {
    const somebody = await buildAgent(hub.database, { passwordHash: await hub.app.get(PasswordHasher).hash(password) });
    const [here, elsewhere] = [await signedIn(hub, somebody.id), await signedIn(hub, somebody.id)];
    const newPassword = 'another river entirely';
    const wrong = await here.call('/api/me', {
      method: 'PATCH',
      body: { currentPassword: 'not this one', newPassword },
    });
    expect(wrong.body).toMatchObject({ status: 422, code: 'wrong_password', field: 'currentPassword' });
    const short = { currentPassword: password, newPassword: 'seven c' };
    expect((await here.call('/api/me', { method: 'PATCH', body: short })).body).toMatchObject({
      code: 'password_length',
      field: 'newPassword',
    });
    expect((await elsewhere.call('/api/me')).status).toBe(200);
    expect(
      (
        await here.call('/api/me', {
          method: 'PATCH',
          body: { currentPassword: password, newPassword },
          headers: { 'idempotency-key': 'new' },
        })
      ).status,
    ).toBe(200);
    expect([(await here.call('/api/me')).status, (await elsewhere.call('/api/me')).status]).toEqual([200, 401]);
    expect(await acts(somebody.id)).toEqual(['account.password_changed']);
    // A quick hash of the call would tell the password to whoever has the database.
    expect(await hub.database.query('select 1 from idempotency_key where actor_id = $1', [somebody.id])).toEqual([]);
    expect((await signIn({ email: somebody.email, password })).status).toBe(401);
    expect((await signIn({ email: somebody.email, password: newPassword })).status).toBe(201);
  });
});

describe('guessing passwords', () => {
  it('is stopped after ten tries, however many come at once, and says how long to wait', async () => {
    const target = await buildAgent(hub.database, { passwordHash: await hub.app.get(PasswordHasher).hash(password) });
    const tries = await Promise.all(
      Array.from({ length: 25 }, () => signIn({ email: target.email, password: 'a guess that is wrong' })),
    );
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    const refused = await signIn({ email: target.email, password });
    expect(refused.body).toMatchObject({ status: 429, code: 'too_many' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('costs an office nothing that signs in rightly, however often, and still stops guesses from it', async () => {
    const limits = hub.app.get(LoginLimits, { strict: false });
    const office = '198.51.100.7';
    for (let n = 0; n < 130; n += 1) {
      await limits.take(office, `agent${String(n)}@peyk.test`);
      await limits.forget(office, `agent${String(n)}@peyk.test`);
    }
    const guesses = Array.from({ length: 101 }, (_, n) => limits.take(office, `guessed${String(n)}@peyk.test`));
    const refused = (await Promise.allSettled(guesses)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
  });

  it('does not lock the owner of another account out', async () => {
    expect((await signIn(admin)).status).toBe(201);
  });
});

describe('an API key', () => {
  it('acts for its agent within its scopes', async () => {
    const { key } = await hub.app
      .get(ApiKeyService)
      .create(agent.id, { name: 'reader', scopes: ['read'], expiresAt: null });
    const program = new Caller(hub.url, { authorization: `Bearer ${key}` });
    expect(key).toMatch(/^peyk_[\w-]{43}$/);
    expect((await program.call('/api/me')).body).toMatchObject({ id: agent.id });
    expect((await program.call('/api/me', { method: 'PATCH', body: { name: 'X' } })).body).toMatchObject({
      status: 403,
      code: 'scope_missing',
    });
  });

  it('stops when it is revoked or has run out', async () => {
    const keys = hub.app.get(ApiKeyService);
    const revoked = await keys.create(agent.id, { name: 'a', scopes: ['read'], expiresAt: null });
    const over = await keys.create(agent.id, { name: 'b', scopes: ['read'], expiresAt: new Date('2020-01-01') });
    const status = async (key: string) =>
      (await new Caller(hub.url, { authorization: `Bearer ${key}` }).call('/api/me')).status;
    expect(await status(revoked.key)).toBe(200);
    await keys.revoke(agent.id, revoked.id);
    expect([await status(revoked.key), await status(over.key)]).toEqual([401, 401]);
  });

  it('is made in the console, shown once, listed without its secret, and revoked', async () => {
    const caller = await signedIn(hub, (await buildAgent(hub.database)).id);
    const made = await caller.call('/api/me/keys', {
      body: { name: 'Shop', scopes: ['read', 'write'] },
      headers: { 'idempotency-key': 'k' },
    });
    expect(made.status).toBe(201);
    expect(made.body['key']).toMatch(/^peyk_/);
    const listed = await caller.call<object[]>('/api/me/keys');
    expect(listed.body).toMatchObject([
      { id: made.body['id'], name: 'Shop', scopes: ['read', 'write'], expiresAt: null },
    ]);
    const everything = await hub.database.query(
      `select encode(token_hash, 'escape') as a, name as b from api_key union all select answer, key from idempotency_key`,
    );
    expect(listed.text + JSON.stringify(everything)).not.toContain(made.body['key']);
    const program = new Caller(hub.url, { authorization: `Bearer ${String(made.body['key'])}` });
    expect((await program.call('/api/me/keys', { body: { name: 'More', scopes: ['read'] } })).status).toBe(403);
    expect((await caller.call(`/api/me/keys/${String(made.body['id'])}`, { method: 'DELETE' })).status).toBe(204);
    expect((await program.call('/api/me')).status).toBe(401);
  });

  it('cannot be revoked by somebody else', async () => {
    const { id } = await hub.app
      .get(ApiKeyService)
      .create(agent.id, { name: 'mine', scopes: ['read'], expiresAt: null });
    const somebody = await signedIn(hub, (await buildAgent(hub.database)).id);
    expect((await somebody.call(`/api/me/keys/${id}`, { method: 'DELETE' })).body).toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });

  it('is not helped out by a cookie when it does not hold', async () => {
    const caller = await signedIn(hub, agent.id);
    expect((await caller.call('/api/me', { headers: { authorization: 'Bearer peyk_wrong' } })).status).toBe(401);
  });
});

describe('behind https', () => {
  it('binds the cookie to this very host', async () => {
    const secure = await startTestHub({ env: { PUBLIC_URL: 'https://desk.example.org' } });
    try {
      const answer = await stranger(secure).call('/api/session', { body: admin });
      expect(answer.headers.get('set-cookie')).toMatch(
        /^__Host-peyk=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      );
      expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
      expect(answer.body).toMatchObject({ insecure: false });
    } finally {
      await secure.stop();
    }
  });
});

describe('what one likes', () => {
  const change = async (caller: Caller, preferences: unknown) =>
    caller.call('/api/me', { method: 'PATCH', body: { preferences } });

  it('begins with the defaults, and what is changed stays with the account and leaves the rest', async () => {
    const { id } = await buildAgent(hub.database);
    const caller = await signedIn(hub, id);
    expect((await caller.call('/api/me')).body).toMatchObject({
      preferences: { sound: true, keys: 'single', undo: { email: 10, other: 0 }, calendar: 'auto', quiet: null },
    });
    await change(caller, { calendar: 'jalali', quiet: { from: '22:00', to: '07:30' } });
    const answer = await change(caller, { keys: 'alt', undo: { email: 30, other: 5 } });
    expect(answer).toMatchObject({ status: 200, body: { preferences: { calendar: 'jalali', keys: 'alt' } } });
    const elsewhere = await (await signedIn(hub, id)).call('/api/me');
    expect(elsewhere.body).toMatchObject({
      preferences: {
        sound: true,
        calendar: 'jalali',
        keys: 'alt',
        undo: { email: 30, other: 5 },
        quiet: { from: '22:00', to: '07:30' },
      },
    });
    await change(caller, { quiet: null });
    expect((await caller.call('/api/me')).body).toMatchObject({ preferences: { quiet: null, keys: 'alt' } });
  });

  it('are nobody else’s', async () => {
    const [mine, theirs] = await Promise.all([buildAgent(hub.database), buildAgent(hub.database)]);
    await change(await signedIn(hub, mine.id), { density: 'compact' });
    expect((await (await signedIn(hub, theirs.id)).call('/api/me')).body).toMatchObject({
      preferences: { density: 'comfortable' },
    });
  });

  it.each([
    [{ keys: 'both' }, 'preferences.keys'],
    [{ sound: null }, 'preferences.sound'],
    [{ undo: { email: 3600, other: 0 } }, 'preferences.undo.email'],
    [{ undo: { email: 10 } }, 'preferences.undo.other'],
    [{ quiet: { from: '25:00', to: '07:00' } }, 'preferences.quiet.from'],
    [{ colour: 'mauve' }, 'preferences.colour'],
    [null, 'preferences'],
  ])('are refused where they cannot be: %j', async (preferences, field) => {
    const { id } = await buildAgent(hub.database);
    const caller = await signedIn(hub, id);
    expect(await change(caller, preferences)).toMatchObject({ status: 422, body: { field } });
    expect((await caller.call('/api/me')).body).toMatchObject({ preferences: { keys: 'single', sound: true } });
  });

  it('is told to the other windows of the account', async () => {
    const { id } = await buildAgent(hub.database);
    const told: string[] = [];
    hub.app.get(EventBus).on('account.changed', ({ agentId }) => void told.push(agentId));
    await change(await signedIn(hub, id), { sound: false });
    expect(told).toEqual([id]);
  });
});
