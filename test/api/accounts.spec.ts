import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AccountLinkView,
  AgentSettingsView,
  AgentView,
  EnrolmentView,
  MeView,
  OpenedLinkView,
  RecoveryCodesView,
  SecondFactorView,
  SignInStepView,
} from '#contract';
import { makeResetLink, setPassword } from '../../apps/hub/src/auth/accounts/account-links.js';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import { AccountMailSweeper } from '../../apps/hub/src/auth/accounts/account-mail.sweeper.js';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { buildAgent, Caller, signedIn, stranger, type Answered } from '../support/build-rows.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { codeNow, enrolAgent, nextCode, type Enrolled } from '../support/enrol.js';
import { until } from '../support/until.js';
import { whileHeld } from '../support/while-held.js';

const password = 'a river of small stones';
const other = 'nine lanterns in the fog';
let scene: ConnectedWorld;
let passwordHash: string;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
  passwordHash = await scene.hub.app.get(PasswordHasher).hash(password);
}, 60_000);
afterAll(() => scene?.close());

type Told = { code?: string; field?: string };
const call = <Body>(path: string, body?: object, caller = stranger(scene.hub)) =>
  caller.call<Body & Told>(path, { method: 'POST', ...(body && { body }) });
const signIn = (email: string, by = password) =>
  call<Partial<MeView & SignInStepView>>('/api/session', { email, password: by });
const cookieOf = ({ headers }: Answered) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const callerOf = (answer: Answered) => new Caller(scene.hub.url, { cookie: cookieOf(answer) });
/** The second step, by the browser that took the first. */
const prove = (begun: Answered<Partial<SignInStepView>>, code: string | undefined) =>
  call<MeView>('/api/session/code', { ticket: begun.body.ticket, code }, callerOf(begun));
const tokenOf = ({ link }: AccountLinkView) => link.split('#')[1] ?? '';
const signedInBy = async (answer: Answered) => (await callerOf(answer).call('/api/me')).status === 200;
const settingsOf = async (id: string) => (await scene.admin.call<AgentSettingsView>(`/api/agents/${id}/settings`)).body;
const build = (wish: { role?: 'agent' | 'supervisor' | 'admin' } = {}) =>
  buildAgent(scene.hub.database, { passwordHash, name: 'Ida', ...wish });
const acts = async (subject: string) =>
  (
    await scene.hub.database.query<{ action: string }>(
      'select action from audit where entry::jsonb ->> $1 = $2 order by at',
      ['subject', subject],
    )
  ).map(({ action }) => action);

async function inviteSomebody(by = scene.admin): Promise<{ id: string; email: string; invited: AccountLinkView }> {
  const email = `newcomer${String((count += 1))}@peyk.test`;
  const { body } = await call<AgentSettingsView>('/api/agents', { email, role: 'agent', locale: 'fa' }, by);
  const { body: invited } = await call<AccountLinkView>(`/api/agents/${body.id}/invitation`, undefined, by);
  return { id: body.id, email, invited };
}

/** An account without an invitation as yet. */
async function inviteLater(): Promise<string> {
  const email = `newcomer${String((count += 1))}@peyk.test`;
  return (await call<AgentSettingsView>('/api/agents', { email, role: 'agent', locale: 'en' }, scene.admin)).body.id;
}

const enrol = (wish: { role?: 'admin' } = {}): Promise<Enrolled> =>
  enrolAgent(scene.hub, { passwordHash, name: 'Ida', ...wish }, password);

describe('an invitation', () => {
  it('reaches its address by mail, and lets somebody in under a name and a password of their own', async () => {
    const { id, email, invited } = await inviteSomebody();
    expect(invited).toMatchObject({
      mailed: true,
      link: expect.stringMatching(/^http:\/\/peyk\.test\/join#[\w-]{43}$/),
    });
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(email));
    expect(mail.subject).toBe('دعوت به پیک');
    expect(mail.text.replaceAll('\n', '')).toContain(invited.link);
    const waiting = await settingsOf(id);
    expect(waiting).toMatchObject({ invitation: { state: 'open', mailed: true }, lastLoginAt: null });
    expect((await scene.admin.call<AgentView[]>('/api/agents')).body.map((one) => one.id)).not.toContain(id);
    expect((await signIn(email)).body.code).toBe('wrong_credentials');

    const token = tokenOf(invited);
    const looked = await call<OpenedLinkView>('/api/account-links/look', { token });
    expect(looked.body).toEqual({ state: 'good', kind: 'invite', email, name: 'newcomer1' });
    const weak = await call('/api/account-links/join', { token, name: 'نرگس', password: 'password2024' });
    expect(weak.body).toMatchObject({ status: 422, code: 'password_common', field: 'password' });
    const former = await signedIn(scene.hub, (await build()).id);
    const choice = { token, name: ' نرگس ', password, locale: 'en' };
    const joined = await call<MeView>('/api/account-links/join', choice, former);
    expect(joined).toMatchObject({ status: 201, body: { id, name: 'نرگس', locale: 'en', role: 'agent' } });
    expect((await callerOf(joined).call('/api/me')).status).toBe(200);
    expect((await former.call('/api/me')).status).toBe(401);
    expect((await signIn(email)).status).toBe(201);
    expect(await settingsOf(id)).toMatchObject({ invitation: null, name: 'نرگس' });
    expect(await acts(id)).toEqual(['agent.created', 'agent.invited', 'account.joined']);
  });

  it('is kept as a hash, and shown to nobody twice', async () => {
    const { id, invited } = await inviteSomebody();
    const token = tokenOf(invited);
    const rows = await scene.hub.database.query('select l.*, encode(token_hash, $1) as hex from account_link l', [
      'hex',
    ]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(scene.hub.logged()).not.toContain(token);
    expect(JSON.stringify(await scene.hub.database.query('select * from audit'))).not.toContain(token);
    expect(JSON.stringify(await settingsOf(id))).not.toContain(token);
  });

  it('is good once, of several at the same moment for one', async () => {
    const { invited } = await inviteSomebody();
    const token = tokenOf(invited);
    const answers = await Promise.all(
      ['Ava', 'Eva', 'Iva'].map((name) => call('/api/account-links/join', { token, name, password })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'link_used',
      'link_used',
    ]);
    const after = await call<OpenedLinkView>('/api/account-links/look', { token });
    expect(after.body).toEqual({ state: 'used', kind: 'invite', email: null, name: null });
  });

  it('ends with a newer one, with its time, when it is taken back, and with the account', async () => {
    const { id, invited } = await inviteSomebody();
    const join = (token: string) => call('/api/account-links/join', { token, name: 'Ava', password });
    const again = await call<AccountLinkView>(`/api/agents/${id}/invitation`, undefined, scene.admin);
    expect((await join(tokenOf(invited))).body.code).toBe('link_unknown');
    await scene.hub.database.query(
      `update account_link set made_at = clock_timestamp() - interval '73 hours', expires_at = clock_timestamp() - interval '1 hour' where agent_id = $1`,
      [id],
    );
    expect((await join(tokenOf(again.body))).body.code).toBe('link_expired');
    expect((await settingsOf(id)).invitation?.state).toBe('expired');
    const third = await call<AccountLinkView>(`/api/agents/${id}/invitation`, undefined, scene.admin);
    expect((await scene.admin.call(`/api/agents/${id}/invitation`, { method: 'DELETE' })).status).toBe(204);
    expect((await join(tokenOf(third.body))).body.code).toBe('link_revoked');
    expect((await settingsOf(id)).invitation?.state).toBe('revoked');
    expect((await scene.admin.call<Told>(`/api/agents/${id}/invitation`, { method: 'DELETE' })).body.code).toBe(
      'no_invitation',
    );
    const fourth = await call<AccountLinkView>(`/api/agents/${id}/invitation`, undefined, scene.admin);
    await scene.admin.call(`/api/agents/${id}`, { method: 'PATCH', body: { disabled: true } });
    expect((await join(tokenOf(fourth.body))).body.code).toBe('link_revoked');
    expect((await call(`/api/agents/${id}/invitation`, undefined, scene.admin)).body.code).toBe('account_off');
    await scene.admin.call(`/api/agents/${id}`, { method: 'PATCH', body: { disabled: false } });
    expect((await join(tokenOf(fourth.body))).body.code).toBe('link_revoked');
    expect(await acts(id)).toContain('agent.invitation_revoked');
  });

  it('and a way back in are made by nobody who may do less, and by nobody for themselves', async () => {
    const supervisor = await build({ role: 'supervisor' });
    const theirs = await signedIn(scene.hub, supervisor.id);
    const plain = await build();
    const ways = ['invitation', 'reset-link'];
    const answers = await Promise.all(ways.map((way) => call(`/api/agents/${plain.id}/${way}`, undefined, theirs)));
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    const [root] = await scene.hub.database.query<{ id: string }>(
      `select id from agent where email = 'admin@peyk.test'`,
    );
    expect((await call(`/api/agents/${String(root?.id)}/reset-link`, undefined, scene.admin)).body.code).toBe(
      'own_account',
    );
    // A manager who kept a link of an account comes into no rights that it is given later.
    const manager = await build({ role: 'admin' });
    const { id, invited } = await inviteSomebody(await signedIn(scene.hub, manager.id));
    await scene.admin.call(`/api/agents/${id}`, { method: 'PATCH', body: { role: 'admin' } });
    const joined = await call('/api/account-links/join', { token: tokenOf(invited), name: 'Ava', password });
    expect(joined.body.code).toBe('link_revoked');
    const own = await inviteSomebody();
    await scene.admin.call(`/api/agents/${own.id}`, { method: 'PATCH', body: { role: 'supervisor' } });
    expect((await call<OpenedLinkView>('/api/account-links/look', { token: tokenOf(own.invited) })).body.state).toBe(
      'good',
    );
    // A program of an administrator opens no way into another account.
    const { key } = await scene.hub.app
      .get(ApiKeyService)
      .create(manager.id, { name: 'all', scopes: ['read', 'write', 'admin'], expiresAt: null });
    const program = new Caller(scene.hub.url, { authorization: `Bearer ${key}` });
    const tried = await Promise.all([
      call(`/api/agents/${plain.id}/reset-link`, undefined, program),
      program.call(`/api/agents/${plain.id}/second-factor`, { method: 'DELETE' }),
      program.call('/api/me', { method: 'PATCH', body: { currentPassword: password, newPassword: other } }),
    ]);
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403]);
    const setting = { method: 'PATCH', body: { password } };
    expect((await scene.admin.call<Told>(`/api/agents/${plain.id}`, setting)).body).toMatchObject({
      status: 422,
      field: 'password',
    });
  });
});

describe('a forgotten password', () => {
  it('is answered the same whoever asks, and only an account that is on gets a link', async () => {
    const known = await build();
    const off = await buildAgent(scene.hub.database, { passwordHash, disabled: true });
    const emails = [known.email, off.email, 'nobody@peyk.test'];
    const answers = [];
    for (const email of emails) {
      answers.push(await call('/api/account-links/forgotten', { email }));
    }
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 202, body: { byMail: true } });
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(known.email));
    expect(
      scene.world.mail.sent.filter(({ envelope }) => envelope.to.some((to) => emails.slice(1).includes(to))),
    ).toEqual([]);
    // The form is open to everybody: asking again at once fills nobody's mailbox.
    await call('/api/account-links/forgotten', { email: known.email });

    const token = /\/reset#([\w-]{43})/u.exec(mail.text)?.[1] ?? '';
    const open = await signedIn(scene.hub, known.id);
    const reset = (to: string) => call('/api/account-links/reset', { token, password: to });
    expect((await reset(`${known.email} and more`)).body.code).toBe('password_is_email');
    const done = await Promise.all([reset(other), reset('three pots of honey')]);
    expect(done.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    expect(done.every(({ headers }) => headers.get('set-cookie') === null)).toBe(true);
    expect((await open.call('/api/me')).status).toBe(401);
    expect((await signIn(known.email)).body.code).toBe('wrong_credentials');
    expect(await acts(known.id)).toEqual(['account.password_reset']);
    const mails = scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(known.email));
    expect(mails).toHaveLength(1);
  });

  it('reaches its owner once the mail server is back, is never stored in clear, and is forgotten when its link is over', async () => {
    const [late, doomed, revoked] = [await build(), await build(), await inviteLater()];
    scene.world.mail.setMood({ kind: 'answer', at: 'recipient', code: 451, text: 'later' });
    await call('/api/account-links/forgotten', { email: late.email });
    await call('/api/account-links/forgotten', { email: doomed.email });
    const { body: shown } = await call<AccountLinkView>(`/api/agents/${revoked}/invitation`, undefined, scene.admin);
    expect(shown.mailed).toBe(false);
    const kept = (agentId: string) =>
      scene.hub.database.query<{ unsent: Buffer | null; tries: number; due: number; row: string }>(
        `select unsent, unsent_tries as tries, extract(epoch from unsent_at - clock_timestamp())::float8 as due, l::text as row from account_link l where agent_id = $1 and (used_at is null or revoked_at is not null)`,
        [agentId],
      );
    await until(
      async () => (await Promise.all([late.id, doomed.id, revoked].map(kept))).flat().map(({ due }) => due),
      (due) => due.length === 3 && due.every((seconds) => seconds < 60),
    );
    const [waiting] = await kept(revoked);
    expect(waiting?.unsent?.includes(tokenOf(shown))).toBe(false);
    expect(waiting?.row).not.toContain(Buffer.from(tokenOf(shown)).toString('hex'));

    await scene.admin.call(`/api/agents/${revoked}/invitation`, { method: 'DELETE' });
    expect((await kept(revoked))[0]?.unsent).toBeNull();
    scene.world.mail.setMood({ kind: 'accept' });
    await scene.hub.database.query('update account_link set unsent_at = clock_timestamp() where unsent is not null');
    const sweeper = scene.hub.app.get(AccountMailSweeper, { strict: false });
    // A process may die of each try, before anybody can say how it went.
    await scene.hub.database.query('update account_link set unsent_tries = 8 where agent_id = $1', [doomed.id]);
    await sweeper.look();
    expect(await kept(late.id)).toMatchObject([{ unsent: null, tries: 2 }]);
    expect(await kept(doomed.id)).toMatchObject([{ unsent: null, tries: 8 }]);
    expect(scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(doomed.email))).toEqual([]);
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(late.email));
    const token = /\/reset#([\w-]{43})/u.exec(mail.text)?.[1] ?? '';
    await sweeper.look();
    expect(scene.world.mail.copiesOf(mail.messageId)).toBe(1);
    expect((await call('/api/account-links/reset', { token, password: other })).status).toBe(204);
  });

  it('is set by a link that an administrator or a program on the machine makes, and the second factor stays', async () => {
    const { agent, codes } = await enrol();
    const made = await call<AccountLinkView>(`/api/agents/${agent.id}/reset-link`, undefined, scene.admin);
    expect(made.body.link).toMatch(/^http:\/\/peyk\.test\/reset#[\w-]{43}$/);
    const link = await makeResetLink(scene.hub.database, agent.id);
    const token = link?.path.split('#')[1] ?? '';
    expect((await call('/api/account-links/reset', { token: tokenOf(made.body), password: other })).body.code).toBe(
      'link_unknown',
    );
    expect((await call('/api/account-links/join', { token, name: 'Ida', password: other })).body.code).toBe(
      'link_unknown',
    );
    const half = await signIn(agent.email);
    expect((await call('/api/account-links/reset', { token, password: other })).status).toBe(204);
    const late = await prove(half, codes[0]);
    expect(late.body.code).toBe('sign_in_over');
    expect((await signIn(agent.email, other)).body.step).toBe('code');
    const off = await buildAgent(scene.hub.database, { disabled: true });
    expect(await makeResetLink(scene.hub.database, off.id)).toBeNull();
    expect((await call(`/api/agents/${agent.id}/invitation`, undefined, scene.admin)).body.code).toBe('already_joined');
  });
});

describe('a new password', () => {
  it('leaves no session to whoever was signing in with the one before', async () => {
    const agent = await build();
    const late = await whileHeld(
      scene.hub.database,
      agent.id,
      () => signIn(agent.email),
      (tx) => setPassword(tx, agent.id, 'another hash'),
    );
    expect(late.body.code).toBe('wrong_credentials');
    expect(late.headers.get('set-cookie')).toBeNull();
    expect(await scene.hub.database.query('select 1 from session where agent_id = $1', [agent.id])).toEqual([]);
    const { agent: proved, codes } = await enrol();
    const begun = await signIn(proved.email);
    const half = await whileHeld(
      scene.hub.database,
      proved.id,
      () => prove(begun, codes[0]),
      (tx) => setPassword(tx, proved.id, 'another hash'),
    );
    expect(half.body.code).toBe('sign_in_over');
  });

  it('is chosen beside whoever makes another link, and neither waits for the other in a circle', async () => {
    const agent = await build();
    const first = await makeResetLink(scene.hub.database, agent.id);
    const token = first?.path.split('#')[1] ?? '';
    const deadlocks = async () =>
      (
        await scene.hub.database.query<{ n: string }>(
          'select deadlocks::text as n from pg_stat_database where datname = current_database()',
        )
      )[0]?.n;
    const before = await deadlocks();
    const beaten = await whileHeld(
      scene.hub.database,
      agent.id,
      () => call('/api/account-links/reset', { token, password: other }),
      (tx) => makeResetLink(tx, agent.id),
    );
    expect([beaten.body.code, await deadlocks()]).toEqual(['link_unknown', before]);
  });
});

describe('a second factor', () => {
  it('is asked for before there is a session, and each of its codes holds once', async () => {
    const { agent, secret, used } = await enrol();
    const first = await signIn(agent.email);
    expect(first).toMatchObject({ status: 202, body: { step: 'code' } });
    expect(await signedInBy(first)).toBe(false);
    expect(Object.keys(first.body).toSorted()).toEqual(['step', 'ticket']);
    const stale = await prove(first, used);
    expect(stale.body).toMatchObject({ status: 422, code: 'wrong_code', field: 'code' });
    const code = nextCode(secret);
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    const second = await signIn(agent.email);
    const raced = await Promise.all([prove(first, spaced), prove(second, code)]);
    expect(raced.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
    const entered = raced.find(({ status }) => status === 201) as Answered<MeView>;
    expect(entered.body.id).toBe(agent.id);
    expect((await callerOf(entered).call('/api/me')).status).toBe(200);
    // A ticket is over with its sign-in; the other one may still be used, by a code that nobody has had.
    const spent = raced[0] === entered ? first : second;
    expect((await prove(spent, nextCode(secret))).body.code).toBe('sign_in_over');
  });

  it('is proven by the browser that gave the password, and its ticket is worth nothing in another', async () => {
    const { agent, codes } = await enrol();
    const [begun, beside] = [await signIn(agent.email), await signIn(agent.email)];
    const attempt = { method: 'POST', body: { ticket: begun.body.ticket, code: codes[0] } };
    for (const elsewhere of [stranger(scene.hub), callerOf(beside)]) {
      expect((await elsewhere.call<Told>('/api/session/code', attempt)).body.code).toBe('sign_in_over');
    }
    const entered = await prove(begun, codes[0]);
    const ticketless = `${cookieOf(begun).split('=')[0] ?? ''}=; Max-Age=0`;
    expect([entered.status, entered.headers.getSetCookie()[1]]).toEqual([201, expect.stringContaining(ticketless)]);
  });

  it('is kept sealed, and its codes as hashes', async () => {
    const { agent, secret, codes } = await enrol();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    const [row] = await scene.hub.database.query<{ kept: Buffer }>(
      'select totp_secret as kept from agent where id = $1',
      [agent.id],
    );
    expect(row?.kept.includes(secret)).toBe(false);
    const kept = JSON.stringify([
      await scene.hub.database.query("select encode(code_hash, 'escape') as hash from recovery_code"),
      await scene.hub.database.query('select entry from audit'),
      scene.hub.logged(),
    ]);
    expect([secret, ...codes].filter((one) => kept.includes(one))).toEqual([]);
  });

  it('lets nobody guess: five tries for a sign-in, ten for an account, however many come at once', async () => {
    const { agent, codes } = await enrol();
    const guess = async () => {
      const begun = await signIn(agent.email);
      const wrong = Array.from({ length: 6 }, () => prove(begun, '000000'));
      const answers = await Promise.all(wrong);
      return answers.map(({ body: told }) => String(told.code)).toSorted((a, b) => a.localeCompare(b));
    };
    const five = Array.from({ length: 5 }, () => 'wrong_code');
    expect(await guess()).toEqual(['sign_in_over', ...five]);
    expect(await guess()).toEqual(['sign_in_over', ...five]);
    const refused = await prove(await signIn(agent.email), codes[0]);
    expect(refused.body).toMatchObject({ status: 429, code: 'too_many' });
  });

  it('can be lost: a recovery code opens the account once, and new ones end the old', async () => {
    const { agent, caller, secret, codes } = await enrol();
    const [first = '', second = ''] = codes;
    const open = async (code: string) => (await prove(await signIn(agent.email), code)).status;
    expect(await open(first.toUpperCase().replace('-', ' '))).toBe(201);
    expect(await open(first)).toBe(422);
    const read = async () => (await caller.call<SecondFactorView>('/api/me/second-factor')).body;
    expect(await read()).toMatchObject({ isOn: true, recoveryCodes: 9, isRequired: false });
    const renew = (wish: object) => call<RecoveryCodesView>('/api/me/second-factor/recovery-codes', wish, caller);
    expect((await renew({ password: other, code: nextCode(secret) })).body.code).toBe('wrong_password');
    const fresh = await renew({ password, code: nextCode(secret) });
    expect(await open(second)).toBe(422);
    expect(await open(fresh.body.codes[0] ?? '')).toBe(201);
    expect(await acts(agent.id)).toEqual([
      'account.second_factor_on',
      'account.recovery_code_used',
      'account.recovery_codes_made',
      'account.recovery_code_used',
    ]);
  });

  it('is turned off by its owner with password and code, and reset by an administrator for who lost everything', async () => {
    const { agent, caller, codes } = await enrol();
    const end = (wish: object) => call('/api/me/second-factor/end', wish, caller);
    expect((await end({ password, code: '123123' })).body.code).toBe('wrong_code');
    expect((await end({ password: other, code: codes[0] })).body.code).toBe('wrong_password');
    expect((await end({ password, code: codes[0] })).status).toBe(204);
    expect((await signIn(agent.email)).status).toBe(201);

    const lost = await enrol();
    const again = await call('/api/me/second-factor/enrolment', { password }, lost.caller);
    expect(again.body.code).toBe('code_needed');
    expect((await settingsOf(lost.agent.id)).secondFactor).toBe(true);
    expect((await scene.admin.call(`/api/agents/${lost.agent.id}/second-factor`, { method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await lost.caller.call('/api/me')).status).toBe(401);
    expect((await signIn(lost.agent.email)).status).toBe(201);
    expect(await acts(lost.agent.id)).toContain('agent.second_factor_reset');
  });

  it('can be asked of everybody: who has none sets one up at the next sign-in, before they are in', async () => {
    const agent = await build();
    const has = await enrol();
    const rules = (secondFactor: string) =>
      scene.admin.call('/api/account-rules', { method: 'PUT', body: { secondFactor } });
    expect((await rules('everybody')).body).toEqual({ secondFactor: 'everybody' });
    try {
      const first = await signIn(agent.email);
      expect(first).toMatchObject({ status: 202, body: { step: 'enrol' } });
      const { ticket } = first.body;
      const stolen = await call<EnrolmentView>('/api/session/enrolment', { ticket });
      expect(stolen.body.code).toBe('sign_in_over');
      const browser = callerOf(first);
      const made = await call<EnrolmentView>('/api/session/enrolment', { ticket }, browser);
      expect((await prove(first, codeNow(made.body.secret))).body.code).toBe('sign_in_over');
      const confirm = (code: string) =>
        call<RecoveryCodesView & { me: MeView }>('/api/session/enrolment/code', { ticket, code }, browser);
      expect((await confirm('000000')).body.code).toBe('wrong_code');
      const entered = await confirm(codeNow(made.body.secret));
      expect(entered).toMatchObject({ status: 201, body: { me: { id: agent.id } } });
      expect(entered.body.codes).toHaveLength(10);
      const me = callerOf(entered);
      expect((await me.call<SecondFactorView>('/api/me/second-factor')).body).toMatchObject({
        isOn: true,
        isRequired: true,
      });
      // A sign-in from before there was a second factor puts no other in its place.
      const early = await build();
      const theirs = await signIn(early.email);
      const owner = await signedIn(scene.hub, early.id);
      const { secret } = (await call<EnrolmentView>('/api/me/second-factor/enrolment', { password }, owner)).body;
      await call('/api/me/second-factor/enrolment/code', { code: codeNow(secret) }, owner);
      const again = await call('/api/session/enrolment', { ticket: theirs.body.ticket }, callerOf(theirs));
      expect(again.body.code).toBe('sign_in_over');
      const off = await call('/api/me/second-factor/end', { password, code: has.codes[0] }, has.caller);
      expect(off.body.code).toBe('second_factor_required');
      const { invited } = await inviteSomebody();
      const joined = await call('/api/account-links/join', { token: tokenOf(invited), name: 'Ava', password });
      expect(joined).toMatchObject({ status: 202, body: { step: 'enrol' } });
      expect(await signedInBy(joined)).toBe(false);

      const ended = await signIn(has.agent.email);
      await scene.admin.call(`/api/agents/${has.agent.id}`, { method: 'PATCH', body: { disabled: true } });
      const late = await prove(ended, nextCode(has.secret));
      expect(late.body.code).toBe('sign_in_over');
    } finally {
      await rules('choice');
    }
    const plain = await signedIn(scene.hub, has.agent.id);
    expect((await plain.call('/api/account-rules')).status).toBeGreaterThanOrEqual(401);
  });
});
