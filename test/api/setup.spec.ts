import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { explainFailure } from '../../apps/hub/src/explain-failure.js';
import { parseConfig } from '#config';
import { stranger, type Answered } from '../support/build-rows.js';
import { createTestDatabase } from '../support/test-database.js';
import { admin, startTestHub, type TestHub } from '../support/start-hub.js';

const nobody = { PEYK_ADMIN_EMAIL: '', PEYK_ADMIN_PASSWORD: '' };
const wish = { email: 'Sara@Peyk.test', name: 'سارا', password: 'twelve quiet lanterns' };
const hubs: TestHub[] = [];

async function start(wishes: Parameters<typeof startTestHub>[0] = { env: nobody }): Promise<TestHub> {
  const hub = await startTestHub(wishes);
  hubs.push(hub);
  return hub;
}

function setUp(hub: TestHub, change: Record<string, unknown> = {}): Promise<Answered<Record<string, unknown>>> {
  return stranger(hub).call('/api/setup', { body: { ...wish, token: hub.setUpToken, ...change } });
}

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});

describe('a new hub', () => {
  it('makes its administrator for the holder of the printed link, who is signed in at once', async () => {
    const hub = await start();
    expect((await stranger(hub).call('/api/setup')).body).toEqual({ needed: true });
    const answer = await setUp(hub);
    expect(answer).toMatchObject({
      status: 201,
      body: { email: 'sara@peyk.test', name: 'سارا', role: 'admin', locale: 'fa' },
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await stranger(hub).call('/api/me', { headers: { cookie } })).status).toBe(200);
    expect((await stranger(hub).call('/api/setup')).body).toEqual({ needed: false });
  });

  it('keeps the link only as a hash, and takes it once', async () => {
    const hub = await start();
    expect(JSON.stringify(await hub.database.query('select value from setting'))).not.toContain(hub.setUpToken);
    expect((await setUp(hub)).status).toBe(201);
    expect((await setUp(hub, { email: 'other@peyk.test' })).body).toMatchObject({
      status: 409,
      code: 'setup_link_spent',
      field: 'token',
    });
  });

  it('lets one of several win who use the link at the same time', async () => {
    const hub = await start();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, number) => setUp(hub, { email: `a${number}@peyk.test` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await hub.database.query('select from agent')).toHaveLength(1);
  });

  it('names what is wrong with a wish, and stays new', async () => {
    const hub = await start();
    const refusals: [change: Record<string, string>, code: string, field: string][] = [
      [{ token: 'guess' }, 'setup_link_spent', 'token'],
      [{ password: 'short' }, 'password_length', 'password'],
      [{ password: 'Password123!' }, 'password_common', 'password'],
      [{ password: 'sara@peyk.test' }, 'password_is_email', 'password'],
      [{ email: 'sara' }, 'invalid', 'email'],
      [{ name: '' }, 'invalid', 'name'],
    ];
    for (const [change, code, field] of refusals) {
      expect((await setUp(hub, change)).body).toMatchObject({ code, field });
    }
    expect((await setUp(hub)).status).toBe(201);
  });

  it('makes the administrator of its configuration and prints no link', async () => {
    const hub = await start({});
    expect(hub.setUpToken).toBeNull();
    expect((await stranger(hub).call('/api/session', { body: admin })).body).toMatchObject({ role: 'admin' });
  });

  it('refuses a configured password that is guessed first, and does not start', async () => {
    await expect(start({ env: { PEYK_ADMIN_PASSWORD: 'administrator1' } })).rejects.toThrow(
      'among the first that are guessed',
    );
  });

  it('makes one administrator when several nodes start at once', async () => {
    const { url, drop } = await createTestDatabase();
    const nodes = await Promise.all([
      start({ databaseUrl: url }),
      start({ databaseUrl: url }),
      start({ databaseUrl: url }),
    ]);
    expect(await nodes[0]?.database.query('select from agent')).toHaveLength(1);
    await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
    await drop();
  });
});

describe('nodes of one installation', () => {
  it('count tries to sign in together', async () => {
    const { url, drop } = await createTestDatabase();
    const [one, two] = [await start({ databaseUrl: url }), await start({ databaseUrl: url })];
    const guess = { email: admin.email, password: 'a guess that is wrong' };
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, number) => stranger(number % 2 ? one : two).call('/api/session', { body: guess })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
    await drop();
  });
});

describe('a start that fails', () => {
  const reasonOf = async (env: Record<string, string>): Promise<string> => {
    try {
      await start({ env });
      return 'it started';
    } catch (error) {
      return explainFailure(
        error,
        parseConfig({ PORT: '0', PEYK_ADMIN_EMAIL: admin.email, PEYK_ADMIN_PASSWORD: admin.password, ...env }),
      );
    }
  };

  it('says in one sentence what to do about a taken port', async () => {
    const { port } = new URL((await start()).url);
    expect(await reasonOf({ PORT: port })).toBe(
      `Peyk cannot start: something listens on 127.0.0.1:${port} already. Stop it, or set PORT.`,
    );
  });

  it('says of the mail port which variable names it, and where', async () => {
    const { port } = new URL((await start()).url);
    expect(await reasonOf({ MAIL_LISTEN: `127.0.0.1:${port}` })).toBe(
      `Peyk cannot start: something listens on 127.0.0.1:${port} already. Stop it, or set MAIL_LISTEN to another port.`,
    );
    expect(await reasonOf({ MAIL_LISTEN: '203.0.113.9:2525' })).toContain('no address 203.0.113.9. Set MAIL_LISTEN');
    expect(await reasonOf({ MAIL_LISTEN: 'not.a.host:2525' })).toContain('not.a.host that MAIL_LISTEN names');
    // What a system says to an ordinary user; the tests may run as one who may everything.
    const denied = Object.assign(new Error('listen EACCES: permission denied 0.0.0.0:25'), {
      code: 'EACCES',
      syscall: 'listen',
      address: '0.0.0.0',
      port: 25,
    });
    expect(explainFailure(denied, parseConfig({ PORT: '4102', MAIL_LISTEN: '0.0.0.0:25' }))).toBe(
      'Peyk cannot start: the system does not allow listening on 0.0.0.0:25, which MAIL_LISTEN names. ' +
        'Take a port above 1023 and have the system forward port 25 to it.',
    );
  });

  it('says that two of its own doors want one port', async () => {
    const { port } = new URL((await start()).url);
    await hubs.splice(0)[0]?.stop();
    expect(await reasonOf({ PORT: port, MAIL_LISTEN: `127.0.0.1:${port}` })).toBe(
      `Peyk cannot start: PORT and MAIL_LISTEN both name port ${port}. Give them ports of their own.`,
    );
  });

  it.each([
    [
      { MAIL_TLS_CERT: '/nowhere/mail.crt', MAIL_TLS_KEY: '/nowhere/mail.key' },
      'the file of MAIL_TLS_CERT cannot be read',
    ],
    [
      { MAIL_TLS_CERT: resolve('package.json'), MAIL_TLS_KEY: '/nowhere/mail.key' },
      'the file of MAIL_TLS_KEY cannot be read',
    ],
    [{ MAIL_TLS_CERT: resolve('package.json'), MAIL_TLS_KEY: resolve('package.json') }, 'MAIL_TLS_CERT'],
  ])('names the variable of a certificate that is no good: %j', async (files, words) => {
    expect(await reasonOf({ MAIL_LISTEN: '127.0.0.1:0', ...files })).toContain(words);
  });

  it('names the variables of a host that nobody knows, and of a password that is guessed', async () => {
    expect(await reasonOf({ HOST: 'not.a.host' })).toContain('the address not.a.host that HOST names');
    expect(await reasonOf({ PEYK_ADMIN_PASSWORD: 'administrator1', PEYK_ADMIN_EMAIL: admin.email })).toContain(
      'Peyk cannot start: PEYK_ADMIN_PASSWORD: This password',
    );
  });

  it('says so of a data folder that another hub uses', async () => {
    const { dataDir } = await start();
    expect(await reasonOf({ DATA_DIR: dataDir })).toContain(
      `is using ${dataDir}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
  });

  it('says so of a data folder that is none', async () => {
    expect(await reasonOf({ DATA_DIR: resolve('package.json') })).toContain('package.json cannot be used');
  });

  it('says so of an address that this machine does not have', async () => {
    expect(await reasonOf({ HOST: '203.0.113.9' })).toContain('no address 203.0.113.9. Set HOST');
  });

  it('leaves nothing behind: the folder is free at once', async () => {
    const { dataDir } = await start();
    await hubs.splice(0)[0]?.stop();
    expect(await reasonOf({ DATA_DIR: dataDir, PEYK_ADMIN_PASSWORD: 'administrator1' })).toContain('guessed');
    await start({ env: { DATA_DIR: dataDir } });
  });
});
