import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { HubConfig } from '#config';
import type {
  EnrolmentView,
  OwnIdentityView,
  OwnRoleView,
  OwnSessionView,
  SignInCheckView,
  SignInProviderView,
  SignInSettingsView,
  SignInWaysView,
} from '#contract';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { ProviderAccounts } from '../../apps/hub/src/auth/oidc/provider-accounts.service.js';
import { ProviderClient } from '../../apps/hub/src/auth/oidc/provider-client.service.js';
import { openProvider, type OpenProvider } from '../../apps/hub/src/auth/oidc/provider-rows.query.js';
import { readClaims } from '../../apps/hub/src/auth/oidc/read-claims.js';
import { SecretBox } from '../../apps/hub/src/platform/secret-box.js';
import { buildAgent, Caller, signedIn, stranger, type AgentWish } from '../support/build-rows.js';
import { codeNow } from '../support/enrol.js';
import { OidcBrowser } from '../support/oidc-browser.js';
import { startProvider, type TestProvider, type Token } from '../support/oidc-provider.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';

const password = 'a river of small stones';
const id = uuid();
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let installation: { databaseUrl: string; env: Record<string, string> };
let hub: TestHub;
let provider: TestProvider;
let admin: Caller;
let adminId: string;
let passwordHash: string;

const settings = '/api/sign-in-settings';
const backAt = () => `${hub.url}/api/sign-in/${id}/back`;

/** What the form of the provider holds. */
const wish = (more: object = {}) => ({
  name: 'Our company',
  issuer: provider.issuer,
  clientId: provider.client.id,
  scopes: ['email', 'profile', 'groups'],
  emailDomains: [],
  trustsEmail: false,
  createsAccounts: false,
  role: 'agent',
  ownRoleId: null,
  queueIds: [],
  groupsClaim: 'groups',
  groups: [],
  secondFactor: 'asked',
  enabled: true,
  ...more,
});
const setUp = async (more: object = {}, caller = admin) =>
  caller.call<SignInProviderView & { code?: string; field?: string }>(`${settings}/providers/${id}`, {
    method: 'PUT',
    body: wish(more),
  });

const open = () => new OidcBrowser(`${hub.url}/api/sign-in/${id}`);

async function signInAs(person: string): Promise<{ told: Record<string, string>; browser: OidcBrowser }> {
  provider.person = person;
  const browser = open();
  return { told: await browser.signIn(), browser };
}

const build = (more: AgentWish = {}) => buildAgent(hub.database, { passwordHash, ...more });
const acts = async (subject: string) =>
  (
    await hub.database.query<{ action: string }>(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [subject],
    )
  ).map(({ action }) => action);
const byPassword = (email: string) =>
  stranger(hub).call<{ id?: string; code?: string }>('/api/session', { body: { email, password } });

beforeAll(async () => {
  database = await createTestDatabase();
  const env = { OUTBOUND_ALLOW: '127.0.0.0/8', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  installation = { databaseUrl: database.url, env };
  hub = await startTestHub(installation);
  provider = await startProvider(() => [backAt()]);
  provider.rotate();
  passwordHash = await hub.app.get(PasswordHasher).hash(password);
  adminId = (await build({ role: 'admin', name: 'Root' })).id;
  admin = await signedIn(hub, adminId);
  expect((await setUp({ clientSecret: provider.client.secret })).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await hub?.stop();
  await provider?.stop();
  await database?.drop();
});

describe('a provider', () => {
  it('is set up by administrators alone, looked at step by step, and its secret is shown to nobody', async () => {
    const { body, text } = await admin.call<SignInSettingsView>(settings);
    expect(body).toMatchObject({
      address: hub.url,
      passwords: 'everybody',
      providers: [{ id, hasSecret: true, people: 0 }],
    });
    expect(body.providers[0]?.scopes).toEqual(['openid', 'email', 'profile', 'groups']);
    const rows = await hub.database.query('select p::text, encode(secret, $1) as s from sign_in_provider p', [
      'escape',
    ]);
    const audit = await hub.database.query(`select entry from audit where action like 'sign-in-provider.%'`);
    expect(audit).toHaveLength(1);
    expect(text + JSON.stringify([rows, audit]) + hub.logged()).not.toContain(provider.client.secret);
    const lead = await signedIn(hub, (await build({ role: 'supervisor' })).id);
    expect([(await lead.call(settings)).status, (await setUp({}, lead)).status]).toEqual([403, 403]);
    expect((await stranger(hub).call<SignInWaysView>('/api/sign-in')).body).toEqual({
      providers: [{ id, name: 'Our company' }],
      passwords: 'everybody',
    });

    const look = (wanted: object) =>
      admin.call<SignInCheckView>(`${settings}/providers/${id}/check`, {
        body: { issuer: provider.issuer, clientId: provider.client.id, ...wanted },
      });
    const good = await look({});
    expect(good.body.steps.map(({ step, ok }) => `${step} ${String(ok)}`)).toEqual([
      'discovery true',
      'issuer true',
      'endpoints true',
      'keys true',
      'client true',
    ]);
    expect((await look({ clientSecret: 'wrong' })).body).toMatchObject({
      ok: false,
      steps: expect.arrayContaining([{ step: 'client', ok: false, detail: 'invalid_client' }]),
    });
    const elsewhere = await look({ issuer: `${provider.issuer.replace('127.0.0.1', 'localhost')}` });
    expect(elsewhere.body).toMatchObject({
      ok: false,
      steps: [{ ok: true }, { step: 'issuer', ok: false, detail: provider.issuer }],
    });
    expect((await look({ issuer: 'http://127.0.0.1:1' })).body.steps).toEqual([
      { step: 'discovery', ok: false, detail: 'ECONNREFUSED' },
    ]);
    const refused = [
      await setUp({ issuer: 'http://login.example.com' }),
      await setUp({ emailDomains: ['no domain'] }),
      await setUp({ issuer: 'https://login.example.com' }),
      await setUp({ version: 99 }),
    ];
    expect(refused.map(({ body: { code, field } }) => [code, field])).toEqual([
      ['invalid', 'issuer'],
      ['invalid', 'emailDomains'],
      ['secret_needed', 'clientSecret'],
      ['stale', 'version'],
    ]);
  });

  it('is reached in private networks only where the hub was opened for them', async () => {
    const terms = { issuer: provider.issuer, clientId: 'peyk', secret: null };
    const closed = new ProviderClient({ outboundAllow: [] } as unknown as HubConfig);
    const refused = closed.begin({ ...terms, scopes: [] }, backAt(), { state: 's', nonce: 'n', verifier: 'v' });
    await expect(refused).rejects.toMatchObject({ why: 'unreachable', detail: 'address_refused' });
  });
});

describe('somebody whom it knows', () => {
  it('comes into the account with their address, is known by it ever after, and sees how they came in', async () => {
    const agent = await build({ email: 'ida@peyk.test' });
    provider.people['ida'] = { email: 'Ida@peyk.test', email_verified: true, name: 'Ida' };
    provider.person = 'ida';
    const browser = open();
    expect(await browser.signIn('/inbox/mine?queue=1')).toEqual({ in: agent.id, to: '/inbox/mine?queue=1' });
    expect((await browser.caller().call('/api/me')).body).toMatchObject({ id: agent.id });
    const { body: sessions } = await browser.caller().call<OwnSessionView[]>('/api/me/sessions');
    expect(sessions).toMatchObject([{ isThis: true, via: 'Our company' }]);
    const { body: identities } = await browser.caller().call<OwnIdentityView[]>('/api/me/identities');
    expect(identities).toMatchObject([{ provider: 'Our company', email: 'ida@peyk.test' }]);

    // The address went to somebody else there, and both stay who they are.
    provider.people['ida'] = { email: 'ida.lind@peyk.test', email_verified: false };
    provider.people['other'] = { email: 'ida@peyk.test', email_verified: true };
    expect((await signInAs('ida')).told).toMatchObject({ in: agent.id });
    expect((await signInAs('other')).told).toEqual({ refused: 'no_account' });
    expect(await acts(agent.id)).toEqual(['account.identity_linked']);

    const own = identities[0]?.id ?? '';
    const foreign = await signedIn(hub, (await build()).id);
    expect((await foreign.call(`/api/me/identities/${own}`, { method: 'DELETE' })).status).toBe(404);
    await hub.database.query('update agent set password_hash = null where id = $1', [agent.id]);
    const last = await browser.caller().call(`/api/me/identities/${own}`, { method: 'DELETE' });
    expect([last.status, last.body['code']]).toEqual([409, 'only_way_in']);
    await hub.database.query('update agent set password_hash = $2 where id = $1', [agent.id, passwordHash]);
    expect((await browser.caller().call(`/api/me/identities/${own}`, { method: 'DELETE' })).status).toBe(204);
    expect(await acts(agent.id)).toEqual(['account.identity_linked', 'account.identity_unlinked']);
  });

  it('stays out with an address that nobody verified, of another domain, without one, or with an account that is off', async () => {
    await build({ email: 'una@peyk.test' });
    await build({ email: 'off@peyk.test', disabled: true });
    provider.people['una'] = { email: 'una@peyk.test', email_verified: false };
    provider.people['mute'] = {};
    provider.people['off'] = { email: 'off@peyk.test', email_verified: true };
    provider.people['stranger'] = { email: 'stranger@peyk.test', email_verified: true };
    const told: Record<string, unknown> = {};
    for (const who of ['una', 'mute', 'off', 'stranger', 'nobody']) {
      ({ told: told[who] } = await signInAs(who));
    }
    expect(told).toEqual({
      una: { refused: 'unverified' },
      mute: { refused: 'no_email' },
      off: { refused: 'no_account' },
      stranger: { refused: 'no_account' },
      nobody: { refused: 'denied' },
    });
    await setUp({ emailDomains: ['@Example.com'] });
    expect((await signInAs('off')).told).toEqual({ refused: 'foreign_domain' });
    await setUp({ trustsEmail: true });
    expect((await signInAs('una')).told).toMatchObject({ to: '/' });
    await hub.database.query(`update agent set disabled_at = now() where email = 'una@peyk.test'`);
    expect((await signInAs('una')).told).toEqual({ refused: 'no_account' });
  });

  it('joins by it when they were invited, and the invitation is over', async () => {
    const invited = await admin.call<{ id: string }>('/api/agents', {
      body: { email: 'new@peyk.test', role: 'agent' },
    });
    await admin.call(`/api/agents/${invited.body.id}/invitation`, { method: 'POST' });
    provider.people['new'] = { email: 'new@peyk.test', email_verified: true, name: 'Nava' };
    const { told, browser } = await signInAs('new');
    expect(told).toMatchObject({ in: invited.body.id });
    expect((await browser.caller().call('/api/me')).body).toMatchObject({ name: 'Nava', role: 'agent' });
    expect(
      await hub.database.query('select 1 from account_link where agent_id = $1 and revoked_at is null', [
        invited.body.id,
      ]),
    ).toEqual([]);
    expect((await acts(invited.body.id)).slice(2)).toEqual(['account.joined', 'account.identity_linked']);
  });

  it('gets an account with the role of their groups, which follows them, and nobody is given what an administrator did not choose', async () => {
    const { body: queue } = await admin.call<{ id: string }>('/api/queues', { body: { name: 'Returns' } });
    const role = await admin.call<OwnRoleView>('/api/roles', {
      body: { name: { en: 'Lead' }, base: 'supervisor', permissions: ['board.watch'], sees: 'own_queues' },
    });
    const groups = [
      { name: 'leads', role: 'supervisor', ownRoleId: role.body.id },
      { name: 'chiefs', role: 'supervisor', ownRoleId: null },
    ];
    const terms = { createsAccounts: true, groups, queueIds: [queue.id, uuid()] };
    expect((await setUp({ ...terms, groups: [{ ...groups[0], role: 'agent' }] })).status).toBe(422);
    await setUp(terms);
    provider.people['kian'] = {
      email: 'kian@peyk.test',
      email_verified: true,
      name: 'کیان',
      groups: ['staff', 'leads'],
    };
    const windows = [open(), open()];
    provider.person = 'kian';
    const backs = await Promise.all(windows.map(async (one) => one.passProvider(await one.begin())));
    const [first, second] = await Promise.all(windows.map((one, at) => one.comeBack(backs[at] ?? '')));
    expect(first?.['in']).toBe(second?.['in']);
    const [browser] = windows;
    const me = await browser?.caller().call<{ id: string }>('/api/me');
    expect(me?.body).toMatchObject({
      name: 'کیان',
      ownRole: { id: role.body.id },
      queueIds: [queue.id],
      permissions: ['board.watch'],
    });
    expect(
      (await admin.call<{ code: string }>(`/api/roles/${role.body.id}?to=agent`, { method: 'DELETE' })).body.code,
    ).toBe('given_by_sign_in');

    provider.people['kian'] = { ...provider.people['kian'], groups: ['staff'] };
    const { browser: again } = await signInAs('kian');
    expect((await again.caller().call('/api/me')).body).toMatchObject({ role: 'agent', ownRole: null });
    expect(await acts(me?.body.id ?? '')).toEqual(['agent.created', 'agent.changed']);
    // Unlinked and linked anew, no group would say their role.
    await hub.database.query('update agent set password_hash = $2 where id = $1', [me?.body.id, passwordHash]);
    const [link] = (await again.caller().call<OwnIdentityView[]>('/api/me/identities')).body;
    const unlinked = await again.caller().call(`/api/me/identities/${link?.id}`, { method: 'DELETE' });
    expect([unlinked.status, unlinked.body['code']]).toEqual([409, 'made_by_provider']);
    // What a provider may do here was read before it was asked, and is something else by now.
    const before = (await openProvider(hub.database, hub.app.get(SecretBox), id)) as OpenProvider;
    await setUp({ ...terms, createsAccounts: false });
    const person = readClaims({ sub: 'late', email: 'late@peyk.test', email_verified: true }, null);
    await expect(hub.app.get(ProviderAccounts, { strict: false }).settle(before, person)).rejects.toMatchObject({
      why: 'over',
    });
    // One that was made here keeps the role that it was given here.
    const made = await build({ email: 'made@peyk.test', role: 'supervisor' });
    provider.people['made'] = { email: 'made@peyk.test', email_verified: true };
    await signInAs('made');
    expect((await signInAs('made')).told).toMatchObject({ in: made.id });
    expect(await hub.database.query('select role from agent where id = $1', [made.id])).toEqual([
      { role: 'supervisor' },
    ]);
  });

  it('is asked for the second step of the hub, unless the provider’s own counts', async () => {
    const agent = await build({ email: 'two@peyk.test' });
    provider.people['two'] = { email: 'two@peyk.test', email_verified: true, amr: ['pwd', 'mfa'] };
    await admin.call('/api/account-rules', { method: 'PUT', body: { secondFactor: 'everybody' } });
    const outcomes: Record<string, unknown> = {};
    for (const secondFactor of ['asked', 'by_amr', 'counts'] as const) {
      await setUp({ secondFactor });
      const { told } = await signInAs('two');
      outcomes[secondFactor] = told['in'] ?? told['step'];
    }
    provider.people['two'].amr = ['pwd'];
    await setUp({ secondFactor: 'by_amr' });
    const { told, browser } = await signInAs('two');
    expect([outcomes, told['step']]).toEqual([{ asked: 'enrol', by_amr: agent.id, counts: agent.id }, 'enrol']);
    expect((await browser.caller().call('/api/me')).status).toBe(401);
    const { ticket } = told;
    const enrol = (by: Caller) => by.call<EnrolmentView>('/api/session/enrolment', { body: { ticket } });
    const enrolment = await enrol(browser.caller());
    expect([enrolment.status, (await enrol(stranger(hub))).status]).toEqual([200, 401]);
    await setUp({ enabled: false });
    const body = { ticket, code: codeNow(enrolment.body.secret) };
    expect((await browser.caller().call('/api/session/enrolment/code', { body })).status).toBe(401);
    await admin.call('/api/account-rules', { method: 'PUT', body: { secondFactor: 'choice' } });
    await setUp({});
  });
});

describe('a sign-in on its way', () => {
  const way = async () => {
    const browser = open();
    return { browser, back: await browser.passProvider(await browser.begin()) };
  };
  beforeAll(async () => {
    await build({ email: 'way@peyk.test' });
    provider.people['way'] = { email: 'way@peyk.test', email_verified: true };
    provider.person = 'way';
  });

  it('holds once, for ten minutes, in the browser that began it, in any of its tabs, at the provider that it went to', async () => {
    provider.person = 'way';
    const { browser, back } = await way();
    expect(back).toContain(`&iss=${encodeURIComponent(provider.issuer)}`);
    const tampered = back.replace(/state=[^&]*/, 'state=of-another');
    expect(await browser.comeBack(tampered)).toEqual({ refused: 'over' });
    expect(await open().comeBack(back)).toEqual({ refused: 'over' });
    expect(await browser.comeBack(back)).toHaveProperty('in');
    expect(await browser.comeBack(back)).toEqual({ refused: 'over' });

    const [first, second] = [await browser.begin(), await browser.begin()];
    for (const tab of [first, second]) {
      expect(await browser.comeBack(await browser.passProvider(tab))).toHaveProperty('in');
    }

    const mixed = await way();
    const elsewhere = mixed.back.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.test');
    expect(await mixed.browser.comeBack(elsewhere)).toEqual({ refused: 'failed' });
    const late = await way();
    const moved = await hub.database.query(
      `update sign_in_flow set expires_at = expires_at - interval '10 minutes' where expires_at < clock_timestamp() + interval '10 minutes' returning 1`,
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(await late.browser.comeBack(late.back)).toEqual({ refused: 'over' });
    const other = await way();
    const stolen = other.back.replace(
      /code=[^&]*/,
      `code=${new URL((await way()).back).searchParams.get('code') ?? ''}`,
    );
    expect(await other.browser.comeBack(stolen)).toEqual({ refused: 'failed' });
    const rows = JSON.stringify(await hub.database.query('select f::text from sign_in_flow f'));
    expect(rows).not.toContain(new URL(other.back).searchParams.get('state'));
  });

  it('goes on at another node', async () => {
    provider.person = 'way';
    const { browser, back } = await way();
    const node = await startTestHub({ ...installation, env: { ...installation.env, PUBLIC_URL: hub.url } });
    try {
      const answer = await fetch(back.replace(hub.url, node.url), {
        headers: { cookie: browser.cookiesOf(hub.url) },
        redirect: 'manual',
      });
      expect(answer.headers.get('location')).toMatch(/^\/login#in=/);
    } finally {
      await node.stop();
    }
  });

  const wrongKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const bySecret = createSecretKey(Buffer.from('a secret that two know'));
  it.each<[string, (token: Token) => Token]>([
    ['signed with another key', (token) => provider.signedBy(wrongKey, token)],
    ['signed by nobody', ({ payload }) => ({ header: { alg: 'none' }, payload, signature: '' })],
    [
      'signed with what the client knows',
      ({ payload }) => provider.signedBy(bySecret, { header: { alg: 'HS256' }, payload }),
    ],
    ['changed after it was signed', (token) => ({ ...token, payload: { ...token.payload, sub: 'ida' } })],
  ])('comes to nothing with a token that is %s', async (_, forge) => {
    provider.person = 'way';
    provider.forge = forge;
    const { browser, back } = await way();
    expect(await browser.comeBack(back)).toEqual({ refused: 'failed' });
    provider.forge = null;
  });

  it.each<[string, Record<string, unknown>]>([
    ['for another client', { aud: 'somebody else' }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['of another sign-in', { nonce: 'of-another' }],
    ['that is over', { exp: Math.floor(Date.now() / 1000) - 120 }],
  ])('comes to nothing with a token of the right key %s', async (_, claims) => {
    provider.person = 'way';
    provider.forge = ({ header, payload }) => provider.resign({ header, payload: { ...payload, ...claims } });
    const { browser, back } = await way();
    expect(await browser.comeBack(back)).toEqual({ refused: 'failed' });
    provider.forge = ({ header, payload }) => provider.resign({ header, payload });
    const whole = await way();
    expect(await whole.browser.comeBack(whole.back)).toHaveProperty('in');
    provider.forge = null;
  });

  it('goes on with the keys that a provider changed to, and passwords open while it is away', async () => {
    provider.person = 'way';
    provider.rotate();
    const { browser, back } = await way();
    expect(await browser.comeBack(back)).toHaveProperty('in');
    const caught = await way();
    await provider.stop();
    expect(await caught.browser.comeBack(caught.back)).toEqual({ refused: 'unreachable' });
    expect(await open().begin()).toBe('refused 503 provider_away');
    expect((await byPassword('way@peyk.test')).status).toBe(201);
    await provider.start();
  });
});

describe('passwords', () => {
  const close = (keepPassword: string[]) =>
    admin.call<SignInSettingsView & { code?: string; field?: string }>(`${settings}/passwords`, {
      method: 'PUT',
      body: { passwords: 'some', keepPassword },
    });

  it('are closed only while an administrator keeps theirs and a provider is on, and nobody takes either away', async () => {
    const agent = await build({ email: 'plain@peyk.test' });
    const keeper = await build({ role: 'admin', email: 'keeper@peyk.test' });
    expect((await close([])).body.code).toBe('last_way_in');
    expect((await close([agent.id])).body).toMatchObject({ code: 'invalid', field: 'keepPassword' });
    expect((await close([keeper.id])).body).toMatchObject({ passwords: 'some' });
    expect((await byPassword(agent.email)).body.code).toBe('password_closed');
    expect((await byPassword('unknown@peyk.test')).body.code).toBe('wrong_credentials');
    expect((await byPassword(keeper.email)).status).toBe(201);
    expect((await signInAs('way')).told).toHaveProperty('in');

    const refused = [
      await setUp({ enabled: false }),
      await admin.call(`${settings}/providers/${id}`, { method: 'DELETE' }),
      await admin.call(`/api/agents/${keeper.id}`, { method: 'PATCH', body: { disabled: true } }),
      await admin.call(`/api/agents/${keeper.id}`, { method: 'PATCH', body: { role: 'agent' } }),
    ];
    expect(refused.map(({ status, body }) => `${String(status)} ${String((body as { code?: string }).code)}`)).toEqual(
      Array.from({ length: 4 }, () => '409 last_way_in'),
    );
    const opened = await admin.call<SignInSettingsView>(`${settings}/passwords`, {
      method: 'PUT',
      body: { passwords: 'everybody', keepPassword: [] },
    });
    expect(opened.body.passwords).toBe('everybody');
    expect((await byPassword(agent.email)).status).toBe(201);
    expect((await admin.call(`${settings}/providers/${id}`, { method: 'DELETE' })).status).toBe(204);
    const entries = await hub.database.query<{ entry: string }>(
      `select entry from audit where action in ('sign-in-rule.changed', 'sign-in-provider.removed') order by at`,
    );
    expect(entries.map(({ entry }) => (JSON.parse(entry) as { details: { changes: object } }).details.changes)).toEqual(
      [
        { passwords: ['everybody', 'some'], keepPassword: [[], [keeper.id]] },
        { passwords: ['some', 'everybody'], keepPassword: [[keeper.id], []] },
        expect.objectContaining({ issuer: [provider.issuer, null] }),
      ],
    );
  });
});
